"""Letters of introduction: the affiliation changes when one is accepted, and not before (R-5.6)."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

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


def test_every_letter_is_listed_with_number_and_day_and_what_can_be_done(client, secretary):
    client.force_login(secretary)
    over = drafted(secretary, member=make_member("单雪蓉"))
    actions.withdraw_letter(over, on=D(2025, 3, 2), by=secretary)
    away = issued(secretary, member=make_member("陆秉文"))
    Transfer.objects.filter(pk=away.pk).update(letter_number="沪字007")
    draft = drafted(secretary, member=make_member("方予安"))

    def listed(query=""):
        return [row.pk for row, _late in client.get(f"/en/desk/letters/?{query}").context["rows"]]

    assert listed() == [away.pk, draft.pk, over.pk]
    assert listed("state=under_way") == [away.pk, draft.pk]
    assert listed("state=withdrawn") == [over.pk]
    assert listed("direction=in") == []
    assert listed("q=007") == listed("q=bingwen") == listed("q=陆秉") == [away.pk]
    assert len(listed("q=邻市")) == len(listed("state=nonsense")) == 3
    page = client.get("/en/desk/letters/").content.decode()
    assert "3 letters" in page
    assert "沪字007" in page
    assert "issued on March 1, 2025" in page
    links = [f"{letter.pk}/{step}/" in page for letter in (away, draft, over) for step in ("accept", "issue")]
    assert links == [True, False, False, True, False, False]
    assert [f"{letter.pk}/edit/" in page for letter in (away, draft, over)] == [False, True, False]


def test_a_drafted_letter_is_corrected_and_an_issued_one_stands(client, secretary):
    client.force_login(secretary)
    letter = drafted(secretary)
    address = f"/en/desk/letters/{letter.pk}/edit/"
    typed = {"direction": "out", "other_branch": "乙支部", "letter_number": "8", "reason": ""}
    assert client.post(address, typed).status_code == 302
    letter.refresh_from_db()
    assert (letter.other_branch, letter.letter_number) == ("乙支部", "8")
    actions.issue_letter(letter, on=D(2025, 3, 1), by=secretary)
    page = client.post(address, {**typed, "other_branch": "丙支部"})
    assert "the letter is in the state “issued”" in page.content.decode()
    letter.refresh_from_db()
    assert letter.other_branch == "乙支部"


def test_a_correction_of_a_letter_overwrites_nothing_unseen(client, secretary):
    client.force_login(secretary)
    letter = drafted(secretary)
    address = f"/en/desk/letters/{letter.pk}/edit/"
    form = client.get(address).context["form"]
    base = {form.base_name(name): form.input_text(name, form.initial.get(name)) for name in form.fields}
    typed = {"direction": "out", "letter_number": "", "reason": "", **base}
    assert client.post(address, {**typed, "other_branch": "乙支部"}).status_code == 302
    page = client.post(address, {**typed, "other_branch": "丙支部"})
    assert list(page.context["form"].conflicts) == ["other_branch"]
    letter.refresh_from_db()
    assert letter.other_branch == "乙支部"


def test_the_pages_of_letters_ask_equally_much(client, secretary, django_assert_num_queries):
    client.force_login(secretary)
    for _number in range(21):
        issued(secretary)
    with CaptureQueriesContext(connection) as second:
        assert len(client.get("/en/desk/letters/?page=2").context["rows"]) == 1
    with django_assert_num_queries(len(second)):
        assert len(client.get("/en/desk/letters/").context["rows"]) == 20
