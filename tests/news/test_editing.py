"""The edit page: text and pictures in one submission, two editors at once, nothing lost."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from branch_portal.media.pictures import picture_path
from branch_portal.news import actions
from branch_portal.news.editing import EditForms
from branch_portal.news.figures import figure
from branch_portal.news.models import Report
from members.permissions import Role
from tests.factories import make_branch, make_user
from tests.news.factories import make_picture, make_report, picture_file

pytestmark = pytest.mark.django_db
S = Report.State


@pytest.fixture
def writer(client):
    make_branch()
    user = make_user(Role.COMMITTEE)
    client.force_login(user)
    return user


def page(name: str, *args) -> str:
    with override("en"):
        return reverse(f"reports:{name}", args=args)


def typed(report: Report, **changes) -> dict:
    """What the edit page would send, with these inputs changed."""
    forms = EditForms.of(Report.objects.get(pk=report.pk))
    data = {"upload_token": "page-1"}
    for form in (forms.text, *forms.pictures):
        for field in form.visible_fields():
            value = field.field.prepare_value(form.initial.get(field.name))
            if field.name == "remove":
                continue
            value = value if isinstance(value, list) else str(value or "")
            data[form.add_prefix(field.name)] = data[form.base_name(field.name)] = value
    return {**data, **changes}


def test_text_is_saved_sanitised(client, writer):
    report = make_report(by=writer)
    forged = '<p onclick="x()">好<script>alert(1)</script></p><img src="https://evil.example/a.png">'
    response = client.post(page("edit", report.pk), typed(report, body_zh=forged, title_en="Title"))
    assert response["Location"] == page("edit", report.pk)
    report.refresh_from_db()
    assert (report.body_zh, report.title_en, report.revision) == ("<p>好</p>", "Title", 2)


def test_only_own_pictures_may_stand_in_the_text(client, writer):
    report, other = make_report(by=writer), make_report(by=writer)
    mine, theirs = make_picture(report), make_picture(other)
    text = "".join(figure(one.key, alt="a", caption="") for one in (mine, theirs))
    client.post(page("edit", report.pk), typed(report, body_zh=f"<p>文</p>{text}"))
    report.refresh_from_db()
    assert mine.key in report.body_zh
    assert theirs.key not in report.body_zh


def test_saving_the_same_again_is_no_new_revision(client, writer):
    report = make_report(by=writer)
    data = typed(report, title_zh="新标题")
    client.post(page("edit", report.pk), data)
    client.post(page("edit", report.pk), data)
    report.refresh_from_db()
    assert (report.title_zh, report.revision) == ("新标题", 2)


def test_two_editors_of_different_fields_both_win(client, writer):
    report = make_report(by=writer)
    mine = typed(report, title_zh="我的标题")
    theirs = typed(report, place="会议室")
    client.post(page("edit", report.pk), theirs)
    client.post(page("edit", report.pk), mine)
    report.refresh_from_db()
    assert (report.title_zh, report.place) == ("我的标题", "会议室")


def test_two_editors_of_one_field_get_told_and_neither_is_overwritten(client, writer):
    report = make_report(by=writer, title_zh="原标题")
    mine, theirs = typed(report, title_zh="我的标题"), typed(report, title_zh="她的标题")
    colleague = make_user(Role.SECRETARY)
    client.force_login(colleague)
    client.post(page("edit", report.pk), theirs)
    client.force_login(writer)
    response = client.post(page("edit", report.pk), mine)
    html = response.content.decode()
    assert response.status_code == 200
    assert "她的标题" in html
    assert str(colleague) in html
    assert 'value="我的标题"' in html
    report.refresh_from_db()
    assert report.title_zh == "她的标题"
    again = {**mine, "base-title_zh": "她的标题"}
    client.post(page("edit", report.pk), again)
    report.refresh_from_db()
    assert report.title_zh == "我的标题"


def test_pictures_are_uploaded_once_with_the_text(client, writer):
    report = make_report(by=writer)
    data = typed(report, title_zh="带图", do="upload")
    for _attempt in range(2):
        files = [picture_file("a.png", (200, 150)), picture_file("b.png", (200, 150))]
        response = client.post(page("edit", report.pk), {**data, "pictures": files})
    assert response["Location"] == page("edit", report.pk) + "#pictures"
    report.refresh_from_db()
    assert report.title_zh == "带图"
    assert list(report.pictures.values_list("position", flat=True)) == [1, 2]


def test_bad_file_is_refused_in_words_and_the_rest_is_saved(client, writer):
    report = make_report(by=writer)
    bad = SimpleUploadedFile("notes.txt", b"no picture", "text/plain")
    files = [bad, picture_file("good.png", (200, 150))]
    response = client.post(page("edit", report.pk), {**typed(report, title_zh="新"), "pictures": files})
    html = response.content.decode()
    assert "notes.txt" in html
    assert "Accepted are JPEG, PNG and WebP pictures." in html
    report.refresh_from_db()
    assert (report.title_zh, report.pictures.count()) == ("新", 1)
    assert str(report.pictures.get().pk) in html


def test_removed_picture_leaves_the_text_and_the_disk(client, writer, django_capture_on_commit_callbacks):
    report = make_report(by=writer)
    gone, kept = make_picture(report), make_picture(report)
    text = "".join(["<p>文</p>", *(figure(one.key, alt="a", caption="说明") for one in (gone, kept))])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            page("edit", report.pk), typed(report, body_zh=text, **{f"picture-{gone.pk}-remove": "on"})
        )
    report.refresh_from_db()
    assert report.body_zh == f"<p>文</p>{figure(kept.key, alt='a', caption='说明')}"
    assert list(report.pictures.all()) == [kept]
    assert not default_storage.exists(picture_path(gone.key, "960"))
    assert default_storage.exists(picture_path(kept.key, "960"))


@pytest.mark.parametrize(
    ("move", "order"),
    [("lead:2", [2, 0, 1]), ("earlier:1", [1, 0, 2]), ("later:0", [1, 0, 2]), ("later:2", [0, 1, 2])],
)
def test_pictures_are_put_in_order(client, writer, move, order):
    report = make_report(by=writer)
    pictures = [make_picture(report, size=(100, 100)) for _ in range(3)]
    verb, _colon, number = move.partition(":")
    client.post(page("edit", report.pk), typed(report, do=f"{verb}:{pictures[int(number)].pk}"))
    assert list(report.pictures.all()) == [pictures[index] for index in order]


def test_changing_a_caption_makes_an_author(client, writer):
    report = make_report()
    picture = make_picture(report)
    client.post(page("edit", report.pk), typed(report, **{f"picture-{picture.pk}-caption_zh": "新说明"}))
    picture.refresh_from_db()
    assert picture.caption_zh == "新说明"
    assert writer in report.authors.all()


@pytest.mark.parametrize("name", ["Administrator", " admin ", "管理员", "系统管理员"])
def test_author_line_names_no_account(client, writer, name):
    report = make_report(by=writer)
    html = client.post(page("edit", report.pk), typed(report, author_line_zh=name)).content.decode()
    assert "“administrator” is neither" in html


def test_what_was_typed_stays_on_the_page_when_the_report_left_the_draft(client, writer):
    report = make_report(by=writer)
    data = typed(report, title_zh="来不及保存")
    actions.send_to_review(report, by=writer)
    html = client.post(page("edit", report.pk), data).content.decode()
    assert "This cannot be done now" in html
    assert "来不及保存" in html
    report.refresh_from_db()
    assert report.title_zh != "来不及保存"


def test_browser_may_forget_its_draft_only_after_saving(client, writer):
    report = make_report(by=writer)
    key = f"report-{report.pk}"
    refused = client.post(page("edit", report.pk), typed(report, title_zh="", draft_key=key))
    assert "saved_draft" not in refused.cookies
    saved = client.post(page("edit", report.pk), typed(report, draft_key=key))
    assert saved.cookies["saved_draft"].value == key
