"""The editor over our own widget, on a page of its own under the site's content security policy.

Nothing here needs the database; what the editor is used for is tested where it is used.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

import pytest
from csp.utils import build_policy
from django import forms
from playwright.sync_api import expect

from branch_portal.richtext.fields import RichTextFormField
from branch_portal.richtext.sanitise import sanitise

BUNDLE = Path(__file__).resolve().parents[2] / "var" / "bundle"
SITE = "https://portal.test"
PICTURE = "/pictures/0123456789abcdef0123456789abcdef/960.webp"
OTHER_PICTURE = "/pictures/ffffffffffffffffffffffffffffffff/960.webp"
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>'
STORED = (
    "<h2>一、学习</h2><p>会议于<strong>九时</strong>开始，见"
    '<a href="https://www.example.cn/" rel="noopener">原文</a>。</p>'
    "<ul><li><p>甲</p></li><li><p>乙</p></li></ul><blockquote><p>引文</p></blockquote>"
    "<table><tr><th><p>项目</p></th></tr><tr><td><p>党课</p></td></tr></table>"
    f'<figure><img src="{PICTURE}" alt="会场"><figcaption>会场一角</figcaption></figure>'
)
WORD_ITEM = "<p class=MsoListParagraph style='mso-list:{} lfo1'><span style='mso-list:Ignore'>{}</span>{}</p>"
WORD = (
    "<html><head><style>p{color:red}</style></head><body lang=ZH-CN style='tab-interval:21pt'>"
    "<h1 style='x:1'>纪要<o:p></o:p></h1><p class=MsoNormal style='text-indent:24pt'>"
    "<b><span style='font-size:14pt'>主持：\n</span></b>李&nbsp;某<img src='file:///C:/a.png'></p>"
    + WORD_ITEM.format("l0 level1", "1.<span>&nbsp; </span>", "甲")
    + WORD_ITEM.format("l0 level1", "2.<span>&nbsp; </span>", "乙")
    + WORD_ITEM.format("l1 level1", "l", "丙")
    + WORD_ITEM.format("l1 level2", "·", "丁")
    + WORD_ITEM.format("l3 level1", "一、", "议程")
    + "<table style='width:3cm'><tr><td width=9 style='x:1'><p class=MsoNormal>格</p></td></tr></table>"
)
WECHAT = (
    '<section style="x:1"><section><span style="font-weight: bold" leaf="">通知</span></section>'
    '<p style="text-indent:2em"><span style="color:red">请\u200b大家</span><img src="https://mmbiz.example/x">'
    '<a href="javascript:void(0)" onclick="alert(1)">点</a></p></section><svg onload="alert(1)"></svg>'
)


class NotesForm(forms.Form):
    body = RichTextFormField(label="正文", required=False, help_text="写清楚议定事项")
    remark = RichTextFormField(label="备注", required=False, tools="short")


def notes(**initial) -> str:
    return NotesForm(initial=initial).as_div()


@pytest.fixture
def open_page(page):
    """Call it with a form's HTML. Whatever the browser complains of fails the test at its end."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    def show(form: str, lang: str = "zh-Hans"):
        page.route(f"{SITE}/**", lambda route: _answer(route, _html(form, lang)))
        page.goto(f"{SITE}/notes/")
        page.wait_for_selector("textarea[data-ready]", state="attached")
        page.evaluate(
            "window.heard = []; for (const name of ['input', 'change'])"
            " document.addEventListener(name, (event) => heard.push(`${name} ${event.target.id}`))"
        )
        return page

    yield show
    assert complaints == []


def _html(form: str, lang: str) -> str:
    insert = (
        f'<button type="button" data-insert-picture data-editor="id_body" data-picture-src="{OTHER_PICTURE}" '
        'data-picture-alt="合影" data-picture-caption="全体合影">插入</button>'
    )
    return (
        f'<!doctype html><html lang="{lang}"><head><title>t</title>'
        '<link rel="stylesheet" href="/css/site.css"><link rel="stylesheet" href="/css/rich-text.css">'
        "</head><body><main><h1>t</h1>"
        f'<a href="#id_body">错误</a><form>{form}{insert}<button type="reset">重置</button></form></main>'
        '<script type="module" src="/js/rich-text.js"></script></body></html>'
    )


