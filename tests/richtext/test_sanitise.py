import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branch_portal.richtext.sanitise import UNSEEN, plain_text, sanitise

KEY = "0123456789abcdef0123456789abcdef"
OTHER_KEY = "f" * 32
PICTURE = f"/pictures/{KEY}/960.webp"
FIGURE = f'<figure><img src="{PICTURE}" alt="会场"><figcaption>会场一角</figcaption></figure>'


@pytest.mark.parametrize(
    "written",
    [
        "<p>会议于九时开始。</p>",
        "<h2>一、议程</h2><h3>（一）学习</h3><p>正文</p>",
        "<p>有<strong>粗</strong>有<em>斜</em><br>换行</p>",
        "<ul><li><p>甲</p></li><li><p>乙</p><ul><li><p>丙</p></li></ul></li></ul>",
        "<ol><li><p>甲</p></li></ol><hr><blockquote><p>引文</p></blockquote>",
        '<p><a href="https://example.org/a?b=1&amp;c=2" rel="noopener">链接</a></p>',
        '<table><tr><th colspan="2"><p>项目</p></th></tr><tr><td rowspan="3"><p></p></td></tr></table>',
        "<p>一</p><p></p><p>二</p>",
    ],
)
def test_what_the_editor_writes_stays_as_it_is(written):
    assert sanitise(written) == written


def test_a_figure_with_an_allowed_picture_stays():
    assert sanitise(FIGURE, pictures={KEY}) == FIGURE


@pytest.mark.parametrize(
    ("attack", "harmless"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<script>alert(1)</script>", ""),
        ("<p>a<style>p{display:none}</style>b</p>", "<p>ab</p>"),
        ("<p>a</p><svg onload=alert(1)><script>alert(1)</script></svg>", "<p>a</p>"),
        ("<svg/onload=alert(1)>", ""),
        ("<p>a</p><math><mtext><script>alert(1)</script></mtext></math>", "<p>a</p>"),
        ("<p onclick=alert(1) style='color:red' class=x id=y data-z=1>a</p>", "<p>a</p>"),
        ('<p><a href="javascript:alert(1)">a</a></p>', "<p>a</p>"),
        ('<p><a href="jav&#x09;ascript:alert(1)">a</a></p>', "<p>a</p>"),
        ('<p><a href=" JaVaScRiPt:alert(1)">a</a></p>', "<p>a</p>"),
        ('<p><a href="data:text/html;base64,PHNjcmlwdD4=">a</a></p>', "<p>a</p>"),
        ('<p><a href="vbscript:x">a</a><a href="//evil.example">b</a></p>', "<p>ab</p>"),
        ('<p><a href="/news/">a</a></p>', "<p>a</p>"),
        (
            '<p><a href="https://a.example" target="_blank" onclick="x" rel="opener">a</a></p>',
            '<p><a href="https://a.example" rel="noopener">a</a></p>',
        ),
        ("<p>a</p><iframe src=https://evil.example></iframe>", "<p>a</p>"),
        ("<p>a<object data=x><embed src=y></object></p>", "<p>a</p>"),
        ("<form action=/x><input name=a><button>Los</button></form>", "<p>Los</p>"),
        ("<p>a<!-- <script>alert(1)</script> -->b</p>", "<p>ab</p>"),
        ("<scr<script>ipt>alert(1)</script>", "<p>ipt&gt;alert(1)</p>"),
        ("<p>a<meta http-equiv=refresh content=0><base href=//evil.example></p>", "<p>a</p>"),
        ('<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<p>"&gt;</p>'),
        ("<p>a<template><script>1</script></template></p>", "<p>a</p>"),
        ('<p>a<td background="x" colspan="2">b</p>', "<p>ab</p>"),
        (
            '<table><tr><td colspan="9999999" rowspan="-1">a</td></tr></table>',
            "<table><tr><td><p>a</p></td></tr></table>",
        ),
    ],
)
def test_attacks_leave_only_words(attack, harmless):
    assert sanitise(attack) == harmless


