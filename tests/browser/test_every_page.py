"""Every page of the sample branch: nothing that axe finds, nothing the browser complains of, nothing wider than
the screen; on a telephone in Chinese and on a desk in English."""

from __future__ import annotations

import uuid
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.urls import get_resolver, reverse
from django.utils import timezone, translation

from appraisals.ballots import actions as ballot_actions
from appraisals.ballots.actions.setting_up import NewQuestion
from appraisals.models import Round
from branch_portal.media.documents import read_document
from branch_portal.media.pictures import read_picture
from branch_portal.news.models import Report
from meetings.decisions.models import Category, Decision, Exclusion, LocalRule, WrittenOpinion
from meetings.integrity.models import Fulfilment, Responsibility, RiskPoint
from meetings.models import Correction, Meeting, Signature
from meetings.rectification.models import LedgerEntry, Task
from meetings.rectification.states import State, TaskState
from meetings.study.models import StudyPart, StudyRules
from meetings.talks.models import Talk
from members import actions
from members.importing import drafts
from members.importing.files import Table
from members.models import (
    Award,
    Member,
    MemberFile,
    MobileContact,
    PartyGroup,
    Position,
    SensitiveLook,
    TimelineEntry,
    Training,
    Transfer,
    User,
)
from tests.appraisals.factories import make_round
from tests.ballots import factories as ballots
from tests.browser.visits import enter
from tests.media import samples

pytestmark = pytest.mark.django_db(transaction=True)
# Addresses that are no pages: data for scripts, files, and steps that are only posted.
NO_PAGES = {
    "healthz",
    "entrance",
    "meetings:changes",
    "meetings:photo",
    "meetings:paper",
    "meetings:start",
    "meetings:finish",
    "duties:this_year",
    "checkin:decide",
    "checkin:withdraw",
    "checkin:online",
    "checkin:screen_now",
    "checkin:open",
    "checkin:close",
    "pictures:file",
    "calendar:feed",
    "reminders:open",
    "reminders:read_all",
    "reminders:renew",
    "reminders:end",
    "ballots:screen_figures",
    "ballots:setup",
    "ballots:place",
    "ballots:cast",
    "ballots:scrutineer_states",
    "ballots:hand_in_key",
    "ballots:sealed",
    "ballots:hand_in_share",
    "ballots:archive",
    "ballots:count_sheet_document",
    "ballots:repeat",
    "appraisals:step",
    "appraisals:take_roll",
    "appraisals:paper_file",
    "appraisals:elsewhere_proof",
    "appraisals:form_document",
    "appraisals:summary_document",
    "decisions:start",
    "rectification:evidence",
    "rectification:step",
    "rectification:task_step",
    "reports:send_to_review",
    "reports:take_back",
    "reports:revise",
    "members:move_group_up",
    "members:sensitive",
    "members:file",
    "members:photograph",
    "members:request_photograph",
    "members:request_approve",
    "members:slips_seen",
    "members:request_refuse",
    "own_record:take_back",
    "members:export",
    "members:import_template",
    "members:import_rejected",
    "members:import_check",
    "members:import_confirm",
    "members:import_leave_out",
    "members:import_writing",
    "members:import_report",
    "members:import_cancel",
    "account_login",
    "account_logout",
    # Steps that lead on, or that ask for the password first: seen by test_passkeys.py and test_activation.py.
    "account_language",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}


def _meetings(*states: str) -> list[list[int]]:
    """A meeting in each state; of the signed ones the reference meeting, which has everything."""
    found = []
    for state in states:
        meetings = Meeting.objects.filter(state=state)
        full = meetings.filter(kinds__contains=["life_meeting", "appraisal"])
        found.append([(full.first() or meetings.first()).pk])
    return found


def _unsigned() -> list[list[int]]:
    """Minutes to complete, to be signed again after a change, and for the chair's signature."""
    meetings = Meeting.objects
    return [
        [found.first().pk]
        for found in (meetings.to_complete(), meetings.to_sign_again(), meetings.for_signature())
    ]


def _reports(*states: str) -> list[list[int]]:
    return [[Report.objects.filter(state=state).first().pk] for state in states]


