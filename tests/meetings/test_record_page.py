"""What the record page's script is answered, and the same page without script."""

from __future__ import annotations

import io
import uuid

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.html import parse_html
from django.urls import reverse
from PIL import Image

from meetings.forms.rows import ROW_FORMS
from meetings.models import Guest, Meeting
from meetings.record_page import RecordPage
from meetings.templatetags.record_fields import record_field
from members.permissions import Role
from tests.factories import make_branch, make_meeting, make_member, make_user
from tests.meetings.submissions import row

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def secretary(client):
    make_branch()
    user = make_user(Role.SECRETARY, member=make_member("书记"))
    client.force_login(user)
    return user


@pytest.fixture
def meeting(secretary):
    return make_meeting(by=secretary, state=Meeting.State.IN_SESSION)


def test_a_field_is_drawn_as_crispy_draws_it(meeting, secretary):
    """With a value and without, of every kind of row but the attendance, which has a layout of its own."""
    item = meeting.agenda_items.create(title="议程<1>", kind="other", presenter=secretary.member)
    meeting.problems.create(description="问题", in_charge=secretary.member, due_on="2025-05-01")
    meeting.criticisms.create(speaker=secretary.member, text="<b>意见</b>")
    meeting.requirements.create(title="要求")
    meeting.study_topics.create(title="学习")
    meeting.guests.create(name="来宾", role="单位")
    page = RecordPage(meeting)
    forms = [form for kind, rows in page.rows.items() if kind != "attendance" for form in rows]
    forms += [typed.mould for typed in page.typed.values()]
    forms += [page._blank(kind, "key") for kind in ("photo", "attachment")]
    assert {form.kind for form in forms} == ROW_FORMS.keys() - {"attendance"}
    assert item.title in {form["title"].value() for form in forms if form.kind == "agenda"}
    for form in forms:
        for field in form:
            plain = record_field(field)  # before crispy, which leaves its classes in the widget
            assert parse_html(plain) == parse_html(as_crispy_field(field)), f"{form.kind}: {field.name}"


def test_a_refused_field_says_why(meeting):
    form = ROW_FORMS["guest"]({"guest-x-name": ""}, prefix="guest-x", instance=Guest(meeting=meeting))
    assert "is-invalid" in record_field(form["name"])


def address(meeting, name="record") -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])


def png(name="照片.png") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def test_answer_to_a_tap_carries_the_new_figures(client, meeting):
    data = row("attendance", meeting.attendances.get(), status="present")
    answer = client.post(address(meeting), data, **JSON).json()
    assert answer["rows"][0]["saved"]
    assert answer["figures"]["came"] == 1
    assert answer["saved_at"]


def test_answer_to_a_conflict_names_the_other_and_gives_the_text(client, meeting, secretary):
    problem = meeting.problems.create(
        description="问题", cause="原因", changed_by=make_user(Role.COMMITTEE, member=make_member("李四"))
    )
    page = row("problem", problem, cause="我的原因")
    meeting.problems.update(cause="李四的原因")
    answer = client.post(address(meeting), page, **JSON).json()
    field = answer["rows"][0]["fields"]["cause"]
    assert not answer["rows"][0]["saved"]
    assert field["value"] == "李四的原因"
    assert field["conflict"]["by"] == "李四"
    assert field["conflict"]["theirs"] == "李四的原因"


def test_closed_minutes_answer_409_with_the_reason(client, secretary):
    meeting = make_meeting(by=secretary, state="signed_off")
    response = client.post(address(meeting), row("requirement", base=uuid.uuid4(), title="迟到的话"), **JSON)
    assert response.status_code == 409
    assert response.json()["errors"]


def test_changes_tell_what_others_did_since_a_revision(client, meeting, secretary):
    meeting.refresh_from_db()
    colleague = make_user(Role.COMMITTEE, member=make_member("李四"))
    before = meeting.revision
    other = type(client)()
    other.force_login(colleague)
    other.post(address(meeting), row("requirement", base=uuid.uuid4(), title="压实责任"), **JSON)
    answer = client.get(address(meeting, "changes"), {"since": before}).json()
    [changed] = answer["rows"]
    assert (changed["by"], changed["fields"]["title"]["value"]) == ("李四", "压实责任")
    assert "压实责任" in changed["html"]
    assert changed["row"] in answer["standing"]
    assert client.get(address(meeting, "changes"), {"since": answer["revision"]}).json()["rows"] == []