def _answer(route, html: str) -> None:
    path = route.request.url.removeprefix(SITE).split("#")[0]
    file = BUNDLE / path.lstrip("/")
    if path == "/notes/":
        headers = {"Content-Security-Policy": build_policy(), "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=html, headers=headers)
    elif file.is_file():
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0])
    else:
        route.fulfill(body=DOT, content_type="image/svg+xml")


def editor(page, name="body"):
    return page.locator(f"#id_{name}-editor")


def tool(page, what, name="body"):
    return page.locator(f"#id_{name} + .rich-text-editor [data-tool={what}]")


def value(page, name="body") -> str:
    return page.locator(f"#id_{name}").input_value()


def heard(page) -> list[str]:
    return page.evaluate("heard.splice(0)")


def press(page, *keys) -> None:
    """As fast as people are: the browser reports a moved cursor a moment later."""
    for key in keys:
        page.wait_for_timeout(40)
        page.keyboard.press(key)
    page.wait_for_timeout(40)


def set_value(page, html, name="body") -> None:
    page.locator(f"#id_{name}").evaluate(
        "(field, value) => field.dispatchEvent(new CustomEvent('portal:set-value', { detail: { value } }))",
        html,
    )


def paste(page, html, name="body") -> None:
    editor(page, name).evaluate(
        """(box, html) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", html);
          box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        html,
    )


def focused(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.dataset.tool")


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(open_page, axe, width, lang):
    page = open_page(notes(body=STORED), lang)
    page.set_viewport_size({"width": width, "height": 844})
    editor(page).locator("td").click()

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tool(page, "link").click()
    assert axe(page) == []


def test_buttons_on_a_phone_are_large_enough_for_a_thumb(open_page):
    page = open_page(notes(body=STORED))
    page.set_viewport_size({"width": 390, "height": 844})
    sizes = page.evaluate(
        "[...document.querySelectorAll('.rich-text-editor button')].filter((button) => button.offsetParent)"
        ".map((button) => [button.offsetWidth, button.offsetHeight])"
    )

    assert len(sizes) == 19
    assert [size for size in sizes if min(size) < 44] == []


def test_looking_and_clicking_changes_nothing(open_page):
    page = open_page(notes(body=STORED))

    editor(page).click()
    press(page, "Control+End")
    editor(page, "remark").click()

    assert value(page) == STORED
    assert heard(page) == []


def test_the_form_hears_of_every_change_and_of_leaving(open_page):
    page = open_page(notes())
    editor(page).click()

    page.keyboard.type("ab")
    assert value(page) == "<p>ab</p>"
    assert heard(page) == ["input id_body", "input id_body"]
    editor(page, "remark").click()
    assert heard(page) == ["change id_body"]
    editor(page).click()
    press(page, "Control+a", "Backspace")
    assert value(page) == ""


def test_what_the_editor_writes_the_server_keeps(open_page):
    page = open_page(notes())
    editor(page).click()
    tool(page, "heading").click()
    page.keyboard.type("题")
    press(page, "Enter")
    tool(page, "bulletList").click()
    page.keyboard.type("甲")
    press(page, "Enter", "Tab")
    page.keyboard.type("乙")
    press(page, "Enter", "Enter", "Enter")
    tool(page, "quote").click()
    page.keyboard.type("引 ")
    tool(page, "bold").click()
    page.keyboard.type("粗")
    press(page, "Enter", "Enter")
    tool(page, "table").click()
    page.keyboard.type("格")

    written = value(page)

    row = "<td><p></p></td>" * 3
    assert written == (
        "<h2>题</h2><ul><li><p>甲</p><ul><li><p>乙</p></li></ul></li></ul>"
        "<blockquote><p>引 <strong>粗</strong></p></blockquote>"
        f"<table><tr><th><p>格</p></th>{'<th><p></p></th>' * 2}</tr><tr>{row}</tr><tr>{row}</tr></table>"
    )
    assert sanitise(written) == written


def test_asterisks_and_figures_stay_what_they_are(open_page):
    page = open_page(notes())
    editor(page).click()

    page.keyboard.type("# 2*3*4 **x** ")
    press(page, "Enter")
    page.keyboard.type("1. a")

    assert value(page) == "<p># 2*3*4 **x** </p><p>1. a</p>"


def test_undo_and_redo(open_page):
    page = open_page(notes(remark="<p>一</p>"))
    editor(page, "remark").click()
    press(page, "Control+a")
    tool(page, "bold", "remark").click()
    assert tool(page, "bold", "remark").get_attribute("aria-pressed") == "true"

    press(page, "Control+z")
    assert value(page, "remark") == "<p>一</p>"
    tool(page, "redo", "remark").click()
    assert value(page, "remark") == "<p><strong>一</strong></p>"


def test_another_persons_change_is_shown_in_silence_and_leaves_the_cursor(open_page):
    page = open_page(notes(body="<p>甲乙</p>"))
    editor(page).click()
    press(page, "Home", "ArrowRight")

    set_value(page, "<p>先到</p><p>甲乙</p>")
    assert heard(page) == []
    assert value(page) == "<p>先到</p><p>甲乙</p>"
    page.keyboard.type("中")
    assert value(page) == "<p>先到</p><p>甲中乙</p>"
    press(page, "Control+z")
    assert value(page) == "<p>先到</p><p>甲乙</p>"


def test_what_another_script_fills_in_is_shown(open_page):
    page = open_page(notes(body="<p>原</p>"))

    page.locator("#id_body").evaluate(
        """(field) => {
          field.value = "一\\n\\n二";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    assert editor(page).locator("p").all_inner_texts() == ["一", "二"]
    page.get_by_text("重置").click()
    expect(editor(page)).to_have_text("原")


def test_label_and_error_link_lead_into_the_editor(open_page):
    page = open_page(notes())

    page.locator("label[for=id_remark]").click()
    assert focused(page) == "id_remark-editor"
    page.get_by_text("错误").click()
    assert focused(page) == "id_body-editor"


def test_the_editor_is_announced_as_its_field_would_be(open_page):
    page = open_page(notes())
    box = page.get_by_role("textbox", name="正文")

    assert box.get_attribute("aria-describedby") == "id_body_helptext"
    assert page.get_by_role("toolbar", name="正文").get_attribute("aria-controls") == "id_body-editor"
    page.locator("#id_body").evaluate("(field) => { field.ariaInvalid = 'true'; field.disabled = true; }")
    page.wait_for_selector("#id_body-editor[aria-invalid=true][contenteditable=false]")
    assert page.get_by_role("toolbar").count() == 1


def test_the_keyboard_reaches_every_tool_and_finds_the_way_out(open_page):
    page = open_page(notes(body=STORED))
    page.get_by_text("错误").focus()

    press(page, "Tab")
    assert focused(page) == "undo"
    press(page, "ArrowRight", "ArrowRight")
    assert focused(page) == "bold"
    press(page, "End", "ArrowRight", "Tab")
    assert focused(page) == "id_body-editor"
    press(page, "Alt+F10")
    assert focused(page) == "undo"
    editor(page).locator("td").click()
    press(page, "Tab")
    assert focused(page) != "id_body-editor"


def test_links_are_asked_for_made_whole_and_taken_off(open_page):
    page = open_page(notes(body="<p>原文</p>"))
    editor(page).click()
    press(page, "Control+a", "Control+k")
    dialog = page.get_by_role("dialog", name="链接")

    dialog.get_by_label("网址").fill("javascript:alert(1)")
    press(page, "Enter")
    assert dialog.get_by_role("alert").is_visible()
    dialog.get_by_label("网址").fill("www.example.cn/a")
    dialog.get_by_text("确定").click()
    assert value(page) == '<p><a href="https://www.example.cn/a" rel="noopener">原文</a></p>'
    tool(page, "link").click()
    dialog.get_by_text("移除链接").click()
    assert value(page) == "<p>原文</p>"
    press(page, "Control+k", "Escape")
    assert focused(page) == "id_body-editor"


def test_pictures_come_in_at_the_cursor_with_their_caption(open_page):
    page = open_page(notes(body="<p>甲乙</p>"))
    figure = f'<figure><img src="{OTHER_PICTURE}" alt="合影"><figcaption>全体合影</figcaption></figure>'

    page.get_by_text("插入").click()
    assert value(page) == f"<p>甲乙</p>{figure}"
    press(page, "Control+z")
    editor(page).locator("p").first.click()
    press(page, "Home", "ArrowRight")
    page.get_by_text("插入").click()
    assert value(page) == f"<p>甲</p>{figure}<p>乙</p>"
    caption = page.get_by_role("textbox", name="图片说明")
    caption.fill("新 说明 ")
    caption.press("Enter")
    page.keyboard.type("续")
    assert value(page) == f"<p>甲</p>{figure.replace('全体合影', '新 说明')}<p>续乙</p>"
    page.get_by_text("移除图片").click()
    assert value(page) == "<p>甲</p><p>续乙</p>"


@pytest.mark.parametrize("what", ["heading", "bulletList", "orderedList", "quote"])
def test_no_format_swallows_a_picture(open_page, what):
    page = open_page(notes(body=STORED))
    editor(page).locator("h2").click()
    press(page, "Control+a")

    tool(page, what).click()

    assert PICTURE in value(page)


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        (
            WORD,
            "<h2>纪要</h2><p><strong>主持： </strong>李 某</p><ol><li><p>甲</p></li><li><p>乙</p></li></ol>"
            "<ul><li><p>丙</p><ul><li><p>丁</p></li></ul></li></ul><p>一、议程</p>"
            "<table><tr><td><p>格</p></td></tr></table>",
        ),
        (WECHAT, "<p><strong>通知</strong></p><p>请大家点</p>"),
        (f'<img src="{SITE}{PICTURE}" alt="a">', f'<figure><img src="{PICTURE}" alt="a"></figure>'),
    ],
    ids=["word", "wechat", "own picture"],
)
def test_pasting_brings_structure_and_nothing_else(open_page, source, clean):
    page = open_page(notes())
    editor(page).click()

    paste(page, source)

    assert value(page) == clean