@pytest.mark.parametrize(
    "source",
    [
        "https://evil.example/x.png",
        "//evil.example/x.webp",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        f"/pictures/{OTHER_KEY}/960.webp",
        f"/pictures/{KEY.upper()}/960.webp",
        f"/pictures/{KEY}/960.webp?x=1",
        f"/pictures/{KEY}/../{KEY}/960.webp",
        f"https://evil.example/pictures/{KEY}/960.webp",
        f"/pictures/{KEY}/960.svg",
        "",
    ],
)
def test_any_other_picture_goes_with_its_empty_figure(source):
    html = f'<p>前</p><figure><img src="{source}" onerror="alert(1)" srcset="x 2x"></figure><p>后</p>'

    assert sanitise(html, pictures={KEY}) == "<p>前</p><p>后</p>"


def test_without_a_list_no_picture_stays_but_the_caption_does():
    assert sanitise(FIGURE) == "<p>会场一角</p>"


def test_a_picture_keeps_only_its_address_and_description():
    html = f'<img srcset="https://evil.example/x 2x" width=1 style="x" src="{PICTURE}">'

    assert sanitise(html, pictures=[KEY]) == f'<figure><img src="{PICTURE}" alt=""></figure>'


def test_a_caption_is_words_alone():
    html = (
        f'<figure><p><img src="{PICTURE}" alt=""></p><figcaption>一<b>二</b><br> 三\n</figcaption></figure>'
    )

    assert sanitise(html, pictures=[KEY]) == (
        f'<figure><img src="{PICTURE}" alt=""><figcaption>一二 三</figcaption></figure>'
    )


def test_a_picture_among_words_gets_a_figure_of_its_own():
    html = f'<p>前<a href="https://a.example"><img src="{PICTURE}" alt=""></a>后</p>'

    assert sanitise(html, pictures=[KEY]) == (
        f'<p>前</p><figure><img src="{PICTURE}" alt=""></figure><p>后</p>'
    )


@pytest.mark.parametrize(
    "empty",
    [
        *("", " \n ", "&nbsp;", "\u3000\ufeff", "<p></p>", "<p> </p>", "<p>&nbsp;</p>", "<p>\u200b</p>"),
        *("<p>&#8203;</p>", "<p><br></p><p></p>", "<ul><li></li></ul>", "<h2></h2>"),
    ],
)
def test_nothing_to_read_is_nothing(empty):
    assert sanitise(empty) == ""


@pytest.mark.parametrize(
    ("typed", "paragraphs"),
    [
        ("一行", "<p>一行</p>"),
        ("一\r\n二", "<p>一<br>二</p>"),
        ("一\n\n二\n \n\n三", "<p>一</p><p>二</p><p>三</p>"),
        ("若a<b则c", "<p>若a&lt;b则c</p>"),
        ("a<b and c>d & e", "<p>a&lt;b and c&gt;d &amp; e</p>"),
        ("\u3000\u3000缩进的一段", "<p>缩进的一段</p>"),
        ("<3 \"quoted\" 'too'", "<p>&lt;3 \"quoted\" 'too'</p>"),
        ("甲<img src=x", "<p>甲&lt;img src=x</p>"),
    ],
)
def test_text_without_tags_becomes_paragraphs(typed, paragraphs):
    assert sanitise(typed) == paragraphs


@pytest.mark.parametrize(
    ("old", "shaped"),
    [
        ("<div>一<b>二</b></div><div><i>三</i></div>", "<p>一<strong>二</strong></p><p><em>三</em></p>"),
        ("<h1>题</h1>散文<p>段</p>尾", "<h2>题</h2><p>散文</p><p>段</p><p>尾</p>"),
        ("<ul>散<li>甲</li></ul><li>乙</li>", "<ul><li><p>散</p></li><li><p>甲</p></li></ul><p>乙</p>"),
        ("<span style='font-size:9px'>字</span><font color=red>色</font>", "<p>字色</p>"),
        (
            "<table><caption>表</caption><thead><tr><th>甲</th></tr></thead><tbody><tr><td></td></tr></tbody></table>",
            "<table><tr><td><p>表</p></td></tr><tr><th><p>甲</p></th></tr><tr><td><p></p></td></tr></table>",
        ),
        (
            "<strong><p>甲</p></strong><p><strong>乙<strong>丙</strong></strong></p>",
            "<p>甲</p><p><strong>乙丙</strong></p>",
        ),
        ("<blockquote>引</blockquote>", "<blockquote><p>引</p></blockquote>"),
    ],
)
def test_markup_from_elsewhere_gets_the_editors_shape(old, shaped):
    assert sanitise(old) == shaped