@pytest.mark.parametrize("since", ["x", "-1", "", "9" * 30])
def test_changes_since_nonsense_is_refused(client, meeting, since):
    assert client.get(address(meeting, "changes"), {"since": since}).status_code == 400


def test_photo_and_paper_arrive_and_are_served_to_readers_only(client, meeting):
    pdf = SimpleUploadedFile(
        "方案.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n0\n%%EOF\n", "application/pdf"
    )
    answer = client.post(
        address(meeting), {"photos": png(), "papers": pdf, "photo_id": str(uuid.uuid4())}, **JSON
    ).json()
    assert answer["refused_files"] == []
    photo, paper = meeting.photos.get(), meeting.attachments.get()
    assert (photo.width, photo.height) == (300, 200)
    picture = client.get(reverse("meetings:photo", args=[meeting.pk, photo.pk, "480"]))
    assert picture.headers["Content-Type"] == "image/webp"
    download = client.get(reverse("meetings:paper", args=[meeting.pk, paper.pk]))
    assert download.headers["Content-Disposition"].startswith("attachment")
    for answer in (picture, download):
        assert answer.getvalue()  # read to its end, and with it its file closed
    stranger = type(client)()
    stranger.force_login(make_user(Role.MEMBER))
    for view, file, extra in (("photo", photo, ["480"]), ("paper", paper, [])):
        assert (
            stranger.get(reverse(f"meetings:{view}", args=[meeting.pk, file.pk, *extra])).status_code == 404
        )


def test_the_same_photograph_sent_twice_is_one(client, meeting):
    name = str(uuid.uuid4())
    for _ in range(2):
        client.post(address(meeting), {"photos": png(), "photo_id": name}, **JSON)
    assert meeting.photos.count() == 1


def test_a_bad_file_is_refused_with_what_is_accepted_and_the_rest_is_kept(client, meeting):
    data = row("requirement", base=uuid.uuid4(), title="压实责任")
    data["photos"] = SimpleUploadedFile("坏.jpg", b"<html>", "image/jpeg")
    response = client.post(address(meeting), data)
    assert response.status_code == 200
    [(name, reason)] = response.context["outcome"].refused_files
    assert name == "坏.jpg"
    assert "JPEG" in reason
    assert meeting.requirements.get().title == "压实责任"
    assert not meeting.photos.exists()


def test_without_script_the_whole_page_is_one_form(client, meeting):
    page = client.get(address(meeting)).context["page"]
    data = {}
    for forms in page.rows.values():
        for form in forms:
            for name in form.fields:
                text = form.input_text(name, form.initial.get(name))
                data[form.add_prefix(name)] = data[form.base_name(name)] = text
    attendance = page.rows["attendance"][0]
    data[attendance.add_prefix("status")] = "present"
    empty = page.typed["problem"].empty
    data[empty.add_prefix("description")] = "没有脚本也能写"
    response = client.post(address(meeting), data)
    assert response.status_code == 302
    assert meeting.attendances.get().status == "present"
    assert meeting.problems.get().description == "没有脚本也能写"


def test_an_error_without_script_stands_beside_the_field_and_keeps_the_text(client, meeting):
    data = row("problem", base=uuid.uuid4(), description="", cause="只写了原因")
    html = client.post(address(meeting), data).content.decode()
    assert "只写了原因" in html
    assert "is-invalid" in html


def test_correction_page_shows_again_what_was_typed_when_the_reason_is_missing(client, secretary):
    signed = make_meeting(by=secretary, state="signed_off")
    data = row("agenda", signed.agenda_items.first(), title="改过的议题")
    data["reason"] = ""
    response = client.post(address(signed, "correct"), data)
    assert response.status_code == 200
    assert "改过的议题" in response.content.decode()
    assert "reason" in response.context["form"].errors
    data["reason"] = "笔误"
    assert client.post(address(signed, "correct"), data).url == address(signed, "history")
    assert "改过的议题" in client.get(address(signed, "history")).content.decode()
