"""Letters of introduction: the affiliation changes when one is accepted, and not before (R-5.6)."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from members import actions
from members.models import BranchRules, Member, Transfer
from members.permissions import Role
from tests.factories import make_event, make_member, make_position, make_user

pytestmark = pytest.mark.django_db

D = datetime.date


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


def drafted(secretary, member=None, direction="out") -> Transfer:
    letter = Transfer(member=member or make_member(), direction=direction, other_branch="邻市医学会党支部")
    return actions.draft_letter(letter, by=secretary)


def issued(secretary, **fields) -> Transfer:
    return actions.issue_letter(drafted(secretary, **fields), on=D(2025, 3, 1), by=secretary)


def here(letter: Transfer) -> bool:
    return Member.objects.get(pk=letter.member_id).left_on is None


def test_an_issued_letter_is_good_for_the_days_of_the_branchs_rules(secretary):
    assert issued(secretary).good_until == D(2025, 5, 30)
    BranchRules.objects.create(pk=1, letter_days=30)
    assert issued(secretary).good_until == D(2025, 3, 31)


def test_the_affiliation_changes_on_acceptance_only(secretary):
    letter = issued(secretary)
    post = make_position(letter.member, "publicity", started_on=D(2024, 1, 1))
    assert here(letter)
    actions.accept_letter(letter, on=D(2025, 4, 1), by=secretary)
    member = Member.objects.get(pk=letter.member_id)
    assert (member.left_on, member.standing) == (D(2025, 4, 1), "moved_out")
    assert member.timeline.get(kind="moved_out").organization == "邻市医学会党支部"
    post.refresh_from_db()
    assert post.ended_on == D(2025, 4, 1)


@pytest.mark.parametrize(
    ("act", "on"),
    [("reject_letter", D(2025, 4, 1)), ("expire_letter", D(2025, 6, 1)), ("withdraw_letter", D(2025, 4, 1))],
)
def test_every_other_end_leaves_the_affiliation(secretary, act, on):
    letter = getattr(actions, act)(issued(secretary), on=on, by=secretary, note="材料不全")
    assert here(letter)
    assert letter.decided_on == on
    drafted(secretary, member=letter.member)  # and another letter can be written


def test_a_person_comes_back_by_a_letter(secretary):
    member = make_member()
    make_event(member, "moved_out", D(2024, 1, 1))
    letter = issued(secretary, member=Member.objects.get(pk=member.pk), direction="in")
    assert not here(letter)
    actions.accept_letter(letter, on=D(2025, 4, 1), by=secretary)
    assert here(letter)


def test_one_letter_at_a_time(secretary):
    letter = drafted(secretary)
    with pytest.raises(ValidationError, match="Another letter of this person is under way"):
        drafted(secretary, member=letter.member)


def test_an_answer_is_given_once(secretary):
    letter = issued(secretary)
    actions.accept_letter(letter, on=D(2025, 4, 1), by=secretary)
    with pytest.raises(ValidationError, match="accepted"):
        actions.reject_letter(letter, on=D(2025, 4, 2), by=secretary, note="x")


@pytest.mark.parametrize(
    ("act", "on", "note", "field"),
    [
        ("accept_letter", D(2025, 2, 28), "", "on"),
        ("expire_letter", D(2025, 5, 30), "", "on"),
        ("reject_letter", D(2025, 4, 1), " ", "note"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(secretary, act, on, note, field):
    with pytest.raises(ValidationError) as refusal:
        getattr(actions, act)(issued(secretary), on=on, by=secretary, note=note)
    assert list(refusal.value.message_dict) == [field]


def test_the_database_knows_the_states_too(secretary):
    letter = drafted(secretary)
    with pytest.raises(DatabaseError), transaction.atomic():
        Transfer.objects.filter(pk=letter.pk).update(state="accepted")


def test_the_pages_lead_from_draft_to_acceptance(client, secretary):
    client.force_login(secretary)
    member = make_member()
    client.post(f"/en/desk/members/{member.pk}/letters/new/", {"direction": "out", "other_branch": "甲支部"})
    letter = member.transfers.get()
    client.post(f"/en/desk/letters/{letter.pk}/issue/", {"on": "2025-03-01"})
    assert "甲支部" in client.get("/en/desk/letters/").content.decode()
    client.post(f"/en/desk/letters/{letter.pk}/accept/", {"on": "2025-03-20", "note": ""})
    letter.refresh_from_db()
    assert letter.state == "accepted"
    assert client.get(f"/en/desk/letters/{letter.pk}/steal/").status_code == 404


def test_the_list_of_letters_asks_equally_much_for_one_and_for_many(
    client, secretary, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(secretary)
    drafted(secretary)
    with django_assert_max_num_queries(20) as first:
        client.get("/en/desk/letters/")
    for _number in range(9):
        drafted(secretary)
    with django_assert_num_queries(len(first)):
        client.get("/en/desk/letters/")
