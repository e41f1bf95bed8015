"""The kinds of meetings and activities, and what each brings along: who is invited, which agenda.

Source: the handbook, sections 3.1, 3.3, 7.2 and 8. "Normally" means a proposal, never a rule that blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    MEMBERS_MEETING = "members_meeting", _("members' meeting")
    COMMITTEE_MEETING = "committee_meeting", _("committee meeting")
    GROUP_MEETING = "group_meeting", _("group meeting")
    PARTY_LESSON = "party_lesson", _("Party lesson")
    THEME_PARTY_DAY = "theme_party_day", _("theme Party day")
    LIFE_MEETING = "life_meeting", _("organizational life meeting")
    APPRAISAL = "appraisal", _("democratic appraisal of members")
    READING_CLASS = "reading_class", _("reading class")
    RED_BASE_VISIT = "red_base_visit", _("visit to a red education base")
    PUBLIC_SERVICE = "public_service", _("public service")
    OTHER = "other", _("other activity")


class AgendaKind(TextChoices):
    """What an agenda item is, and with it which data its record holds."""

    STUDY = "study", _("study")
    LESSON = "lesson", _("lesson")
    ACTIVITY = "activity", _("activity")
    WORK_REPORT = "work_report", _("work report")
    LAST_RECTIFICATION = "last_rectification", _("last year's rectification")
    ANALYSIS = "analysis", _("problems, causes and measures")
    CRITICISM = "criticism", _("criticism and self-criticism")
    BALLOT = "ballot", _("appraisal ballot")
    DISCUSSION = "discussion", _("discussion")
    REQUIREMENTS = "requirements", _("closing remarks and requirements")
    OTHER = "other", _("other item")


class InvitedBy(TextChoices):
    """Whom a kind invites when nobody chooses."""

    PARTY_MEMBERS = "party_members"
    COMMITTEE = "committee"
    GROUP = "group"


@dataclass(frozen=True)
class Template:
    """What a kind proposes: its agenda in order, and who is invited."""

    agenda: tuple[tuple[AgendaKind, str], ...]
    invited: InvitedBy = InvitedBy.PARTY_MEMBERS


_K, _A = MeetingKind, AgendaKind
TEMPLATES: dict[MeetingKind, Template] = {
    _K.MEMBERS_MEETING: Template(
        (
            (_A.STUDY, _("Study")),
            (_A.DISCUSSION, _("Matters for decision")),
            (_A.REQUIREMENTS, _("Closing remarks")),
        )
    ),
    _K.COMMITTEE_MEETING: Template(
        (
            (_A.STUDY, _("Study")),
            (_A.WORK_REPORT, _("State of the branch's work")),
            (_A.DISCUSSION, _("Matters for decision")),
        ),
        InvitedBy.COMMITTEE,
    ),
    _K.GROUP_MEETING: Template(
        ((_A.STUDY, _("Study")), (_A.DISCUSSION, _("Exchange in the group"))), InvitedBy.GROUP
    ),
    _K.PARTY_LESSON: Template(((_A.LESSON, _("Party lesson")), (_A.DISCUSSION, _("Exchange")))),
    _K.THEME_PARTY_DAY: Template(
        ((_A.STUDY, _("Study")), (_A.ACTIVITY, _("Activity on the theme")), (_A.DISCUSSION, _("Exchange")))
    ),
    _K.LIFE_MEETING: Template(
        (
            (_A.STUDY, _("Study led by the secretary")),
            (_A.WORK_REPORT, _("The branch's yearly work report")),
            (_A.ANALYSIS, _("Problems, root causes, rectification measures and time limits")),
            (_A.CRITICISM, _("Criticism and self-criticism")),
            (_A.REQUIREMENTS, _("Closing remarks and work requirements")),
        )
    ),
    _K.APPRAISAL: Template(
        (
            (_A.WORK_REPORT, _("The branch's yearly work report")),
            (_A.CRITICISM, _("Self-review and mutual review")),
            (_A.BALLOT, _("Appraisal ballot")),
            (_A.REQUIREMENTS, _("Closing remarks and work requirements")),
        )
    ),
    _K.READING_CLASS: Template(((_A.STUDY, _("Reading")), (_A.DISCUSSION, _("Exchange")))),
    _K.RED_BASE_VISIT: Template(((_A.ACTIVITY, _("Visit")), (_A.DISCUSSION, _("Exchange")))),
    _K.PUBLIC_SERVICE: Template(((_A.ACTIVITY, _("Service")),)),
    _K.OTHER: Template(((_A.OTHER, _("Item")),)),
}

# The order in which items of several kinds stand together: the reference meeting of the handbook.
_ORDER = list(AgendaKind)


def proposed_agenda(kinds: list[str]) -> list[tuple[AgendaKind, str]]:
    """The agenda of a meeting of these kinds: every template's items, one of each, in the usual order.

    A life meeting with an appraisal has one work report and one criticism, not two.
    """
    items: dict[AgendaKind, str] = {}
    for kind in sorted(kinds, key=list(MeetingKind).index):
        for item_kind, title in TEMPLATES[MeetingKind(kind)].agenda:
            items.setdefault(item_kind, title)
    return sorted(items.items(), key=lambda item: _ORDER.index(item[0]))


def invited_by(kinds: list[str]) -> InvitedBy:
    """Whom a meeting of these kinds invites: the widest circle of any of them."""
    circles = {TEMPLATES[MeetingKind(kind)].invited for kind in kinds}
    widest_first = (InvitedBy.PARTY_MEMBERS, InvitedBy.COMMITTEE, InvitedBy.GROUP)
    return next((circle for circle in widest_first if circle in circles), InvitedBy.PARTY_MEMBERS)