def _appraisals() -> dict[str, list[list]]:
    """Of the sample's three rounds and two ballots, and of a round and a ballot on their way between these."""
    secretary = User.objects.get(username="secretary")
    planned, done = (Round.objects.get(state=state).pk for state in ("plan", "archived"))
    voting = Round.objects.get(state="ballot")
    people = [row.member for row in voting.participants.select_related("member")[:4]]
    papers = make_round(by=secretary, members=[secretary.member, *people], state="self_review", year=2001)
    reviews = make_round(by=secretary, members=[secretary.member, *people], state="mutual_review", year=2002)
    to_assess = make_round(by=secretary, members=people, state="ballot", year=2003)
    told = make_round(by=secretary, members=[secretary.member, *people], state="fed_back", year=2004)
    assessed = make_round(by=secretary, members=[secretary.member, *people], state="assessed", year=2005)
    counted = Round.objects.get(pk=done).ballot_id
    set_up = ballot_actions.set_up(
        by=secretary,
        title="设置中的测评",
        questions=[NewQuestion("甲", ["优秀", "合格"])],
        voters=[secretary.member, *people],
        scrutineers=[secretary.member, people[0]],
    ).pk
    closed = ballots.opened(
        voters=3,
        questions=1,
        smallest_count=2,
        also_watching=[secretary],
        also_voting=[],
    )
    ballot_actions.issue_paper(closed.ballot, closed.ballot.voters.last(), by=secretary)
    closed = ballots.close(closed).pk
    paper = [done, Round.objects.get(pk=done).participants.filter(self_review__isnull=False).first().pk]
    return {
        "appraisals:round": [[planned], [papers.pk], [reviews.pk], [voting.pk], [told.pk], [done]],
        "appraisals:plan": [[planned]],
        "appraisals:participants": [[planned]],
        "appraisals:elsewhere": [[papers.pk, papers.participants.first().pk]],
        "appraisals:approve_plan": [[planned]],
        "appraisals:meeting": [[voting.pk]],
        "appraisals:self_review": [[papers.pk]],
        "appraisals:papers": [[voting.pk]],
        "appraisals:paper": [paper],
        "appraisals:reviews": [[reviews.pk], [done]],
        "appraisals:ballot": [[to_assess.pk]],
        "appraisals:assess": [[voting.pk]],
        "appraisals:approve": [[voting.pk]],
        "appraisals:own_result": [[told.pk]],
        "appraisals:finish_feedback": [[assessed.pk]],
        "appraisals:report": [[told.pk]],
        "appraisals:archive": [[told.pk]],
        "appraisals:announcement": [[told.pk], [done]],
        "appraisals:forms": [[done]],
        "appraisals:person": [[secretary.member_id]],
        "ballots:detail": [[set_up], [voting.ballot_id], [closed], [counted]],
        "ballots:board": [[voting.ballot_id], [counted]],
        "ballots:history": [[counted]],
        "ballots:voters": [[set_up], [counted]],
        "ballots:rules": [[set_up]],
        "ballots:roll": [[set_up]],
        "ballots:scrutineers": [[set_up]],
        "ballots:open": [[set_up]],
        "ballots:screen": [[voting.ballot_id]],
        "ballots:booth": [[voting.ballot_id]],
        "ballots:scrutineer": [[set_up], [closed]],
        "ballots:paper": [[voting.ballot_id]],
        "ballots:paper_sheets": [[voting.ballot_id]],
        "ballots:paper_count": [[closed]],
        "ballots:close": [[voting.ballot_id]],
        "ballots:void": [[voting.ballot_id]],
        "ballots:announce": [[counted]],
        "ballots:result": [[counted]],
        "ballots:count_sheet": [[counted]],
        "ballots:verification": [[counted]],
    }


