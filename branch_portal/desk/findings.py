"""What every app has to say to one person: counts that lead to the list behind them."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.ballots.models import Scrutineer, SecretBallot
from appraisals.models import Participant, Round
from branch_portal.news.models import Report
from meetings.checkin.models import LeaveRequest
from meetings.decisions.models import Decision
from meetings.duties.reading import duties_open
from meetings.duties.vocabulary import Status
from meetings.integrity.due import is_near
from meetings.integrity.models import Responsibility, RiskPoint
from meetings.models import Meeting
from meetings.rectification.models import LedgerEntry, Task
from meetings.rectification.states import State as EntryState
from meetings.rectification.states import TaskState
from members import out_of_contact, register
from members.candidates import candidates
from members.models import ActivationSlip, BranchProfile, ChangeRequest, Position, Transfer, User
from members.permissions import Capability
from members.timeline import add_months

State = Meeting.State
REMIND_OF_TERM_MONTHS = 6
REMIND_OF_POSTS = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Finding:
    """Something to be done: how much of it, and the address of the list.

    ``is_mine``: asked of this person; otherwise it is the branch's, and the person is one of those who see to it.
    """

    count: int
    text: str
    address: str
    is_mine: bool = False


def findings_for(user: User, now: datetime.datetime) -> list[Finding]:
    """Only what the person can do something about; nothing is shown for a count of 0.

    An app adds what it has to say by a function of its own: the findings of one person, each saying whose it is.
    """
    from branch_portal.desk import findings_signing

    today = timezone.localdate(now)
    found = [
        *_about_appraisals(user, now),
        *_about_own_meetings(user, now),
        *_about_meetings(user, now),
        *findings_signing.about(user, today),
        *_about_decisions(user, today),
        *_about_rectification(user, today),
        *_about_duties(user, today),
        *_about_checkin(user),
        *_about_members(user, today),
        *_about_integrity(user, today),
        *_about_accounts(user),
        *_about_news(user),
    ]
    return [finding for finding in found if finding.count]


def _about_appraisals(user: User, now: datetime.datetime) -> list[Finding]:
    """What a member, a scrutineer or the committee is waited for."""
    if not user.member_id:
        return []
    ballots, rounds = reverse("ballots:list"), reverse("appraisals:list")
    mine = Scrutineer.objects.filter(member=user.member_id)
    open_to_me = SecretBallot.objects.open().filter(voters__member=user.member_id, voters__way="online")
    papers = Participant.objects.filter(
        member=user.member_id, round__state__in=[Round.State.SELF_REVIEW, Round.State.MUTUAL_REVIEW]
    )
    found = [
        Finding(
            open_to_me.filter(Q(closes_at=None) | Q(closes_at__gt=now)).count(),
            _("ballots open to you"),
            ballots,
            is_mine=True,
        ),
        Finding(
            mine.filter(ballot__state="setup", public_key=None).count(),
            _("ballots for which you make a key"),
            ballots,
            is_mine=True,
        ),
        Finding(
            mine.filter(ballot__state="closed", partial_decryption=None).count(),
            _("ballots that you help to count"),
            ballots,
            is_mine=True,
        ),
        Finding(
            papers.filter(self_review__handed_in_at=None).count(),
            _("self-reviews to hand in"),
            rounds,
            is_mine=True,
        ),
    ]
    if user.may(Capability.RUN_APPRAISALS):
        found.append(Finding(Round.objects.awaiting_assessment().count(), _("rounds to be assessed"), rounds))
    return found


def _about_own_meetings(user: User, now: datetime.datetime) -> list[Finding]:
    """Whoever chairs opens the meeting, whatever else they may do."""
    if not user.member_id:
        return []
    address, mine = reverse("meetings:list"), user.member_id
    passed = Meeting.objects.filter(chair=mine, state=State.PLANNED, starts_at__lt=now)
    return [
        Finding(
            passed.count(),
            _("meetings that you chair whose time has passed: open, or have them cancelled"),
            f"{address}?state={State.PLANNED}&chair={mine}",
            is_mine=True,
        ),
    ]


def _about_duties(user: User, today: datetime.date) -> list[Finding]:
    """What the branch is asked to hold (handbook, 3.1), for those who plan."""
    if not user.may(Capability.PLAN_MEETINGS):
        return []
    open_now = Counter(duty.period.status for duty in duties_open(user, today))
    address = reverse("duties:calendar", args=[today.year])
    return [
        Finding(
            open_now[Status.DUE],
            _("duties due by the end of this quarter, not planned yet"),
            f"{address}#open",
        ),
        Finding(
            open_now[Status.MISSING],
            _("duties missed in this quarter or the last one"),
            f"{address}#missed",
        ),
    ]


def _about_meetings(user: User, now: datetime.datetime) -> list[Finding]:
    if not user.may(Capability.RECORD_MEETINGS):
        return []
    meetings, address = Meeting.objects.visible_to(user), reverse("meetings:list")
    overdue = meetings.filter(state=State.PLANNED, starts_at__lt=now).count()
    return [
        Finding(
            meetings.filter(state=State.IN_SESSION).count(),
            _("meetings in session"),
            f"{address}?state={State.IN_SESSION}",
        ),
        Finding(overdue, _("planned meetings whose time has passed"), f"{address}?state={State.PLANNED}"),
    ]


def _about_decisions(user: User, today: datetime.date) -> list[Finding]:
    """What one carries out oneself; for those who keep the decisions what waits for a step of theirs."""
    address = reverse("decisions:list")
    found = []
    if user.member_id:
        mine = Decision.objects.filter(owner=user.member_id, state=Decision.State.IN_EXECUTION).count()
        own = f"{address}?state={Decision.State.IN_EXECUTION}&owner={user.member_id}"
        found.append(Finding(mine, _("decisions that you carry out"), own, is_mine=True))
    if user.may(Capability.KEEP_DECISIONS):
        found += [
            Finding(
                Decision.objects.overdue_on(today).count(),
                _("decisions whose execution is overdue"),
                f"{address}?state=overdue",
            ),
            Finding(
                Decision.objects.filter(state=Decision.State.COMPLETED).count(),
                _("decisions whose execution is to be checked"),
                f"{address}?state={Decision.State.COMPLETED}",
            ),
            Finding(
                Decision.objects.to_be_taken_up().count(),
                _("deferred matters to take up again"),
                f"{address}?state=to_take_up",
            ),
        ]
    return found


def _about_rectification(user: User, today: datetime.date) -> list[Finding]:
    """The ledger and the tasks of meetings: what is late, what waits for a check, what is the person's own."""
    if not user.may(Capability.READ_LEDGER):
        return []
    entries, address = LedgerEntry.objects.visible_to(user), reverse("rectification:list")
    tasks, tasks_address = Task.objects.visible_to(user), reverse("rectification:tasks")
    found = [
        Finding(
            entries.active().of_member(user.member_id).count(),
            _("ledger entries that you put right"),
            f"{address}?person={user.member_id}&state=active",
            is_mine=True,
        ),
        Finding(
            tasks.of_owner(user.member_id).filter(state=TaskState.OPEN).count(),
            _("tasks of yours from meetings"),
            f"{tasks_address}?mine=on&state={TaskState.OPEN}",
            is_mine=True,
        ),
    ]
    if user.may(Capability.KEEP_LEDGER):
        late = entries.overdue_on(today).count()
        found.append(Finding(late, _("ledger entries overdue"), f"{address}?overdue=on"))
        waiting = LedgerEntry.objects.to_check_by(user).count()
        found.append(
            Finding(waiting, _("ledger entries to check and close"), f"{address}?state={EntryState.CLAIMED}")
        )
    if user.may(Capability.CONFIRM_TASKS):
        reported = tasks.filter(state=TaskState.REPORTED).count()
        found.append(Finding(reported, _("tasks to confirm"), f"{tasks_address}?state={TaskState.REPORTED}"))
    return found


