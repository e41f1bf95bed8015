"""The one permission vocabulary: what can be done, which role may do it, who holds which role.

Source of the table: the handbook, section 2 (roles and rights). Views declare their capability with
``requires`` (or ``public``), templates ask ``user|may:"plan_meetings"``, tests walk every address.
Whether something makes sense *now* (a state) is not a permission: see the workflow of each app.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

View = Callable[..., HttpResponse]


class Capability(StrEnum):
    """Something that a person can be allowed to do, anywhere in the portal."""

    USE_DESK = "use_desk"
    READ_MEMBERS = "read_members"  # names, groups, stages, posts
    EXPORT_MEMBERS = "export_members"  # the list as a file, with the columns that one sees
    READ_EXPORTS = "read_exports"  # who took which list out of the portal; nothing of its people
    READ_STATISTICS = "read_statistics"  # counts of people, study hours, attendance
    MAKE_WORKBOOK = "make_workbook"  # the year on paper: signed minutes and figures, nothing personal
    READ_PERSONAL_DATA = "read_personal_data"  # birth dates, telephone numbers
    READ_GROUP_DATA = "read_group_data"  # the same, of the people of the own Party group
    READ_SENSITIVE_DATA = "read_sensitive_data"  # sealed at rest; every look is recorded
    READ_COMMITTEE_FILES = "read_committee_files"  # papers of a person that are meant for the committee
    MANAGE_MEMBERS = "manage_members"
    READ_ADMISSIONS = "read_admissions"  # how far candidates have come, with their dates
    PRINT_ROSTER = "print_roster"
    READ_MOBILE_REGISTER = "read_mobile_register"
    KEEP_MOBILE_REGISTER = "keep_mobile_register"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_BRANCH = "manage_branch"
    READ_ALL_MEETINGS = "read_all_meetings"
    PLAN_MEETINGS = "plan_meetings"
    RECORD_MEETINGS = "record_meetings"
    SIGN_OFF_MINUTES = "sign_off_minutes"
    CORRECT_MINUTES = "correct_minutes"
    CANCEL_MEETINGS = "cancel_meetings"
    READ_INTEGRITY_LISTS = "read_integrity_lists"  # integrity-risk catalogue, dual responsibility
    KEEP_INTEGRITY_LISTS = "keep_integrity_lists"
    KEEP_DECISIONS = "keep_decisions"  # propose, review, follow up; votes are of whoever records the meeting
    READ_LEDGER = "read_ledger"  # the branch's entries, and one's own
    KEEP_LEDGER = "keep_ledger"  # enter, change, extend, check and close entries of the branch
    KEEP_PERSONAL_ENTRIES = (
        "keep_personal_entries"  # the same of entries of single members: nobody else sees them
    )
    KEEP_TASKS = "keep_tasks"  # make tasks from any meeting
    CONFIRM_TASKS = "confirm_tasks"  # confirm, reopen, drop any task
    READ_TALKS = "read_talks"  # heart-to-heart talks of others; both who talked read theirs anyway
    READ_TALK_PAIRS = "read_talk_pairs"  # who has not talked with whom, by names alone
    WRITE_NEWS = "write_news"
    PUBLISH_NEWS = "publish_news"
    RUN_BALLOTS = "run_ballots"  # set up, open, issue paper, close, enter paper totals
    CLOSE_BALLOTS = "close_ballots"
    DECIDE_ON_BALLOTS = "decide_on_ballots"  # announce a result, declare a ballot void
    RUN_APPRAISALS = "run_appraisals"  # plan rounds, see who has handed in, propose assessments
    DECIDE_ON_APPRAISALS = (
        "decide_on_appraisals"  # approve plans and assessments, lead a round from step to step
    )

    @property
    def label(self) -> Promise:
        """What it allows, in words for the page of permissions."""
        return _LABELS[self]


_LABELS: dict[Capability, Promise] = {
    Capability.USE_DESK: _("use the desk: own pages, own meetings, own ballots"),
    Capability.READ_MEMBERS: _("read names, groups, stages and posts of the branch's people"),
    Capability.READ_PERSONAL_DATA: _(
        "read personal data of everybody: birth dates, telephone numbers, addresses"
    ),
    Capability.READ_GROUP_DATA: _("read personal data of the people of the own Party group"),
    Capability.READ_SENSITIVE_DATA: _("look at sealed sensitive data; every look is recorded"),
    Capability.READ_COMMITTEE_FILES: _("open papers of people that are meant for the committee"),
    Capability.MANAGE_MEMBERS: _(
        "keep records: people, timeline, posts, groups, letters, papers, change requests"
    ),
    Capability.READ_ADMISSIONS: _("see how far candidates have come, with their dates"),
    Capability.PRINT_ROSTER: _("print the roster, without personal data unless they may be read"),
    Capability.EXPORT_MEMBERS: _("take the list of people out as a file; every file is recorded"),
    Capability.READ_EXPORTS: _("see which files of people were taken, and by whom"),
    Capability.READ_STATISTICS: _("read the statistics of people, study hours and attendance"),
    Capability.MAKE_WORKBOOK: _("make the branch workbook of a year, and the figures for its report"),
    Capability.READ_MOBILE_REGISTER: _("read the register of mobile members"),
    Capability.KEEP_MOBILE_REGISTER: _("keep the register of mobile members and note contacts"),
    Capability.MANAGE_ACCOUNTS: _("open and close accounts, give activation slips"),
    Capability.MANAGE_BRANCH: _("change the branch's particulars and rules"),
    Capability.READ_ALL_MEETINGS: _("read the minutes of all meetings"),
    Capability.PLAN_MEETINGS: _("plan meetings and invite"),
    Capability.RECORD_MEETINGS: _("record any meeting; without it, only those one chairs or records"),
    Capability.SIGN_OFF_MINUTES: _("sign off minutes"),
    Capability.CORRECT_MINUTES: _("correct signed minutes, with a reason"),
    Capability.CANCEL_MEETINGS: _("cancel meetings"),
    Capability.READ_INTEGRITY_LISTS: _("read the integrity-risk catalogue and the dual-responsibility list"),
    Capability.KEEP_INTEGRITY_LISTS: _(
        "keep the integrity-risk catalogue and the dual-responsibility list, check fulfilment"
    ),
    Capability.KEEP_DECISIONS: _("propose matters for decision, follow decisions up and check them"),
    Capability.READ_LEDGER: _("read the branch's rectification ledger, and the own entries"),
    Capability.KEEP_LEDGER: _("keep the rectification ledger: enter, extend, check and close; never the own"),
    Capability.KEEP_PERSONAL_ENTRIES: _("see and keep the ledger entries of single members"),
    Capability.KEEP_TASKS: _("make tasks from meetings"),
    Capability.CONFIRM_TASKS: _("confirm that tasks are done, open them again, drop them"),
    Capability.READ_TALKS: _("read and enter heart-to-heart talks of others"),
    Capability.READ_TALK_PAIRS: _("see who has not had a heart-to-heart talk with whom"),
    Capability.WRITE_NEWS: _("write reports for the public pages"),
    Capability.PUBLISH_NEWS: _("review and publish reports that others wrote, withdraw reports"),
    Capability.RUN_BALLOTS: _("run secret ballots: set up, open, issue and count paper, close"),
    Capability.CLOSE_BALLOTS: _("close a secret ballot"),
    Capability.DECIDE_ON_BALLOTS: _("announce a ballot's result or declare a ballot void"),
    Capability.RUN_APPRAISALS: _("run the yearly appraisal: plan, see the papers, propose grades"),
    Capability.DECIDE_ON_APPRAISALS: _("approve plans and grades, lead an appraisal from step to step"),
}


class Role(TextChoices):
    """What a person is to the branch; several at once are possible, nobody signed in is the public."""

    ADMINISTRATOR = "administrator", _("Administrator")
    SECRETARY = "secretary", _("Secretary")
    COMMITTEE = "committee", _("Committee member")
    DISCIPLINE = "discipline", _("Discipline commissioner")
    GROUP_LEADER = "group_leader", _("Group leader")
    MEMBER = "member", _("Member")
    PUBLIC = "public", _("Public")


_MEMBER = frozenset(
    {
        Capability.USE_DESK,
        Capability.READ_MEMBERS,
        Capability.READ_LEDGER,
        Capability.READ_INTEGRITY_LISTS,
    }
)
_COMMITTEE = _MEMBER | {
    Capability.READ_ADMISSIONS,
    Capability.PRINT_ROSTER,
    Capability.READ_COMMITTEE_FILES,
    Capability.EXPORT_MEMBERS,
    Capability.READ_STATISTICS,
    Capability.MAKE_WORKBOOK,
    Capability.READ_MOBILE_REGISTER,
    Capability.KEEP_MOBILE_REGISTER,
    Capability.READ_ALL_MEETINGS,
    Capability.PLAN_MEETINGS,
    Capability.RECORD_MEETINGS,
    Capability.KEEP_INTEGRITY_LISTS,
    Capability.KEEP_DECISIONS,
    Capability.READ_TALK_PAIRS,
    Capability.KEEP_LEDGER,
    Capability.KEEP_TASKS,
    Capability.WRITE_NEWS,
    Capability.PUBLISH_NEWS,
    Capability.RUN_BALLOTS,
    Capability.CLOSE_BALLOTS,
    Capability.RUN_APPRAISALS,
}

CAPABILITIES: dict[Role, frozenset[Capability]] = {
    # Keeps the portal running; does not read minutes, does not write news. S-8: may close a ballot, nothing else of it.
    Role.ADMINISTRATOR: frozenset(
        {
            Capability.USE_DESK,
            Capability.READ_MEMBERS,
            Capability.READ_EXPORTS,
            Capability.MANAGE_ACCOUNTS,
            Capability.MANAGE_BRANCH,
            Capability.CLOSE_BALLOTS,
        }
    ),
    # The deputy secretary acts for the secretary and holds this role too.
    Role.SECRETARY: _COMMITTEE
    | {
        Capability.READ_PERSONAL_DATA,
        Capability.READ_SENSITIVE_DATA,
        Capability.READ_EXPORTS,
        Capability.MANAGE_MEMBERS,
        Capability.MANAGE_ACCOUNTS,
        Capability.MANAGE_BRANCH,
        Capability.SIGN_OFF_MINUTES,
        Capability.CORRECT_MINUTES,
        Capability.CANCEL_MEETINGS,
        Capability.KEEP_PERSONAL_ENTRIES,
        Capability.CONFIRM_TASKS,
        Capability.READ_TALKS,
        Capability.DECIDE_ON_BALLOTS,
        Capability.DECIDE_ON_APPRAISALS,
    },
    Role.COMMITTEE: _COMMITTEE,
    # Sits on the committee: with the secretary the only one to see what single members put right.
    Role.DISCIPLINE: _COMMITTEE | {Capability.KEEP_PERSONAL_ENTRIES},
    # Sees the own group's people as the secretary sees the branch's; everything else is a member's.
    Role.GROUP_LEADER: _MEMBER | {Capability.READ_GROUP_DATA},
    Role.MEMBER: _MEMBER,
    Role.PUBLIC: frozenset(),
}

# A new portal has an administrator and nobody else: somebody must enter the first secretary.
WITHOUT_A_SECRETARY = frozenset({Capability.MANAGE_MEMBERS})

# Whoever holds one of these signs in with a second factor, after a time of grace (branch_portal/second_factor.py).
NEED_SECOND_FACTOR = frozenset({Role.ADMINISTRATOR, Role.SECRETARY, Role.COMMITTEE, Role.DISCIPLINE})


def capabilities_of(roles: frozenset[Role]) -> frozenset[Capability]:
    """All that the roles together allow."""
    return frozenset().union(*(CAPABILITIES[role] for role in roles))


def requires(capability: Capability) -> Callable[[View], View]:
    """The view is for people with the capability: 403 for others, sign-in for nobody signed in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.may(capability):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = capability
        return guarded

    return decorate


def public(view: View) -> View:
    """The view is for everybody, without an account."""
    view = login_not_required(view)
    view.access = Role.PUBLIC
    return view