def _decisions() -> dict[str, list[list]]:
    """In each state; the open ones on the meeting that is in session."""
    states = {state: Decision.objects.filter(state=state).first().pk for state in Decision.State.values}
    discussed, session = [states["discussed"]], [Decision.objects.get(state="discussed").meeting_id]
    row = Exclusion.objects.first()
    opinion = WrittenOpinion.objects.first()
    open_matter = Decision.objects.get(state="discussed")
    open_matter.pk, open_matter.state, open_matter.discussion = None, "proposed", ""
    open_matter.key = uuid.uuid4()
    open_matter.save(force_insert=True)
    fresh = WrittenOpinion.objects.create(
        decision_id=discussed[0], member=row.attendance.member, handed_in_on=opinion.handed_in_on
    )
    return {
        "decisions:detail": [[pk] for pk in states.values()] + [[opinion.decision_id]],
        "decisions:new_on_meeting": [session],
        "decisions:exclusions": [session],
        "decisions:add_exclusion": [session],
        "decisions:change_exclusion": [[row.pk]],
        "decisions:remove_exclusion": [[row.pk]],
        "decisions:remove_rule": [[LocalRule.objects.first().pk]],
        "decisions:change_category": [[Category.objects.first().pk]],
        "decisions:change": [discussed, [open_matter.pk]],
        "decisions:review": [[open_matter.pk]],
        "decisions:discuss": [[open_matter.pk]],
        "decisions:remove": [[open_matter.pk]],
        "decisions:vote": [discussed],
        "decisions:defer": [discussed],
        "decisions:take_up": [[Decision.objects.to_be_taken_up().first().pk]],
        "decisions:supersede": [[states["decided"]]],
        "decisions:arrange": [[states["decided"]], [states["in_execution"]]],
        "decisions:step": [
            [states["in_execution"], "note"],
            [states["in_execution"], "complete"],
            [states["completed"], "return"],
            [states["completed"], "check"],
        ],
        "decisions:add_voice": [[*discussed, kind] for kind in ("opinions", "recusals", "dissents")],
        "decisions:remove_voice": [["opinions", fresh.pk]],
    }


def _study() -> dict[str, list[list]]:
    """Of a meeting in session and of signed minutes."""
    open_one = StudyPart.objects.filter(meeting__state="in_session").first()
    signed = StudyPart.objects.filter(meeting__state="signed_off").first()
    return {
        "study:new": [[open_one.meeting_id], [signed.meeting_id]],
        "study:change": [[open_one.pk], [signed.pk]],
        "study:remove": [[open_one.pk], [signed.pk]],
        "study:remove_rules": [[StudyRules.objects.first().pk]],
    }


def _records() -> dict[str, list[list]]:
    """Of people with a time away, a letter under way, an extended probation, an award and a look at sealed data."""
    award, contact, letter = Award.objects.first(), MobileContact.objects.first(), Transfer.objects.first()
    extension = TimelineEntry.objects.get(kind="extended")
    away = contact.period
    looked_at = SensitiveLook.objects.first().member_id
    return {
        "members:detail": [[away.member_id], [letter.member_id], [extension.member_id], [award.member_id]],
        "members:event_new": [[extension.member_id]],
        "members:event_correct": [[extension.pk]],
        "members:event_take_out": [[extension.pk]],
        "members:sensitive_edit": [[looked_at]],
        "members:looks": [[looked_at]],
        "members:history": [[looked_at], [letter.member_id]],
        "members:letter_new": [[away.member_id]],
        "members:letter_edit": [[letter.pk]],
        "members:letter_step": [[letter.pk, step] for step in ("accept", "reject", "withdraw")],
        "members:mobile_new": [[extension.member_id]],
        "members:mobile_period": [[away.pk]],
        "members:mobile_edit": [[away.pk]],
        "members:mobile_contact": [[away.pk]],
        "members:mobile_contact_remove": [[contact.pk]],
        "members:merit_new": [[award.member_id, "awards"], [award.member_id, "courses"]],
        "members:merit_edit": [["awards", award.pk], ["courses", Training.objects.first().pk]],
        "members:merit_remove": [["awards", award.pk]],
    }


def _ledger() -> dict[str, list[list]]:
    """An entry in each state, a personal one, one that has come up again; the life meeting with a problem to enter."""
    entries, tasks = LedgerEntry.objects.all(), Task.objects.all()
    shown = [entries.filter(state=state, level="committee").first() for state in State]
    again = entries.filter(recurs_from__isnull=False).get()
    closed = [again.recurs_from_id]
    meeting = Meeting.objects.of_kind("life_meeting").filter(state="signed_off").first()
    return {
        "rectification:detail": [
            *([entry.pk] for entry in shown),
            [entries.filter(level="member").first().pk],
            [again.pk],
            closed,
        ],
        "rectification:change": [[entries.filter(state="open").first().pk]],
        "rectification:again": [closed],
        "rectification:from_meeting": [[meeting.pk]],
        "rectification:task": [[tasks.filter(state=state).first().pk] for state in TaskState],
        "rectification:task_change": [[tasks.filter(state="open").first().pk]],
        "rectification:task_new": [[meeting.pk]],
        "rectification:tasks_from_meeting": [[meeting.pk]],
    }