def _about_checkin(user: User) -> list[Finding]:
    """Leave requests: those that wait for one's decision, and the own ones that were refused."""
    address = reverse("checkin:overview")
    found = LeaveRequest.objects.filter(meeting__in=Meeting.objects.visible_to(user))
    mine = LeaveRequest.objects.of_coming_meetings().filter(member=user.member_id, state="refused")
    return [
        Finding(found.waiting().to_be_decided_by(user).count(), _("leave requests to decide on"), address),
        Finding(
            mine.count(),
            _("of your leave requests refused: you are expected to come"),
            address,
            is_mine=True,
        ),
    ]


def _about_members(user: User, today: datetime.date) -> list[Finding]:
    """Letters that nobody answered, changes that members ask for, probations that end, silent mobile members."""
    found = []
    if user.may(Capability.MANAGE_MEMBERS):
        overdue = Transfer.objects.overdue_on(today).count()
        found.append(
            Finding(overdue, _("letters of introduction without an answer"), reverse("members:letters"))
        )
        asked = ChangeRequest.objects.open().count()
        found.append(Finding(asked, _("change requests to decide on"), reverse("members:requests")))
        found += _about_terms(today)
    if user.may(Capability.READ_ADMISSIONS):
        urgent = sum(candidate.is_urgent for candidate in candidates(today))
        found.append(
            Finding(
                urgent, _("admissions and probations with a date near or past"), reverse("members:admissions")
            )
        )
    if user.may(Capability.KEEP_MOBILE_REGISTER):
        due = sum(line.silence.is_due for line in register.lines(today))
        address = reverse("members:mobile")
        found.append(Finding(due, _("mobile members to get in touch with"), address))
        silent = len(out_of_contact.lines(today))
        found.append(Finding(silent, _("members out of contact"), f"{address}?show=out_of_contact"))
    return found


