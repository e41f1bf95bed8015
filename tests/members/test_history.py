"""The history of a record: what was changed, by whom and why, and what it never shows."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branch_portal.encryption.fields import EncryptedTextField
from branch_portal.media.documents import read_document
from members import actions, history
from members.models import MemberFile, MobileContact, MobilePeriod, User
from members.permissions import Role
from tests.factories import make_event, make_group, make_member, make_position, make_user
from tests.media import samples

D = datetime.date


def page(client, member, number=1) -> str:
    response = client.get(f"/en/desk/members/{member.pk}/history/?page={number}")
    assert response.status_code == 200
    return response.content.decode()


def told(member, reader=None) -> list[history.Line]:
    """As the given reader finds it, or the secretary."""
    reader = reader or User.objects.get(member__positions__post="secretary")
    return history.lines(history.references(member, reader=reader, with_sensitive=True))


def test_a_correction_shows_the_earlier_text_and_the_reason(desk, secretary):
    member = make_member()
    entry = make_event(member, "lost_contact", D(2025, 4, 1), note="Letter came back")
    entry.on = D(2025, 5, 2)
    actions.correct_event(entry, by=secretary, reason="The letter came in May")
    shown = page(desk, member)
    assert "Reason: The letter came in May" in shown
    assert "Entry of the timeline · lost contact: changed" in shown
    line = next(line for line in told(member) if line.label == "update" and line.reason and line.changes)
    assert line.who == str(secretary)
    # What follows from the correction bears its reason too.
    both = [line for line in told(member) if line.reason == "The letter came in May"]
    changes = {change for line in both for change in line.changes}
    assert history.Change("Day", "April 1, 2025", "May 2, 2025") in changes


def test_what_was_taken_out_is_told_with_all_it_said(desk, secretary):
    member = make_member()
    post = make_position(member, "publicity")
    actions.remove_post(post, by=secretary, reason="Somebody else's post")
    [line] = [line for line in told(member) if line.label == "delete"]
    assert (line.what, line.reason) == ("Position · publicity commissioner", "Somebody else's post")
    assert history.Change("Post", "publicity commissioner", "") in line.changes
    assert "Position · publicity commissioner: taken out" in page(desk, member)


def test_choices_and_groups_are_told_in_words(secretary):
    member, group = make_member(), make_group()
    member.degree = "master"
    actions.change_member(member, by=secretary)
    make_event(member, "group", D(2025, 4, 1), party_group=group)
    changes = {change for line in told(member) for change in line.changes}
    assert history.Change("Degree", "", "master") in changes
    assert history.Change("Party group", "", str(group)) in changes


def test_contacts_with_who_is_away_are_told(desk, secretary):
    member, other = make_member(), make_member()
    for person in (member, other):
        away = MobilePeriod(
            member=person, since=D(2025, 1, 1), place="邻市", reason="work", contact_person=secretary.member
        )
        actions.enter_time_away(away, by=secretary)
        contact = MobileContact(
            period=away, on=D(2025, 5, 5), way="telephone", was_reached=False, note=f"to {person}"
        )
        actions.enter_contact(contact, by=secretary)
        actions.remove_contact(contact, by=secretary, reason="Another person")
    entered, taken_out = [line for line in reversed(told(member)) if line.what == "Contact · May 5, 2025"]
    assert (entered.label, entered.who, entered.reason) == ("insert", str(secretary), "")
    assert (taken_out.label, taken_out.who, taken_out.reason) == ("delete", str(secretary), "Another person")
    assert set(entered.changes) == {
        history.Change("Day", "", "May 5, 2025"),
        history.Change("By", "", "telephone"),
        history.Change("The person was reached", "", "no"),
        history.Change("What was said", "", f"to {member}"),
    }
    assert "Contact · May 5, 2025: taken out" in page(desk, member)


def make_paper(member, secretary, access, title) -> MemberFile:
    document = read_document(samples.upload(samples.pdf(), "材料.pdf"))
    paper = MemberFile(member=member, kind="review", access=access, title=title)
    return actions.add_file(paper, document, by=secretary)


def test_papers_are_told_without_their_files(desk, secretary):
    member = make_member()
    paper = make_paper(member, secretary, "own", "First title")
    paper.title = "Second title"
    actions.change_file(paper, by=secretary)
    actions.remove_file(paper, by=secretary, reason="Belongs elsewhere")
    lines = [line for line in told(member) if line.what == "Paper · political review"]
    assert [line.label for line in lines] == ["delete", "update", "insert"]
    assert lines[0].reason == "Belongs elsewhere"
    assert lines[1].changes == [history.Change("Title", "First title", "Second title")]
    assert {change.field for change in lines[2].changes} == {"Kind", "Who may open it", "Title"}
    assert paper.key not in page(desk, member)


def test_of_papers_only_those_are_told_that_one_may_open(secretary):
    group = make_group()
    member, leader = make_member(party_group=group), make_user()
    make_position(leader.member, "group_leader", party_group=group)
    person = make_user(member=member)
    for access in ("own", "committee", "secretary"):
        make_paper(member, secretary, access, f"for {access}")
    closed, opened, gone = (
        make_paper(member, secretary, access, f"at first for {access}")
        for access in ("own", "secretary", "secretary")
    )
    for paper, access in ((closed, "secretary"), (opened, "own")):
        paper.access = access
        actions.change_file(paper, by=secretary)
    actions.remove_file(gone, by=secretary, reason="…")

    def titles(reader) -> list[str]:
        papers = [line for line in told(member, reader) if line.what.startswith("Paper")]
        return [
            change.after
            for line in papers
            for change in line.changes
            if change.field == "Title" and change.after
        ]

    assert len(titles(secretary)) == 6
    assert set(titles(person)) == {"for own", "for committee"}
    assert titles(leader) == []
    # That it became the person's is told, as what it is since then.
    assert [line.label for line in told(member, person) if line.what.startswith("Paper")].count("update") == 1


def test_sensitive_data_only_that_they_were_changed(desk, secretary, monkeypatch):
    member = make_member()
    actions.change_sensitive(member, {"discipline": "警告处分", "dues_base": "8123.45"}, by=secretary)
    actions.change_sensitive(member, {"discipline": "撤销处分", "dues_base": "9123.45"}, by=secretary)

    def opened(*_args):
        raise AssertionError("a sealed text was opened")

    monkeypatch.setattr(EncryptedTextField, "from_db_value", opened)
    shown = page(desk, member)
    assert "Sensitive data: changed" in shown
    assert not any(text in shown for text in ("警告处分", "撤销处分", "8123.45", "9123.45", "v1:"))
    assert not member.sensitive_looks.exists()


def test_who_may_not_see_sensitive_data_is_not_told_of_their_changes(client, secretary):
    group = make_group()
    member, leader = make_member(party_group=group), make_user()
    make_position(leader.member, "group_leader", party_group=group)
    actions.change_sensitive(member, {"discipline": "警告处分"}, by=secretary)
    client.force_login(leader)
    shown = page(client, member)
    assert "Sensitive data" not in shown
    assert "The record itself: entered" in shown


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COMMITTEE, Role.ADMINISTRATOR])
def test_to_a_stranger_there_is_none(client, role):
    client.force_login(make_user(role))
    assert client.get(f"/en/desk/members/{make_member().pk}/history/").status_code == 404


def test_the_person_reads_the_own_history_and_finds_it(client):
    user = make_user()
    client.force_login(user)
    address = f"/en/desk/members/{user.member_id}/history/"
    assert address in client.get(f"/en/desk/members/{user.member_id}/").content.decode()
    assert "The record itself: entered" in page(client, user.member)


def test_another_persons_changes_stand_elsewhere(secretary):
    member, other = make_member(), make_member()
    other.school = "Elsewhere"
    actions.change_member(other, by=secretary)
    assert not any(line.label == "update" and line.changes for line in told(member))


def test_the_newest_stands_first_a_page_at_a_time_in_the_same_number_of_queries(desk, secretary):
    member = make_member()

    def change(numbers):
        for number in numbers:
            member.school = f"School {number}"
            actions.change_member(member, by=secretary)

    change(range(2))
    page(desk, member)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(desk, member)
    change(range(2, 40))
    with CaptureQueriesContext(connection) as many:
        shown = page(desk, member)
    assert len(many) <= len(few)
    assert "School 39" in shown
    assert shown.index("School 39") < shown.index("School 30")
    assert "School 5<" not in shown
    assert "School 5<" in page(desk, member, 2)