def _papers(account: int, person: list[int]) -> dict[str, list[list]]:
    """A paper, and two requests: for a telephone number and for a photograph."""
    user, secretary = User.objects.get(pk=account), User.objects.get(username="secretary")
    paper = actions.add_file(
        MemberFile(member_id=person[0], title="入党申请书", kind="application"),
        read_document(samples.upload(samples.pdf(), "申请书.pdf")),
        by=secretary,
    )
    picture = read_picture(samples.upload(samples.encoded(samples.four_corners()), "照片.jpg"))
    actions.set_photograph(Member.objects.get(pk=person[0]), picture, by=secretary)
    phone = actions.ask_for_change(user.member, "phone", "13800000002", by=user)
    photograph = actions.ask_for_photograph(user.member, picture, by=user)
    return {
        "members:file_new": [person],
        "members:file_edit": [[paper.pk]],
        "members:file_remove": [[paper.pk]],
        "members:photograph_edit": [person],
        "members:request": [[phone.pk], [photograph.pk]],
        "own_record:ask": [["phone"], ["photograph"]],
    }


def _imports() -> dict[str, list[list]]:
    """One that is not confirmed, with a good and a bad row; it is shown in the language of the moment. The page of the
    check leads on by itself as soon as it is done: it is visited by the test of the import."""
    rows = [(2, ["陆秉章", "男", "申请人", "1990-1-2"]), (3, ["田嘉木", "女", "群众", "1990.1"])]
    draft = drafts.start(
        Table("花名册.csv", ["姓名", "性别", "类别", "生日"], rows), by=User.objects.get(username="secretary")
    )
    drafts.choose_columns(draft, draft.columns)
    drafts.check_next(draft)
    return {"members:import_columns": [[draft.pk]], "members:import_preview": [[draft.pk]]}


def arguments() -> dict[str, list[list]]:
    """The objects whose pages are visited, in the states in which the pages make sense."""
    person = [User.objects.get(username="organization").member_id]
    post = [Position.objects.on(timezone.localdate()).filter(member=person[0]).first().pk]
    account = [User.objects.get(username="member").pk]
    article = Report.objects.filter(state="published").latest("event_date")
    return {
        "news:article": [[article.year, article.slug]],
        "meetings:detail": [
            *_meetings("planned", "in_session", "signed_off", "cancelled"),
            *_unsigned(),
            [Signature.objects.exclude(in_place_because="").first().meeting_id],
        ],
        "checkin:here": _meetings("planned", "in_session"),
        "checkin:scanned": [[*one, "123456"] for one in _meetings("in_session")],
        "checkin:ask": _meetings("planned"),
        "checkin:requests": _meetings("planned", "in_session"),
        "checkin:screen": _meetings("planned", "in_session", "signed_off"),
        "meetings:plan": _meetings("planned"),
        "meetings:record": [*_meetings("in_session"), [Meeting.objects.for_signature().first().pk]],
        "meetings:sign_off": _unsigned(),
        "meetings:cancel": _meetings("planned"),
        "meetings:correct": _meetings("signed_off"),
        "meetings:minutes_paper": [
            *_meetings("in_session", "draft_minutes", "signed_off"),
            [Meeting.objects.for_signature().first().pk],
        ],
        "meetings:history": [[Correction.objects.first().meeting_id]],
        "duties:calendar": [[timezone.localdate().year], [2025]],
        "workbook:book": [[2025]],
        "workbook:figures": [[timezone.localdate().year], [2025]],
        "duties:rule_new": [["party_lesson"], ["talks"]],
        "duties:rule": [["party_lesson", "2026-01-01"], ["life_meeting", "2019-01-01"]],
        **_appraisals(),
        **_decisions(),
        **_study(),
        **_records(),
        **_integrity(),
        **_talks(),
        **_ledger(),
        "reports:from_meeting": _meetings("signed_off"),
        "reports:detail": _reports("draft", "in_review", "published", "withdrawn"),
        "reports:edit": _reports("draft"),
        "reports:preview": _reports("draft"),
        "reports:review": _reports("in_review"),
        "reports:withdraw": _reports("published"),
        "members:edit": [person],
        "registration_card:card": [person],
        "yearly_record:record": [person],
        "statistics:person": [person],
        **_papers(account[0], person),
        "members:appoint": [person],
        "members:end_post": [post],
        "members:correct_post": [post],
        "members:remove_post": [post],
        "members:group": [[PartyGroup.objects.first().pk]],
        **_imports(),
        "members:account": [account],
        "members:account_slip": [account],
        "members:account_revoke_slip": [account],
        "members:account_factors": [account],
        "members:account_close": [account],
        "members:account_reopen": [[User.objects.filter(is_active=False).first().pk]],
    }