TAGS = [
    *("p", "h1", "h2", "h3", "b", "strong", "em", "ul", "ol", "li", "blockquote", "table", "tr", "td", "th"),
    *(
        "figure",
        "figcaption",
        "div",
        "span",
        "a",
        "br",
        "hr",
        "img",
        "svg",
        "math",
        "script",
        "style",
        "select",
    ),
    *(
        "tbody",
        "option",
        "button",
        "form",
        "template",
        "plaintext",
        "xmp",
        "textarea",
        "caption",
        "pre",
        "annotation-xml",
    ),
]
ATTRIBUTES = [
    *("", " onclick=alert(1)", " href=javascript:alert(1)", ' href="https://a.example/?a=1&b=2"'),
    *(f' src="{PICTURE}"', f' src="/pictures/{OTHER_KEY}/480.webp"', ' alt="a&quot;b"'),
    *(" colspan=2", " style='x'", ' title="<p>"', " a=<b>"),
]
NOISE = [
    *("&nbsp;", "&lt;script&gt;", "&amp;", "&#0;", "&#x200b;", "\x00", "\u200b", "\xa0", "\n", "\n\n"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<?x?>", "<!doctype html>", "<", ">", "'", '"'),
]
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(NOISE),
    st.text(max_size=5),
)
MARKUP = st.lists(PIECES, max_size=25).map("".join)
OUTPUT_TAG = (
    r"</?(p|h2|h3|blockquote|ul|ol|li|strong|em|table|tr|th|td|figure|figcaption|a)>|<(br|hr)>"
    r'|<a href="https://[^"<>]*" rel="noopener">|<(td|th)( (colspan|rowspan)="[1-9][0-9]{0,2}")+>'
    rf'|<img src="/pictures/{KEY}/960\.webp" alt="[^"]*">'
)


@settings(max_examples=1500, deadline=None)
@given(MARKUP)
def test_sanitising_twice_changes_nothing(html):
    once = sanitise(html, pictures={KEY})

    assert sanitise(once, pictures={KEY}) == once


@settings(max_examples=1500, deadline=None)
@given(MARKUP)
def test_nothing_leaves_but_the_vocabulary(html):
    leftover = re.sub(OUTPUT_TAG, "", sanitise(html, pictures={KEY}))

    assert "<" not in leftover


@given(st.text(st.characters(exclude_characters="<", exclude_categories=["Cs"])))
def test_words_typed_without_markup_all_stay(typed):
    def words(text):
        return "".join(UNSEEN.sub("", text.replace("&nbsp;", " ")).split())

    assert words(plain_text(sanitise(typed))) == words(typed)


@pytest.mark.parametrize(
    "tag", ["<ul><li>", "<blockquote>", "<div>", "<table><tr><td>", "<b><p>", "<x>", "<a href='https://a'>"]
)
def test_hostile_nesting_is_read_in_reasonable_time(tag):
    html = (tag * (200_000 // len(tag)))[:199_990] + "<p>词</p>"
    started = time.perf_counter()

    cleaned = sanitise(html)

    assert time.perf_counter() - started < 3
    assert "词" in cleaned
    assert sanitise(cleaned) == cleaned


def test_an_open_tag_with_a_long_row_of_equals_signs_is_read_in_reasonable_time():
    started = time.perf_counter()
    assert sanitise("<a " + "=" * 199_000).startswith("<p>&lt;a =")
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<h2>一</h2><p>二<br>三 &amp; 四</p><ul><li><p>五</p></li></ul>", "一\n二\n三 & 四\n五"),
        ("<p>一<strong>二</strong>三</p>", "一二三"),
        ("<table><tr><th><p>甲</p></th><td><p>乙</p></td></tr></table>", "甲\n乙"),
        ("<p>a &lt; b</p>", "a < b"),
        ("没有标签", "没有标签"),
        (FIGURE, "会场一角"),
    ],
)
def test_plain_text_has_a_line_for_each_block(html, text):
    assert plain_text(html) == text
