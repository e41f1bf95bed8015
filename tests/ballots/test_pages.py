"""The pages of the committee and of the members: set-up, opening, paper, closing, result, board."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from docx import Document

from appraisals.ballots import actions
from appraisals.ballots.models import SecretBallot, Voter
from members.actions import issue_slip
from members.permissions import Role
from tests.ballots import factories
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def client_of(user) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def address(name: str, stage) -> str:
    return reverse(f"ballots:{name}", args=[stage.ballot.pk])


def page(user, name: str, stage) -> str:
    return client_of(user).get(address(name, stage)).content.decode()


# --- can I vote -----------------------------------------------------------------------------------
def test_detail_says_who_is_on_the_roll_before_opening():
    stage = factories.set_up(voters=3)
    assert "You are on the roll of this ballot. Voting has not begun" in page(
        stage.voters[0], "detail", stage
    )
    assert "You are not on the roll of this ballot. If that is wrong" in page(
        stage.secretary, "detail", stage
    )


def test_detail_lists_what_opening_still_needs():
    stage = factories.set_up(voters=6)
    text = page(stage.secretary, "detail", stage)
    assert "2 scrutineers have not made their keys yet." in text
    assert reverse("ballots:open", args=[stage.ballot.pk]) not in text
    factories.hand_in_keys(stage)
    assert reverse("ballots:open", args=[stage.ballot.pk]) in page(stage.secretary, "detail", stage)


# --- set-up ---------------------------------------------------------------------------------------
def test_rules_are_saved_and_wrong_ones_stand_beside_their_field():
    stage = factories.set_up(voters=3)
    client = client_of(stage.secretary)
    typed = {"smallest_count": "1", "turnout_needed": "two_thirds", "turnout_wanted": "none", "entitled": ""}
    answer = client.post(address("rules", stage), typed)
    assert answer.status_code == 200
    assert "id_smallest_count_error" in answer.content.decode()
    answer = client.post(
        address("rules", stage), {**typed, "smallest_count": "3", "closes_at": "2020-01-01T10:00"}
    )
    assert "This time has passed already." in answer.content.decode()
    assert client.post(address("rules", stage), {**typed, "smallest_count": "3"}).status_code == 302
    ballot = stage.refresh()
    assert (ballot.smallest_count, ballot.turnout_needed, ballot.hides_own_row) == (3, "two_thirds", False)


def test_roll_keeps_what_another_person_changed_meanwhile():
    stage = factories.set_up(voters=3)
    late = make_member()
    on_roll = [str(each.member_id) for each in stage.voters]
    actions.change_roll(
        stage.ballot, by=stage.secretary, voters=[*(each.member for each in stage.voters), late]
    )
    typed = {"people": on_roll[1:], "was": on_roll}
    assert client_of(stage.secretary).post(address("roll", stage), typed).status_code == 302
    found = set(stage.ballot.voters.values_list("member_id", flat=True))
    assert found == {*map(int, on_roll[1:]), late.pk}


def test_one_scrutineer_is_not_enough():
    stage = factories.set_up(voters=3)
    was = [str(each.member_id) for each in stage.scrutineers]
    answer = client_of(stage.secretary).post(address("scrutineers", stage), {"people": was[:1], "was": was})
    assert "one alone could open every ballot" in answer.content.decode()
    assert stage.ballot.scrutineers.count() == 2


def test_opening_asks_a_second_time_and_leads_to_the_screen():
    stage = factories.set_up(voters=5)
    factories.hand_in_keys(stage)
    client = client_of(stage.secretary)
    assert client.post(address("open", stage)).status_code == 200
    assert stage.refresh().state == SecretBallot.State.SETUP
    answer = client.post(address("open", stage), {"understood": "on"})
    assert answer["Location"] == address("screen", stage)
    text = client.get(answer["Location"]).content.decode()
    assert "<svg" in text
    assert f"http://testserver{address('booth', stage)}" in text
    assert client.get(address("screen_figures", stage)).json() == {"open": True, "issued": 5, "returned": 0}
    assert client.get(address("rules", stage)).status_code == 302


# --- the roll, to be read -------------------------------------------------------------------------
def test_the_roll_says_after_closing_who_returned_a_ballot_online_and_not_a_moment_earlier():
    stage = factories.opened(voters=5, questions=1)
    voted, on_paper, silent = stage.voters[2:]
    factories.vote(stage, voted, [0])
    row = stage.ballot.voters.get(member=on_paper.member)
    actions.issue_paper(stage.ballot, row, by=stage.secretary)

    def line(user) -> str:
        text = page(stage.scrutineers[0], "voters", stage)
        return text.split(f'<th scope="row">{user}</th>')[1].split("</tr>")[0]

    assert line(voted) == line(silent) == "<td>online</td>"
    assert line(on_paper) == "<td>on paper</td>"
    factories.close(stage)
    assert line(voted) == "<td>online</td><td>yes</td>"
    assert line(silent) == "<td>online</td><td>no</td>"
    assert line(on_paper) == "<td>on paper</td><td>–</td>"
    assert address("voters", stage) in page(stage.secretary, "detail", stage)
    assert address("voters", stage) not in page(stage.voters[4], "detail", stage)


# --- paper ----------------------------------------------------------------------------------------
def test_paper_is_issued_once_and_to_nobody_who_voted_online():
    stage = factories.opened(voters=5, questions=2)
    factories.vote(stage, stage.voters[0], [0, None])
    rows = {each.member_id: each for each in stage.ballot.voters.all()}
    client = client_of(stage.secretary)
    voted, other = rows[stage.voters[0].member_id], rows[stage.voters[1].member_id]
    assert "has voted online" in client.post(address("paper", stage), {"voter": voted.pk}).content.decode()
    assert client.post(address("paper", stage), {"voter": other.pk}).status_code == 302
    assert Voter.objects.get(pk=other.pk).way == Voter.Way.PAPER
    assert "field choice" not in page(stage.voters[1], "detail", stage)
    assert "You were given a paper ballot" in page(stage.voters[1], "detail", stage)


def test_sheets_carry_all_names_and_no_number():
    stage = factories.opened(voters=5, questions=3)
    answer = client_of(stage.secretary).get(address("paper_sheets", stage) + "?sheets=2").content.decode()
    assert answer.count('class="ballot-sheet"') == 2
    first, second = (
        part.split("</section>")[0] for part in answer.split('<section class="ballot-sheet"')[1:3]
    )
    assert first == second
    assert all(str(question) in first for question in stage.ballot.questions.all())


def test_the_button_on_the_sheets_page_shows_and_does_not_filter():
    stage = factories.opened(voters=5, questions=1)
    with override("zh-hans"):
        answer = page(stage.secretary, "paper_sheets", stage)
    assert "显示</button>" in answer
    assert "筛选" not in answer


def totals(stage, returned: int, marks: list[int]) -> dict[str, str]:
    typed = {"returned": str(returned), "invalid": "0", "blank": "0"}
    for question in stage.ballot.questions.all():
        typed |= {f"q{question.position}-{place}": str(number) for place, number in enumerate(marks)}
        typed[f"q{question.position}-spoiled"] = "0"
    return typed


def with_paper():
    stage = factories.opened(voters=5, questions=2, smallest_count=3)
    for voter in stage.voters[:3]:
        factories.vote(stage, voter, [0, 1])
    actions.issue_paper(
        stage.ballot, stage.ballot.voters.get(member=stage.voters[4].member), by=stage.secretary
    )
    factories.close(stage)
    return stage


SUBTRACTS = "whoever subtracts the archive from the result learns what the paper ballots say"


def test_few_paper_ballots_are_warned_of_where_they_are_issued_at_closing_and_before_the_announcement():
    stage = factories.opened(voters=5, questions=2, smallest_count=3)
    assert SUBTRACTS not in page(stage.secretary, "paper", stage)
    assert SUBTRACTS not in page(stage.secretary, "close", stage)
    row = stage.ballot.voters.get(member=stage.voters[4].member)
    actions.issue_paper(stage.ballot, row, by=stage.secretary)
    assert SUBTRACTS in page(stage.secretary, "paper", stage)
    assert SUBTRACTS in page(stage.secretary, "close", stage)
    for voter in stage.voters[:3]:
        factories.vote(stage, voter, [0, 1])
    factories.close(stage)
    for user in (stage.secretary, stage.scrutineers[0]):
        client_of(user).post(address("paper_count", stage), totals(stage, 1, [1, 0, 0, 0]))
    factories.decrypt(stage)
    assert SUBTRACTS in page(stage.secretary, "announce", stage)


def test_two_people_enter_the_paper_and_are_told_where_they_differ():
    stage = with_paper()
    secretary, watcher = client_of(stage.secretary), client_of(stage.scrutineers[0])
    sheet = address("paper_count", stage)
    answer = secretary.post(sheet, totals(stage, 1, [1, 1, 0, 0])).content.decode()
    assert "2 marks and invalid rows, but only 1 ballots carry marks." in answer
    assert 'value="1"' in answer  # nothing typed is lost
    assert secretary.post(sheet, totals(stage, 1, [1, 0, 0, 0])).status_code == 302
    assert watcher.post(sheet, totals(stage, 1, [0, 1, 0, 0])).status_code == 302
    text = watcher.get(sheet).content.decode()
    assert "differ here" in text
    assert "value=" not in text.split('name="q1-0"')[1].split(">")[0]  # the other's figures are not shown
    assert watcher.post(sheet, totals(stage, 1, [1, 0, 0, 0])).status_code == 302
    assert "they stand" in watcher.get(sheet).content.decode()


def test_more_paper_than_issued_makes_the_vote_void_and_it_is_repeated():
    stage = with_paper()
    for user in (stage.secretary, stage.scrutineers[0]):
        client_of(user).post(address("paper_count", stage), totals(stage, 2, [1, 0, 0, 0]))
    assert stage.refresh().state == SecretBallot.State.VOID
    client = client_of(stage.secretary)
    answer = client.post(address("repeat", stage))
    again = SecretBallot.objects.living().get(series=stage.ballot.series)
    assert answer["Location"] == reverse("ballots:detail", args=[again.pk])
    assert again.voters.count() == 5
    assert client.post(address("repeat", stage)).status_code == 302
    assert SecretBallot.objects.living().filter(series=stage.ballot.series).count() == 1


def test_the_portals_own_reason_is_read_in_the_readers_language():
    stage = with_paper()
    for user in (stage.secretary, stage.scrutineers[0]):
        client_of(user).post(address("paper_count", stage), totals(stage, 2, [1, 0, 0, 0]))
    for name in ("detail", "history"):
        english = page(stage.secretary, name, stage)
        assert "More paper ballots were returned than issued." in english
        with override("zh-hans"):
            chinese = page(stage.secretary, name, stage)
            assert gettext("More paper ballots were returned than issued.") in chinese
        assert chinese != english
        assert "returned than issued" not in chinese


# --- closing, result ------------------------------------------------------------------------------
def test_closing_warns_of_a_low_turnout_and_asks_a_second_time():
    stage = factories.opened(voters=5, questions=1)
    factories.vote(stage, stage.voters[0], [0])
    client = client_of(stage.secretary)
    assert "The turnout that is needed is not reached" in client.get(address("close", stage)).content.decode()
    assert client.post(address("close", stage)).status_code == 200
    assert client.post(address("close", stage), {"understood": "on"}).status_code == 302
    assert stage.refresh().is_withheld


def test_a_ballot_whose_time_has_come_is_closed_by_whoever_looks():
    stage = factories.opened(voters=5, questions=1, closes_at=timezone.now() + datetime.timedelta(hours=1))
    factories.let_the_time_come(stage.ballot)
    assert "voting open" not in page(stage.voters[0], "detail", stage)
    assert stage.refresh().closed_at is not None


def counted(**options):
    stage = factories.opened(**{"voters": 5, "questions": 2, "smallest_count": 3, **options})
    for voter in stage.voters[:4]:
        factories.vote(stage, voter, [0, None])
    factories.close(stage)
    factories.decrypt(stage)
    return stage


def test_result_shows_figures_bars_and_the_warning_of_unanimity():
    stage = counted()
    client = client_of(stage.secretary)
    text = client.get(address("result", stage)).content.decode()
    assert '<td class="number">4</td>' in text
    assert 'aria-label="excellent 4"' in text
    assert 'aria-label="no mark 4"' in text
    assert "all ballots say the same" in text
    assert "all ballots say the same" in client.get(address("announce", stage)).content.decode()
    assert client_of(stage.voters[3]).get(address("result", stage)).status_code == 403
    client.post(address("announce", stage), {"understood": "on"})
    assert client_of(stage.voters[3]).get(address("result", stage)).status_code == 200


def test_too_few_ballots_show_no_figures():
    stage = factories.opened(voters=5, questions=2)
    for voter in stage.voters[:4]:
        factories.vote(stage, voter, [0, None])
    factories.close(stage)
    text = page(stage.secretary, "result", stage)
    assert "Fewer than 5 valid ballots came in." in text
    assert "result-bar" not in text


def test_count_sheet_has_the_figures_and_lines_for_signatures():
    stage = counted()
    text = page(stage.secretary, "count_sheet", stage)
    assert f"Scrutineer ({stage.scrutineers[0].member})" in text
    answer = client_of(stage.secretary).get(address("count_sheet_document", stage))
    document = Document(io.BytesIO(answer.content))
    first = document.tables[0]
    assert [cell.text for cell in first.rows[1].cells][1:] == ["4", "0", "0", "0", "0", "0"]
    assert any(stage.scrutineers[1].member.name in text for text in all_text(document))


def all_text(document) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


# --- the board ------------------------------------------------------------------------------------
def test_board_lists_trackers_in_their_own_order_and_finds_one():
    stage = factories.opened(voters=5, questions=1)
    trackers = [factories.vote(stage, voter, [0]) for voter in stage.voters[:4]]
    client = client_of(stage.voters[4])
    text = client.get(address("board", stage)).content.decode()
    places = [text.index(tracker) for tracker in sorted(trackers)]
    assert places == sorted(places)
    assert not any(str(each.member) in text for each in stage.voters[:4])
    found = client.post(address("board", stage), {"tracker": trackers[2]}).content.decode()
    assert "This ballot is on the board." in found
    missing = client.post(address("board", stage), {"tracker": "x" * 43}).content.decode()
    assert "No ballot with this code is on the board." in missing


def test_board_knows_a_genuine_receipt():
    stage = factories.opened(voters=5, questions=1)
    data = factories.seal(stage, stage.voters[0], [0])
    receipt = actions.cast(stage.ballot, stage.voters[0].member, data=data, replaces=None).receipt
    client = client_of(stage.voters[0])
    typed = {"tracker": receipt.message, "signature": receipt.signature}
    assert "The receipt is genuine, and" in client.post(address("board", stage), typed).content.decode()
    forged = typed | {"tracker": receipt.message.replace(receipt.tracker, "y" * 43)}
    assert "No ballot with this code" in client.post(address("board", stage), forged).content.decode()


# --- how much is asked of the database ------------------------------------------------------------------
@pytest.mark.parametrize("name", ["detail", "board", "screen", "paper", "roll", "voters"])
def test_queries_do_not_grow_with_the_roll(name):
    def queries(voters: int) -> int:
        stage = factories.set_up(voters=voters, questions=2)
        if name != "roll":
            factories.hand_in_keys(stage)
            actions.open_voting(stage.ballot, by=stage.secretary)
        client = client_of(stage.secretary)
        client.get(address(name, stage))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(name, stage)).status_code == 200
        return len(captured)

    assert queries(5) == queries(12)


def test_queries_of_the_result_do_not_grow_with_the_rows():
    def queries(rows: int) -> int:
        stage = counted(questions=rows) if rows == 2 else counted_with(rows)
        client = client_of(stage.secretary)
        client.get(address("result", stage))
        with CaptureQueriesContext(connection) as captured:
            client.get(address("result", stage))
        return len(captured)

    def counted_with(rows: int):
        stage = factories.opened(voters=5, questions=rows, smallest_count=3)
        for voter in stage.voters[:3]:
            factories.vote(stage, voter, [0] * rows)
        factories.close(stage)
        factories.decrypt(stage)
        return stage

    assert queries(2) == queries(5)


def test_an_announced_vote_is_not_declared_void_any_more():
    stage = counted()
    actions.announce(stage.ballot, by=stage.secretary)
    with pytest.raises(ValidationError, match="the result is announced"):
        actions.declare_void(stage.ballot, by=stage.secretary, reason="…")
    assert address("void", stage) not in page(stage.secretary, "detail", stage)
    with pytest.raises(IntegrityError, match="only_a_counted_ballot_is_announced"):
        SecretBallot.objects.filter(pk=stage.ballot.pk).update(state="void", void_reason="…")


def test_the_archive_of_a_counted_vote_stays_with_those_who_had_it_when_it_becomes_void():
    stage = counted()
    client = client_of(stage.secretary)
    before = b"".join(client.get(address("archive", stage)))
    actions.declare_void(stage.ballot, by=stage.secretary, reason="…")
    assert address("verification", stage) in page(stage.secretary, "detail", stage)
    for user in (stage.secretary, stage.scrutineers[0]):
        assert b"".join(client_of(user).get(address("archive", stage))) == before
        assert client_of(user).get(address("verification", stage)).status_code == 200
    assert client_of(stage.voters[3]).get(address("archive", stage)).status_code == 403
    assert address("verification", stage) not in page(stage.voters[3], "detail", stage)


def test_a_vote_that_became_void_before_the_count_has_no_archive():
    stage = factories.opened(voters=5, questions=1)
    actions.declare_void(stage.ballot, by=stage.secretary, reason="…")
    assert client_of(stage.secretary).get(address("archive", stage)).status_code == 404


def test_a_ballot_declared_void_while_it_is_announced_is_a_refusal_in_words(monkeypatch):
    stage = counted()

    def first_void(ballot, *, by):
        actions.declare_void(ballot, by=by, reason="…")
        return announce(ballot, by=by)

    announce = actions.announce
    monkeypatch.setattr(actions, "announce", first_void)
    answer = client_of(stage.secretary).post(address("announce", stage), {"understood": "on"})
    assert (answer.status_code, answer["Location"]) == (302, address("detail", stage))


def test_numbers_of_thousands_of_digits_are_refused_like_any_other():
    stage = factories.opened(voters=5, questions=1)
    digits = "1" * 5000
    answer = client_of(stage.secretary).get(address("paper_sheets", stage), {"sheets": digits})
    assert answer.content.decode().count('class="ballot-sheet"') == 200

    def post(user, name: str) -> int:
        return client_of(user).post(address(name, stage), CONTENT_LENGTH=digits).status_code

    assert post(stage.voters[4], "cast") == 413
    assert post(stage.scrutineers[0], "hand_in_key") == 413
    assert post(stage.scrutineers[0], "sealed") == 200


def test_a_committee_member_may_not_announce():
    stage = counted()
    assert client_of(make_user(Role.COMMITTEE)).get(address("announce", stage)).status_code == 403


def test_a_member_who_was_left_off_the_roll_is_told_so_in_time():
    stage = factories.set_up(voters=3, questions=1)
    left_off = make_user()
    shown = page(left_off, "detail", stage)
    assert "You are not on the roll of this ballot. If that is wrong, tell the secretary" in shown
    for name in ("voters", "board", "booth", "history"):
        assert address(name, stage) not in shown


def test_a_member_who_is_not_on_the_roll_sees_neither_turnout_nor_who_was_given_a_password():
    stage = factories.opened(voters=5, questions=1)
    issue_slip(stage.voters[4], by=stage.secretary)
    for user, sees in ((stage.voters[3], True), (make_user(), False)):
        shown = page(user, "detail", stage)
        assert ("Ways in given during this ballot" in shown) is sees
        assert ('id="turnout"' in shown) is sees