def _integrity() -> dict[str, list[list]]:
    in_force = [[RiskPoint.objects.filter(state="in_force").first().pk]]
    duty = [[Responsibility.objects.running().first().pk]]
    states = [[RiskPoint.objects.filter(state=state).first().pk] for state in RiskPoint.State]
    return {
        "integrity:risk": states,
        "integrity:risk_edit": in_force,
        "integrity:risk_rate": [[RiskPoint.objects.filter(state="identified").first().pk]],
        "integrity:risk_in_force": [[RiskPoint.objects.filter(state="rated").first().pk]],
        "integrity:risk_review": in_force,
        "integrity:risk_remove": in_force,
        "integrity:responsibility": duty,
        "integrity:responsibility_edit": duty,
        "integrity:responsibility_end": duty,
        "integrity:fulfilment_new": duty,
        "integrity:fulfilment_check": [[Fulfilment.objects.filter(checked_by=None).first().pk]],
    }


def _talks() -> dict[str, list[list]]:
    own = [[Talk.objects.filter(recorded_by__username="secretary").first().pk]]
    return {"talks:talk": own, "talks:edit": own, "talks:pairs": [[timezone.localdate().year]]}


def addresses() -> list[str]:
    objects = arguments()
    found = [reverse(name, args=args) for name in page_names() for args in objects.get(name, [[]])]
    return [*found, reverse("news:list") + "?kind=party_lesson", reverse("meetings:list") + "?q=没有这个会"]


def page_names() -> list[str]:
    names = []
    for pattern in get_resolver().url_patterns:
        names += _names(pattern, "")
    return [name for name in dict.fromkeys(names) if name not in NO_PAGES]


def _names(pattern, namespace: str) -> list[str]:
    if hasattr(pattern, "url_patterns"):
        inner = f"{pattern.namespace}:" if pattern.namespace else namespace
        return [name for child in pattern.url_patterns for name in _names(child, inner)]
    return [f"{namespace}{pattern.name}"]


@pytest.mark.parametrize(
    ("lang", "locale", "width"), [("zh-hans", "zh-CN", 390), ("en", "en-GB", 1280)], ids=["phone", "desk"]
)
def test_every_page_is_clean(new_context, live_server, axe, lang, locale, width):
    call_command("load_sample", verbosity=0)
    page = new_context(locale=locale).new_page()
    page.set_viewport_size({"width": width, "height": 844})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "console", lambda line: faults.append(f"{page.url}: {line.text}") if line.type == "error" else None
    )
    page.on("dialog", lambda dialog: dialog.accept())
    with translation.override(lang):
        visited = [reverse("account_login"), *addresses()]
    for number, address in enumerate(visited):
        if number == 1:
            enter(page, live_server.url, User.objects.get(username="secretary"))
        answer = page.goto(live_server.url + address)
        if answer.status != 200 or unquote(page.url) != live_server.url + address:
            faults.append(f"{address}: {answer.status}, led to {page.url}")
        page.wait_for_load_state("networkidle")
        faults += [f"{address}: {fault}" for fault in axe(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            faults.append(f"{address}: {wide} px wider than the screen")
    assert not faults, "\n".join(faults)
    assert len(visited) > 75
