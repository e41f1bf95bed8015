"""A round from its plan to the archive, with everything that is refused on the way."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document

from appraisals import actions
from appraisals.ballots import actions as ballot_actions
from appraisals.ballots.models import SecretBallot
from appraisals.figures import lines_of
from appraisals.grades import FOUR
from appraisals.models import Assessment, Round, SelfReview
from appraisals.workflow import Act
from branch_portal.media.documents import open_document, read_document
from meetings.models import Attendance
from members.models import Member
from members.permissions import Role
from tests.appraisals.factories import assess, held_meeting, make_round, vote
from tests.factories import make_branch, make_meeting, make_member, make_user
from tests.media import samples

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY, member=make_member("书记"))


@pytest.fixture
def people():
    return [make_user(member=make_member(f"党员{number}")) for number in range(4)]


def members(people) -> list[Member]:
    return [each.member for each in people]


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, round: Round, *args) -> str:
    return reverse(f"appraisals:{name}", args=[round.pk, *args])


# --- planning -------------------------------------------------------------------------------------
def test_everybody_of_the_branch_is_proposed_and_probationary_members_get_no_grade(secretary, people):
    make_member("预备", stage="probationary")
    make_member("申请", stage="applicant")
    round = actions.plan_round(Round(year=2025, grades=FOUR), by=secretary)
    assert {str(each): each.is_graded for each in round.participants.all()} == {
        "书记": True,
        **{each.member.name: True for each in people},
        "预备": False,
    }


def test_a_second_round_for_a_year_is_said_beside_the_field(secretary):
    make_round(by=secretary, members=[secretary.member])
    typed = {"year": "2025", "grades": "four", "cap_numerator": "1", "cap_denominator": "3", "cap_base": "graded",
             "cap_action": "warn", "smallest_count": "5", "turnout_needed": "none", "turnout_wanted": "none",
             "announces": "counts"}  # fmt: skip
    answer = client_of(secretary).post(reverse("appraisals:new"), typed)
    assert "There is a round for this year already." in answer.content.decode()
    answer = client_of(secretary).post(
        reverse("appraisals:new"), {**typed, "year": "2024", "grades": "three"}
    )
    assert answer.status_code == 302
    assert Round.objects.get(year=2024).grades == ["excellent", "qualified", "unqualified"]


def test_the_rules_are_frozen_once_the_plan_is_approved(secretary, people):
    round = make_round(by=secretary, members=members(people))
    planned = make_meeting(by=secretary, kinds=["committee_meeting"])
    with pytest.raises(ValidationError, match="has not been held"):
        actions.approve_plan(round, by=secretary, meeting=planned)
    round = actions.approve_plan(round, by=secretary, meeting=held_meeting(secretary))
    with pytest.raises(ValidationError, match="self-review"):
        actions.change_plan(round, by=secretary)
    with pytest.raises(DatabaseError), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(smallest_count=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        round.delete()


def test_states_are_not_skipped_even_by_the_shell(secretary, people):
    round = make_round(by=secretary, members=members(people), state="self_review")
    with pytest.raises(DatabaseError), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(state="ballot")
    with pytest.raises(ValidationError):
        actions.archive(round, by=secretary)


# --- papers ---------------------------------------------------------------------------------------
def test_a_self_review_is_kept_as_a_draft_handed_in_given_back_and_handed_in_again(secretary, people):
    round = make_round(by=secretary, members=members(people), state="self_review")
    own, page = client_of(people[0]), url("self_review", round)
    committee = client_of(secretary)
    assert "Write something" in own.post(page, {"text": "", "do": "hand_in"}).content.decode()
    assert own.post(page, {"text": "<p>初稿</p>", "do": "save"}).status_code == 302
    participant = round.participants.get(member=people[0].member)
    assert committee.get(url("paper", round, participant.pk)).status_code == 404  # nobody reads a draft
    assert own.post(page, {"text": "<p>对照检查</p>", "do": "hand_in"}).status_code == 302
    assert "对照检查" in committee.get(url("paper", round, participant.pk)).content.decode()
    assert "1 of 4 handed in" in committee.get(url("papers", round)).content.decode()
    with pytest.raises(ValidationError, match="handed in"):
        actions.save_self_review(participant, by=people[0], text="改")
    assert client_of(people[1]).get(url("paper", round, participant.pk)).status_code == 404
    committee.post(url("paper", round, participant.pk), {"reason": "再具体一些"})
    assert "再具体一些" in own.get(page).content.decode()
    actions.hand_in_self_review(participant, by=people[0])
    assert SelfReview.objects.get(participant=participant).handed_in_at is not None
    actions.lead_on(round, by=secretary, act=Act.BEGIN_MUTUAL_REVIEW)
    assert "对照检查" in client_of(people[1]).get(url("paper", round, participant.pk)).content.decode()


def test_a_self_review_may_be_a_file(secretary, people):
    round = make_round(by=secretary, members=members(people), state="self_review")
    own, participant = client_of(people[0]), round.participants.get(member=people[0].member)
    own.post(
        url("self_review", round),
        {"text": "", "file": samples.upload(samples.pdf(), "材料.pdf"), "do": "hand_in"},
    )
    answer = client_of(secretary).get(url("paper_file", round, participant.pk))
    assert answer.getvalue().startswith(b"%PDF")
    assert client_of(people[1]).get(url("paper_file", round, participant.pk)).status_code == 404


def test_mutual_review_is_signed_and_read_by_those_it_concerns(secretary, people):
    round = make_round(by=secretary, members=members(people), state="mutual_review")
    about = round.participants.get(member=people[1].member)
    typed = {"about": about.pk, "text": "要多下基层", "author": people[2].member_id}
    assert client_of(people[0]).post(url("reviews", round), typed).status_code == 302
    review = about.reviews.get()
    assert review.author == people[0].member  # everybody signs with the own name, whatever was sent
    page = url("reviews", round)
    assert "要多下基层" in client_of(people[1]).get(page).content.decode()
    assert "要多下基层" in client_of(secretary).get(page).content.decode()
    assert "要多下基层" not in client_of(people[2]).get(page).content.decode()
    with pytest.raises(ValidationError, match="own name"):
        actions.review_other(about, by=people[0], author=people[2].member, text="…")
    with pytest.raises(ValidationError, match="self-review"):
        actions.review_other(about, by=people[1], author=people[1].member, text="…")


# --- the ballot -----------------------------------------------------------------------------------
def test_the_ballot_rates_the_graded_and_the_committee_and_takes_its_roll_from_the_meeting(secretary, people):
    probationary = make_member("预备", stage="probationary")
    round = make_round(
        by=secretary, members=[*members(people), probationary], state="ballot", rates_the_committee=True
    )
    meeting = held_meeting(secretary)
    for number, user in enumerate(people):
        status = "present" if number else "absent"
        Attendance.objects.create(meeting=meeting, member=user.member, has_vote=True, status=status)
    round = actions.link_meeting(round, by=secretary, meeting=meeting)
    ballot = actions.set_up_ballot(round, by=secretary, scrutineers=members(people)[:2])
    rows = list(ballot.questions.all())
    assert [each.text for each in rows] == [*(each.member.name for each in people), "支委会"]
    assert rows[0].answers == ["优秀", "合格", "基本合格", "不合格"]
    assert rows[-1].answers == ["好", "较好", "一般", "差"]
    assert set(ballot.voters.values_list("member", flat=True)) == {each.member_id for each in people[1:]}
    assert (ballot.entitled, ballot.smallest_count) == (4, 2)
    with pytest.raises(ValidationError, match="set up already"):
        actions.set_up_ballot(round, by=secretary)


def test_a_void_ballot_is_repeated_once_whoever_does_it(secretary, people):
    round = make_round(by=secretary, members=members(people), state="ballot")
    ballot = actions.set_up_ballot(round, by=secretary, scrutineers=members(people)[:2])
    with pytest.raises(ValidationError, match="Only a void ballot"):
        actions.repeat_ballot(round, by=secretary)
    ballot_actions.declare_void(ballot, by=secretary, reason="名册有误")
    elsewhere = ballot_actions.repeat(
        SecretBallot.objects.get(pk=ballot.pk), by=secretary
    )  # on the ballot's page
    round.refresh_from_db()
    assert actions.repeat_ballot(round, by=secretary) == elsewhere


def test_a_ballot_on_which_approved_grades_rest_is_not_declared_void(secretary, people):
    round = make_round(by=secretary, members=members(people), state="assessed")
    assert round.ballot.announced_at is None
    with pytest.raises(ValidationError, match="something was decided on it"):
        ballot_actions.declare_void(round.ballot, by=secretary, reason="…")
    with pytest.raises(IntegrityError, match="only_a_counted_ballot_is_relied_on"), transaction.atomic():
        SecretBallot.objects.filter(pk=round.ballot_id).update(state="void", void_reason="…")
    page = reverse("ballots:detail", args=[round.ballot_id])
    void = reverse("ballots:void", args=[round.ballot_id])
    assert void not in client_of(secretary).get(page).content.decode()


def test_grades_are_not_approved_on_a_ballot_that_became_void_in_the_same_moment(secretary, people):
    """Whoever approves read the ballot as counted, and the other was quicker."""
    round = make_round(by=secretary, members=members(people), state="ballot")
    vote(round, by=secretary)
    round.refresh_from_db()
    read_before = round.ballot
    ballot_actions.declare_void(SecretBallot.objects.get(pk=round.ballot_id), by=secretary, reason="…")
    assert read_before.state == SecretBallot.State.COUNTED
    with pytest.raises(ValidationError, match="not counted"):
        ballot_actions.rely_on(read_before)


def test_pressing_repeat_twice_is_refused_in_words(secretary, people, monkeypatch):
    round = make_round(by=secretary, members=members(people), state="ballot")
    ballot = actions.set_up_ballot(round, by=secretary, scrutineers=members(people)[:2])
    ballot_actions.declare_void(ballot, by=secretary, reason="名册有误")
    once = actions.repeat_ballot

    def twice(round, *, by):
        once(round, by=by)
        return once(round, by=by)

    monkeypatch.setattr(actions, "repeat_ballot", twice)
    answer = client_of(secretary).post(url("ballot", round))
    assert (answer.status_code, answer["Location"]) == (302, url("round", round))


# --- assessments ----------------------------------------------------------------------------------
def test_no_grade_is_ever_set_by_the_software(secretary, people):
    round = make_round(by=secretary, members=members(people), state="ballot")
    vote(round, by=secretary)
    text = client_of(secretary).get(url("assess", round)).content.decode()
    assert text.count("selected") == text.count('<option value="" selected>')
    assert not Assessment.objects.exists()
    assert [line.counts["qualified"] for line in lines_of(round)] == [4] * 4


def test_approving_needs_every_grade_an_opinion_a_reason_and_the_cap(secretary, people):
    round = make_round(by=secretary, members=members(people), state="ballot")
    meeting = held_meeting(secretary)

    def refusal(**options) -> str:
        with pytest.raises(ValidationError) as error:
            actions.approve_assessments(round, by=secretary, meeting=meeting, **options)
        return " ".join(error.value.messages)

    assert "The ballot is not counted yet." in refusal()
    vote(round, by=secretary)
    first, second, third, fourth = round.participants.graded()
    assess(first, by=secretary, grade="excellent", opinion="")
    assess(second, by=secretary, grade="excellent", reason="日常表现突出")
    assert "2 members have no grade yet." in refusal()
    for participant in (third, fourth):
        assess(participant, by=secretary)
    words = refusal()
    assert f"{first}: the grade differs from the ballot's majority and needs a reason." in words
    assert f"{first}: the opinion is missing." in words
    assert str(second) not in words
    Assessment.objects.filter(participant=first).update(opinion="好", reason="全年无缺勤")
    assert "2 are excellent where the cap is 1: give the reason." in refusal()
    round = actions.approve_assessments(round, by=secretary, meeting=meeting, cap_reason="支部大会同意")
    assert (round.state, round.cap_reason) == (Round.State.ASSESSED, "支部大会同意")
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.update(grade="qualified")
    with pytest.raises(ValidationError):
        assess(first, by=secretary)


def test_an_approved_grade_is_not_carried_off_to_another_round(secretary, people):
    approved = make_round(by=secretary, members=members(people), state="assessed")
    running = make_round(by=secretary, members=members(people), state="ballot", year=2024)
    standing = Assessment.objects.filter(participant__round=approved).first()
    elsewhere, other = running.participants.all()[:2]
    proposed = assess(other, by=secretary)
    moves = [(standing, elsewhere), (proposed, standing.participant)]
    for assessment, participant in moves:
        with pytest.raises(DatabaseError, match="approved assessments stand"), transaction.atomic():
            Assessment.objects.filter(pk=assessment.pk).update(participant=participant)
    Assessment.objects.filter(pk=proposed.pk).update(participant=elsewhere)


def test_a_cap_that_blocks_is_not_talked_away(secretary, people):
    round = make_round(by=secretary, members=members(people), state="ballot", cap_action="block")
    vote(round, by=secretary, mark=0)
    for participant in round.participants.graded():
        assess(participant, by=secretary, grade="excellent")
    with pytest.raises(ValidationError, match="at most 1 may be"):
        actions.approve_assessments(round, by=secretary, meeting=held_meeting(secretary), cap_reason="…")


def test_a_probationary_member_gets_no_grade(secretary, people):
    probationary = make_member("预备", stage="probationary")
    round = make_round(by=secretary, members=[*members(people), probationary], state="ballot")
    with pytest.raises(ValidationError, match="without a grade"):
        assess(round.participants.get(member=probationary), by=secretary)
    assert len(lines_of(round)) == 4


def test_two_people_assessing_the_second_is_told(secretary, people):
    round = make_round(by=secretary, members=members(people), state="ballot")
    client, page = client_of(secretary), url("assess", round)
    pk = round.participants.graded().first().pk
    typed = {}
    for each in round.participants.graded():
        for name in ("grade", "opinion", "reason"):
            typed |= {f"m{each.pk}-{name}": "", f"base-m{each.pk}-{name}": ""}
    assert client.post(page, {**typed, f"m{pk}-grade": "excellent"}).status_code == 302
    answer = client.post(page, {**typed, f"m{pk}-grade": "qualified", f"m{pk}-opinion": "另一人的意见"})
    assert answer.status_code == 200
    assert "Yours is kept here" in answer.content.decode()
    assert Assessment.objects.get(participant=pk).grade == "excellent"
    assert client.post(page, {**typed, f"m{pk}-opinion": "补充"}).status_code == 302
    assert Assessment.objects.get(participant=pk).opinion == "补充"
    assert Assessment.objects.get(participant=pk).grade == "excellent"


def test_somebody_appraised_elsewhere_stands_on_no_ballot_here(secretary, people):
    round = make_round(by=secretary, members=members(people), state="self_review")
    away = round.participants.get(member=people[0].member)
    typed = {"is_elsewhere": "on", "elsewhere": "", "proof": samples.upload(samples.pdf(), "证明.pdf")}
    page = url("elsewhere", round, away.pk)
    assert "Name the branch" in client_of(secretary).post(page, typed).content.decode()
    typed = {**typed, "elsewhere": "援外医疗队临时党支部", "proof": samples.upload(samples.pdf(), "证明.pdf")}
    assert client_of(secretary).post(page, typed).status_code == 302
    away.refresh_from_db()
    proof = url("elsewhere_proof", round, away.pk)
    for name in ("papers", "elsewhere"):
        args = [away.pk] if name == "elsewhere" else []
        assert proof in client_of(secretary).get(url(name, round, *args)).content.decode()
    assert client_of(secretary).get(proof).getvalue().startswith(b"%PDF")
    assert client_of(people[0]).get(proof).status_code == 403
    assert away not in round.participants.assessed_here()
    assert away in round.participants.graded()


def test_appraised_elsewhere_needs_a_proof_and_keeps_one_file(secretary, people):
    round = make_round(by=secretary, members=members(people), state="mutual_review")
    away = round.participants.get(member=people[0].member)
    page = url("elsewhere", round, away.pk)
    typed = {"is_elsewhere": "on", "elsewhere": "援外医疗队临时党支部"}
    assert "Choose the file that proves" in client_of(secretary).post(page, typed).content.decode()
    assert client_of(secretary).get(url("elsewhere_proof", round, away.pk)).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        round.participants.filter(pk=away.pk).update(is_elsewhere=True, elsewhere="外支部")

    def save(**changes) -> str:
        assert client_of(secretary).post(page, {**typed, **changes}).status_code == 302
        away.refresh_from_db()
        return away.proof_key

    first = save(proof=samples.upload(samples.pdf(), "证明.pdf"))
    assert save() == first  # the branch's name may be corrected; the proof stays
    second = save(proof=samples.upload(samples.pdf(), "更正.pdf"))
    assert away.proof_name == "更正.pdf"
    with pytest.raises(FileNotFoundError):
        open_document(first)
    assert save(is_elsewhere="") == ""
    with pytest.raises(FileNotFoundError):
        open_document(second)


def test_the_proof_stands_beside_the_grade_and_stays_once_the_ballot_is_set_up(secretary, people):
    round = make_round(by=secretary, members=members(people), state="ballot")
    away = round.participants.get(member=people[0].member)
    proof = read_document(samples.upload(samples.pdf(), "证明.pdf"))
    away = actions.set_elsewhere(away, by=secretary, is_elsewhere=True, branch="外支部", proof=proof)
    vote(round, by=secretary)
    assert (
        url("elsewhere_proof", round, away.pk)
        in client_of(secretary).get(url("assess", round)).content.decode()
    )
    with pytest.raises(ValidationError, match="this stands"):
        actions.set_elsewhere(away, by=secretary, is_elsewhere=False)
    with open_document(away.proof_key) as kept:
        assert kept.read().startswith(b"%PDF")


# --- feedback -------------------------------------------------------------------------------------
def test_each_member_sees_the_own_result_and_answers_once(secretary, people):
    round = make_round(by=secretary, members=members(people), state="assessed")
    own, page = client_of(people[0]), url("own_result", round)
    assert "工作认真" in own.get(page).content.decode()
    assert own.post(page, {"text": "同意组织意见"}).status_code == 302
    assert "同意组织意见" in own.get(page).content.decode()
    participant = round.participants.get(member=people[0].member)
    with pytest.raises(ValidationError, match="stands"):
        actions.say_statement(participant, by=people[0], text="改")
    with pytest.raises(ValidationError, match="for themselves"):
        actions.say_statement(participant, by=people[1], text="代")
    with pytest.raises(PermissionDenied):
        actions.say_statement(participant, by=make_user(), text="…")
    person = reverse("appraisals:person", args=[people[0].member_id])
    assert "2025 · qualified" in own.get(person).content.decode()
    assert client_of(people[1]).get(person).status_code == 403
    record = reverse("members:detail", args=[people[0].member_id])
    readers = {people[0]: True, secretary: True, people[1]: False}
    for reader, finds in readers.items():
        assert (person in client_of(reader).get(record).content.decode()) is finds


@pytest.mark.parametrize(
    ("announces", "counts", "names"),
    [("nothing", False, False), ("counts", True, False), ("excellent", False, False), ("all", True, True)],
)
def test_the_branch_is_told_what_the_rules_allow(secretary, people, announces, counts, names):
    round = make_round(by=secretary, members=members(people), state="fed_back", announces=announces)
    text = client_of(people[0]).get(url("announcement", round)).content.decode()
    assert ("<dt>qualified</dt><dd>4</dd>" in text) is counts
    assert (f"<li>{people[1].member} · qualified</li>" in text) is names


def test_feedback_report_and_archive_are_confirmed_and_dated(secretary, people):
    round = make_round(by=secretary, members=members(people), state="assessed")
    client, today = client_of(secretary), timezone.localdate()
    later = today + datetime.timedelta(days=1)
    page = url("finish_feedback", round)
    assert page in client.get(url("round", round)).content.decode()
    client.post(page, {"on": today.isoformat()})  # not ticked
    client.post(page, {"on": later.isoformat(), "understood": "on"})
    client.post(url("step", round, "feedback"))  # the address of one click is gone
    assert Round.objects.get(pk=round.pk).state == Round.State.ASSESSED
    client.post(page, {"on": today.isoformat(), "understood": "on"})
    round.refresh_from_db()
    assert (round.state, round.fed_back_on) == (Round.State.FED_BACK, today)

    page = url("archive", round)
    assert page not in client.get(url("round", round)).content.decode()
    answer = client.post(page, {"understood": "on"})
    assert "Enter first when the result was reported" in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(state="archived")
    client.post(url("report", round), {"on": today.isoformat(), "to": "上级党委"})
    text = client.get(url("round", round)).content.decode()
    assert page in text
    assert "上级党委" in text
    client.post(page)  # not ticked
    assert Round.objects.get(pk=round.pk).state == Round.State.FED_BACK
    client.post(page, {"understood": "on"})
    round.refresh_from_db()
    assert (round.state, round.reported_on, round.reported_to) == (Round.State.ARCHIVED, today, "上级党委")
    with pytest.raises(ValidationError):
        actions.report_above(round, by=secretary, on=today, to="…")


def test_feedback_without_its_day_is_refused_by_the_database(secretary, people):
    round = make_round(by=secretary, members=members(people), state="assessed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round.pk).update(state="fed_back")
    with pytest.raises(ValidationError, match="still to come"):
        actions.finish_feedback(round, by=secretary, on=timezone.localdate() + datetime.timedelta(days=1))


def test_word_files_hold_grade_opinion_and_statement(secretary, people):
    round = make_round(by=secretary, members=members(people), state="assessed")
    participant = round.participants.get(member=people[0].member)
    actions.say_statement(participant, by=people[0], text="同意")
    client = client_of(secretary)
    form = Document(io.BytesIO(client.get(url("form_document", round, participant.pk)).content))
    texts = [
        *(each.text for each in form.paragraphs),
        *(cell.text for cell in form.tables[0].column_cells(1)),
    ]
    assert {"同意", "工作认真", "qualified", "none"} <= set(texts)
    assert "" not in [cell.text for row in form.tables[0].rows for cell in row.cells]
    section = form.sections[0]
    assert [round_mm(each) for each in (section.page_width, section.top_margin, section.left_margin)] == [
        210,
        37,
        28,
    ]
    summary = Document(io.BytesIO(client.get(url("summary_document", round)).content))
    assert len(summary.tables[0].rows) == 5


def test_the_form_has_the_self_review_as_it_reads_and_a_probationary_member_gets_one_too(secretary, people):
    probationary = make_member("预备", stage="probationary")
    round = make_round(by=secretary, members=[*members(people), probationary], state="assessed")
    text = (
        "<h2>查摆问题</h2><p>学习&amp;工作：a &lt; b</p><ul><li>其一</li><li>其二</li></ul>"
        "<blockquote><p>整改</p></blockquote>"
    )
    participant = round.participants.get(member=probationary)
    SelfReview.objects.create(participant=participant, text=text)
    client = client_of(secretary)
    page = url("form_document", round, participant.pk)
    assert page in client.get(url("forms", round)).content.decode()
    form = Document(io.BytesIO(client.get(page).content))
    lines = [each.text for each in form.paragraphs]
    first = lines.index("查摆问题")
    assert lines[first : first + 5] == ["查摆问题", "学习&工作：a < b", "其一", "其二", "整改"]
    facts = [cell.text for cell in form.tables[0].column_cells(1)]
    assert {"预备", "none"} <= set(facts)


def round_mm(length) -> int:
    return int(length.mm + 0.5)


# --- pages ----------------------------------------------------------------------------------------
def test_the_check_list_names_what_a_step_needs(secretary, people):
    round = make_round(by=secretary, members=members(people), state="self_review")
    text = client_of(secretary).get(url("round", round)).content.decode()
    assert "0 of 4 self-reviews are handed in" in text
    text = client_of(people[0]).get(url("round", round)).content.decode()
    assert "Write my self-review" in text
    assert "handed in</a>" not in text


@pytest.mark.parametrize("name", ["round", "papers", "assess"])
def test_queries_do_not_grow_with_the_members(secretary, name):
    def queries(number: int, year: int) -> int:
        round = make_round(
            by=secretary, members=[make_member() for _each in range(number)], state="ballot", year=year
        )
        client = client_of(secretary)
        client.get(url(name, round))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(name, round)).status_code == 200
        return len(captured)

    assert queries(3, 2024) == queries(9, 2023)


def test_the_roll_is_taken_again_from_the_attendance_and_names_nobody_else(client, secretary, people):
    probationary = make_member("预备", stage="probationary")
    round = make_round(by=secretary, members=[*members(people), probationary], state="ballot")
    ballot = actions.set_up_ballot(round, by=secretary, scrutineers=members(people)[:2])
    assert ballot.voters.count() == len(people)
    meeting = held_meeting(secretary)
    for person in (people[2].member, people[3].member, probationary):
        Attendance.objects.create(meeting=meeting, member=person, has_vote=True, status="present")
    round = actions.link_meeting(round, by=secretary, meeting=meeting)
    client.force_login(secretary)
    assert client.post(f"/en/desk/appraisals/{round.pk}/ballot/take-roll/").status_code == 302
    assert set(ballot.voters.values_list("member", flat=True)) == {people[2].member_id, people[3].member_id}
