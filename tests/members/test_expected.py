"""Whom a letter of introduction brings: a record, and not of the branch before the letter is accepted (R-5.6)."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from members import actions
from members.forms.people import EventForm
from members.models import Member, TimelineEntry, Transfer, User
from members.permissions import Role
from tests.factories import make_group, make_member, make_user

pytestmark = pytest.mark.django_db

D = datetime.date
NEW = {
    "name": "费明远",
    "gender": "male",
    "stage": "full",
    "admitted_on": "2015-06-30",
    "confirmed_on": "2016-06-30",
    "coming_from": "邻市医学会党支部",
    "letter_number": "沪字007",
}


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


@pytest.fixture
def expected(secretary) -> Member:
    """A full member of another branch, with a drafted letter."""
    member = Member(
        name="费明远",
        gender="male",
        stage="full",
        admitted_on=D(2015, 6, 30),
        confirmed_on=D(2016, 6, 30),
        party_group=make_group(),
    )
    actions.expect_member(member, Transfer(other_branch="邻市医学会党支部"), by=secretary)
    return now(member)


def now(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def issued(member: Member, secretary) -> Transfer:
    return actions.issue_letter(member.transfers.get(state="drafted"), on=D(2025, 3, 1), by=secretary)


def is_here(member: Member) -> list[bool]:
    """Whether each way of asking finds the person in the branch with a vote; they must agree."""
    day, people = D(2025, 4, 1), Member.objects
    asked = (people.current(), people.party_members(), people.with_voting_rights(day))
    size = member.party_group and type(member.party_group).objects.with_size().get(pk=member.party_group_id)
    return [
        *(member in found for found in asked),
        now(member).votes_on(day),
        now(member).is_party_member,
        *([bool(size.size)] if size else []),
    ]


def test_the_new_record_and_the_drafted_letter_come_together(client, secretary):
    client.force_login(secretary)
    page = client.post("/en/desk/members/new/", NEW, follow=True)
    member = Member.objects.get(name="费明远")
    assert "expected by letter of introduction" in page.content.decode()
    assert "left the branch" not in page.content.decode().lower()
    letter = member.transfers.get()
    assert (letter.state, letter.direction, letter.other_branch, letter.letter_number) == (
        "drafted",
        "in",
        "邻市医学会党支部",
        "沪字007",
    )
    assert member.timeline.filter(kind="expected").count() == 1
    assert set(is_here(member)) == {False}


def test_without_a_letter_a_new_person_is_of_the_branch(client, secretary):
    client.force_login(secretary)
    client.post("/en/desk/members/new/", {**NEW, "coming_from": "", "letter_number": ""})
    member = Member.objects.get(name="费明远")
    assert set(is_here(member)) == {True}
    assert not member.transfers.exists()


def test_a_number_without_a_branch_is_asked_about(client, secretary):
    client.force_login(secretary)
    page = client.post("/en/desk/members/new/", {**NEW, "coming_from": ""})
    assert list(page.context["form"].errors) == ["coming_from"]
    assert not Member.objects.filter(name="费明远").exists()


def test_a_record_whose_letter_is_refused_is_not_kept(client, secretary, monkeypatch):
    def refuses(*_arguments, **_names):
        raise ValidationError("no letter")

    monkeypatch.setattr("members.actions.people.draft_letter", refuses)
    client.force_login(secretary)
    page = client.post("/en/desk/members/new/", NEW)
    assert "no letter" in page.content.decode()
    assert not Member.objects.filter(name="费明远").exists()


@pytest.mark.parametrize("on", [D(2025, 3, 1), None])
def test_the_affiliation_changes_when_the_letter_is_accepted(expected, secretary, on):
    """On a day before the record was entered, too."""
    on = on or expected.left_on
    letter = issued(expected, secretary)
    assert set(is_here(expected)) == {False}
    actions.accept_letter(letter, on=on, by=secretary)
    assert set(is_here(expected)) == {True}
    assert (now(expected).standing, now(expected).left_on) == ("normal", None)
    assert expected.timeline.get(kind="moved_in").on == on


@pytest.mark.parametrize(
    ("act", "on"),
    [("reject_letter", D(2025, 4, 1)), ("expire_letter", D(2025, 6, 1)), ("withdraw_letter", D(2025, 4, 1))],
)
def test_after_every_other_end_the_person_waits_for_a_new_letter(expected, secretary, act, on):
    getattr(actions, act)(issued(expected, secretary), on=on, by=secretary, note="材料不全")
    assert set(is_here(expected)) == {False}
    again = Transfer(member=expected, direction="in", other_branch="邻市医学会党支部")
    actions.draft_letter(again, by=secretary)
    actions.accept_letter(issued(expected, secretary), on=D(2025, 6, 2), by=secretary)
    assert set(is_here(expected)) == {True}


def test_the_list_shows_who_is_expected_when_asked_and_to_the_secretary_alone(client, expected, secretary):
    left = make_member("旧人", left_on=D(2024, 5, 31))

    def listed(query=""):
        return {line.member for line in client.get(f"/en/desk/members/{query}").context["lines"]}

    client.force_login(secretary)
    assert expected not in listed()
    assert listed("?who=expected") == {expected}
    assert listed("?who=left") == {left}
    page = client.get("/en/desk/members/?who=expected&choose=1&columns=left_on", follow=True)
    assert [cell.value for line in page.context["lines"] for cell in line.cells] == [None]
    client.force_login(make_user(Role.COMMITTEE))
    assert expected not in listed("?who=expected")
    assert client.get(f"/en/desk/members/{expected.pk}/").status_code == 404


def test_who_is_expected_gets_no_account_and_no_letter_away(expected, secretary):
    with pytest.raises(ValidationError, match="expected by a letter"):
        actions.open_account(User(username="feimingyuan", member=expected), by=secretary)
    actions.withdraw_letter(expected.transfers.get(), on=D(2025, 4, 1), by=secretary)
    with pytest.raises(ValidationError, match="expected by a letter"):
        actions.draft_letter(Transfer(member=expected, direction="out", other_branch="甲"), by=secretary)


@pytest.mark.parametrize("kind", ["moved_in", "restored", "lost_contact", "suspended"])
def test_no_event_goes_round_the_letter(expected, secretary, kind):
    entry = TimelineEntry(member=expected, kind=kind, on=D(2025, 4, 1))
    with pytest.raises(ValidationError, match="when the letter of introduction is accepted"):
        actions.enter_event(entry, by=secretary)
    entry = expected.timeline.get(kind="group")
    entry.kind, entry.party_group = kind, None
    with pytest.raises(ValidationError, match="when the letter of introduction is accepted"):
        actions.correct_event(entry, by=secretary, reason="x")
    assert set(is_here(expected)) == {False}


def test_being_expected_is_neither_entered_later_nor_unmade(expected, secretary):
    stays = "is entered with a new record, and stays in its timeline"
    with pytest.raises(ValidationError, match=stays):
        actions.enter_event(
            TimelineEntry(member=make_member(), kind="expected", on=D(2025, 4, 1)), by=secretary
        )
    entry = expected.timeline.get(kind="expected")
    with pytest.raises(ValidationError, match=stays):
        actions.take_out_event(entry, by=secretary, reason="x")
    entry.kind = "withdrawn"
    with pytest.raises(ValidationError, match=stays):
        actions.correct_event(entry, by=secretary, reason="x")
    choices = dict(EventForm(instance=TimelineEntry(member=expected)).fields["kind"].choices)
    assert "expected" not in choices
    assert "moved_out" in choices


def test_who_is_expected_and_does_not_come_after_all_is_withdrawn(expected, secretary):
    entry = TimelineEntry(member=expected, kind="withdrawn", on=expected.left_on)
    actions.enter_event(entry, by=secretary)
    assert (now(expected).standing, now(expected).is_expected) == ("withdrawn", False)