def _about_accounts(user: User) -> list[Finding]:
    """A slip that somebody used is somebody's new password: told until it was looked at."""
    if not user.may(Capability.MANAGE_ACCOUNTS):
        return []
    used = ActivationSlip.objects.used_unseen_by(user).count()
    return [Finding(used, _("activation slips used, to look at"), reverse("members:slips"))]


def _about_terms(today: datetime.date) -> list[Finding]:
    """R-2.3: an election takes preparing, so the end of the committee's term is said months before; posts end with less
    ado. A term that is over, with no other entered, is still to be seen to."""
    term_ends = BranchProfile.load().term_ends_on
    ends_soon = term_ends is not None and today >= add_months(term_ends, -REMIND_OF_TERM_MONTHS)
    text = _("committee's term that ends within 6 months, or has ended: prepare the election")
    posts = Position.objects.ending_between(today, today + REMIND_OF_POSTS).count()
    return [
        Finding(int(ends_soon), text, reverse("members:branch")),
        Finding(posts, _("posts that end within 30 days"), f"{reverse('members:list')}?post=yes"),
    ]


def _about_integrity(user: User, today: datetime.date) -> list[Finding]:
    """The yearly review of risk points, and what the person's own post asks for."""
    found = []
    if user.may(Capability.KEEP_INTEGRITY_LISTS):
        address = f"{reverse('integrity:risks')}?state=to_review"
        found.append(Finding(RiskPoint.objects.to_review(today).count(), _("risk points to review"), address))
    if user.member_id:
        own = Responsibility.objects.running().filter(holder=user.member_id).with_last_fulfilment()
        near = sum(is_near(duty.due_on, today) for duty in own)
        text, address = _("integrity duties of your post to fulfil"), reverse("integrity:responsibilities")
        found.append(Finding(near, text, address, is_mine=True))
    return found


def _about_news(user: User) -> list[Finding]:
    address = reverse("reports:list")
    found = []
    if user.may(Capability.PUBLISH_NEWS):
        waiting = Report.objects.filter(state=Report.State.IN_REVIEW).count()
        found.append(
            Finding(waiting, _("reports waiting for review"), f"{address}?state={Report.State.IN_REVIEW}")
        )
    if user.may(Capability.WRITE_NEWS):
        drafts = Report.objects.filter(state=Report.State.DRAFT).count()
        found.append(Finding(drafts, _("reports in draft"), f"{address}?state={Report.State.DRAFT}"))
    return found
