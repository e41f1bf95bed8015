"""Papers and photographs: who may have them, and that files come and go with their rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from branch_portal.media.documents import document_path, read_document
from branch_portal.media.pictures import picture_path, read_picture
from members import actions
from members.models import Member, MemberFile
from members.permissions import Role
from tests.factories import make_event, make_group, make_member, make_position, make_user
from tests.media import samples


def stored(member, access="own", *, by, title="入党申请书") -> MemberFile:
    document = read_document(samples.upload(samples.pdf(), "x.pdf"))
    paper = MemberFile(member=member, title=title, kind="application", access=access)
    return actions.add_file(paper, document, by=by)


def photograph():
    return read_picture(samples.upload(samples.encoded(samples.four_corners()), "x.jpg"))


def is_kept(path: str) -> bool:
    return default_storage.exists(path)


@pytest.mark.parametrize(
    ("access", "readers"),
    [
        ("own", {"the person", "secretary"}),
        ("committee", {"the person", "secretary", "committee"}),
        ("secretary", {"secretary"}),
    ],
)
def test_each_paper_is_opened_by_those_it_is_for(client, secretary, access, readers):
    group = make_group()
    person = make_user(member=make_member(party_group=group))
    leader = make_user()
    make_position(leader.member, "group_leader", party_group=group)
    users = {
        "the person": person,
        "secretary": secretary,
        "committee": make_user(Role.COMMITTEE),
        "group leader": leader,
        "member": make_user(),
        "administrator": make_user(Role.ADMINISTRATOR),
    }
    paper = stored(person.member, access, by=secretary)
    got = set()
    for name, user in users.items():
        client.force_login(user)
        answer = client.get(f"/en/desk/files/{paper.pk}/")
        assert answer.status_code in {200, 404}
        if answer.status_code == 200:
            assert answer.getvalue() == samples.pdf()
            got.add(name)
        page = client.get(f"/en/desk/members/{person.member_id}/").content.decode()
        assert ("入党申请书" in page) is (name in readers)
    assert got == readers


def test_a_paper_of_the_committee_is_closed_to_it_when_the_person_has_left(client, secretary):
    member = make_member()
    paper = stored(member, "committee", by=secretary)
    make_event(member, "moved_out")
    client.force_login(make_user(Role.COMMITTEE))
    assert client.get(f"/en/desk/files/{paper.pk}/").status_code == 404
    client.force_login(secretary)
    answer = client.get(f"/en/desk/files/{paper.pk}/")
    answer.getvalue()
    assert answer.status_code == 200


def test_a_paper_is_stored_renamed_and_taken_out_on_its_pages(
    desk, secretary, django_capture_on_commit_callbacks
):
    member = make_member()
    new = f"/en/desk/members/{member.pk}/files/new/"
    assert "This field is required" in desk.post(new, {"title": "申请书"}).content.decode()
    typed = {"title": "申请书", "kind": "application", "access": "own"}
    bad = desk.post(new, {**typed, "file": samples.upload(b"#!/bin/sh", "x.pdf")})
    assert "not accepted" in bad.content.decode()
    assert not member.files.exists()
    desk.post(new, {**typed, "file": samples.upload(samples.pdf(), "x.pdf")})
    paper = member.files.get()
    answer = desk.get(f"/en/desk/files/{paper.pk}/")
    answer.getvalue()
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    desk.post(f"/en/desk/files/{paper.pk}/edit/", {**typed, "title": "入党申请书", "access": "secretary"})
    paper.refresh_from_db()
    assert (paper.title, paper.access, paper.changed_by) == ("入党申请书", "secretary", secretary)
    remove = f"/en/desk/files/{paper.pk}/remove/"
    desk.post(remove, {"reason": " "})
    assert member.files.exists()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(remove, {"reason": "交错了"})
    assert not member.files.exists()
    assert not is_kept(document_path(paper.key))
    trace = MemberFile.pgh_event_model.objects.filter(pgh_obj_id=paper.pk, pgh_label="delete").get()
    assert trace.title == "入党申请书"
    assert trace.pgh_context.metadata == {"user": secretary.pk, "reason": "交错了"}


def test_what_fails_leaves_no_file(secretary):
    folder = Path(default_storage.path("documents"))
    before = set(folder.rglob("content"))
    with pytest.raises(ValidationError):
        stored(make_member(), access="everybody", by=secretary)
    assert set(folder.rglob("content")) == before


@pytest.mark.parametrize("fields", [{"key": "0" * 32}, {"size": 1}, {"content_type": "text/html"}])
def test_the_file_of_a_paper_stays_the_same_and_the_persons(secretary, fields):
    paper = stored(make_member(), by=secretary)
    with pytest.raises(DatabaseError), transaction.atomic():
        MemberFile.objects.filter(pk=paper.pk).update(**fields)
    with pytest.raises(DatabaseError), transaction.atomic():
        MemberFile.objects.filter(pk=paper.pk).update(member=make_member())


def test_a_photograph_takes_the_place_of_the_earlier_one(desk, django_capture_on_commit_callbacks):
    member = make_member()
    page = f"/en/desk/members/{member.pk}/photograph/"
    content = samples.encoded(samples.four_corners())
    keys = []
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(page, {"photograph": samples.upload(content, "x.jpg")})
        keys.append(Member.objects.get(pk=member.pk).photograph)
    assert len(set(keys)) == 2
    assert [is_kept(picture_path(key, "480")) for key in keys] == [False, True]
    assert "Photograph of" in desk.get(f"/en/desk/members/{member.pk}/").content.decode()
    assert "Choose a file." in desk.post(page, {"takes_away": ""}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page, {"takes_away": "on"})
    assert Member.objects.get(pk=member.pk).photograph == ""
    assert not is_kept(picture_path(keys[1], "480"))


def test_a_photograph_is_for_those_who_see_the_personal_data(client, secretary):
    own, other = make_group(), make_group()
    person = make_user(member=make_member(party_group=own))
    actions.set_photograph(person.member, photograph(), by=secretary)
    leaders = []
    for group in (own, other):
        leaders.append(make_user())
        make_position(leaders[-1].member, "group_leader", party_group=group)
    address = f"/en/desk/members/{person.member_id}/photograph/480/"
    expected = {person: 200, secretary: 200, leaders[0]: 200, leaders[1]: 404, make_user(): 404}
    expected[make_user(Role.COMMITTEE)] = 404
    for user, status in expected.items():
        client.force_login(user)
        answer = client.get(address)
        if answer.streaming:
            answer.getvalue()
        assert answer.status_code == status, user
    client.force_login(secretary)
    assert client.get(f"/en/desk/members/{person.member_id}/photograph/9999/").status_code == 404
    assert client.get(f"/en/desk/members/{make_member().pk}/photograph/480/").status_code == 404