def test_copying_from_one_editor_to_the_other_keeps_everything(open_page):
    page = open_page(notes(body=STORED))
    editor(page).locator("h2").click()
    press(page, "Control+a", "Control+c")
    editor(page, "remark").click()

    press(page, "Control+v")

    assert value(page, "remark") == STORED


def test_a_field_added_later_gets_its_editor(open_page):
    page = open_page(notes())
    page.evaluate(
        """() => {
          const row = document.createElement("div");
          row.innerHTML = "<label for=new>新的</label><textarea id=new data-rich-text=short></textarea>";
          document.querySelector("form").prepend(row);
          row.dispatchEvent(new CustomEvent("portal:added", { bubbles: true }));
        }"""
    )
    page.wait_for_selector("#new[data-ready]", state="attached")

    page.get_by_role("textbox", name="新的").click()
    page.keyboard.type("x")

    assert page.locator("#new").input_value() == "<p>x</p>"


def test_of_a_dozen_editors_only_those_near_the_screen_are_made(open_page):
    page = open_page("".join(NotesForm(prefix=str(number)).as_div() for number in range(6)))
    assert page.locator("[data-ready]").count() < 12

    set_value(page, "<p>早</p>", "5-remark")
    assert value(page, "5-remark") == "<p>早</p>"
    page.locator("#id_5-remark").focus()

    assert focused(page) == "id_5-remark-editor"
    page.keyboard.type("上")
    assert value(page, "5-remark") == "<p>上早</p>"
