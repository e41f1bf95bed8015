"""One meeting as the workbook quotes its signed minutes, more briefly than their official form.

Of criticism and ballots the agenda item alone is named, of matters about a person the outcome alone, of the others not who
said what in the discussion; nobody's vote, dissent, or reason of a leave is told.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Fact, Facts, Table, Text
from branch_portal.richtext.sanitise import plain_text
from branch_portal.workbook.meetings import Told
from meetings.decisions.models import Decision
from meetings.decisions.standard_rules import ABOUT_A_PERSON
from meetings.kinds import AgendaKind
from meetings.models import AgendaItem, Meeting
from meetings.wording import listed, when

_UNQUOTED = {AgendaKind.CRITICISM, AgendaKind.BALLOT}


def quoted(number: int, told: Told) -> Iterable[Facts | Table | Text]:
    """The parts of one meeting: head, agenda with its main points, decisions, problems, requirements."""
    meeting = told.meeting
    yield Facts(_head(told), heading=f"{number}. {meeting.title}")
    yield Text(_("Agenda and main points"), list(_agenda(meeting)), level=2)
    if decisions := [line for each in meeting.decisions.all() for line in _decision(each)]:
        yield Text(_("Decisions"), decisions, level=2)
    if problems := list(meeting.problems.all()):
        rows = [
            (each.description, each.cause, each.measure, each.in_charge, each.due_on) for each in problems
        ]
        header = (
            _("problem"),
            _("root cause"),
            _("rectification measure"),
            _("in charge"),
            _("to be done by"),
        )
        yield Table(header, rows, _("Problems, causes and measures"), (42, 36, 36, 20, 22), level=2)
    if requirements := list(meeting.requirements.all()):
        lines = [
            f"({place}) {each.title}" + (f"\n{each.text}" if each.text else "")
            for place, each in enumerate(requirements, start=1)
        ]
        yield Text(_("Requirements"), lines, level=2)


def _head(told: Told) -> list[Fact]:
    meeting = told.meeting
    facts = [
        Fact(_("Time"), when(meeting), is_wide=True),
        Fact(_("Place"), meeting.place or _("online"), is_wide=True),
        Fact(_("Kinds"), listed(map(str, meeting.kind_labels)), is_wide=True),
        Fact(_("Chair"), meeting.chair),
        Fact(_("Recorder"), meeting.recorder),
        Fact(_("Attendance"), told.figures.sentence, is_wide=True),
        Fact(_("On leave"), listed(told.on_leave), is_wide=True),
        Fact(_("Absent"), listed(told.absent), is_wide=True),
        Fact(
            _("Attending without vote"),
            listed(f"{guest.name} {guest.role}".strip() for guest in meeting.guests.all()),
            is_wide=True,
        ),
        Fact(_("minutes"), "\n".join(_signed(meeting)), is_wide=True),
    ]
    if meeting.party_group:
        facts.insert(2, Fact(_("Party group"), meeting.party_group, is_wide=True))
    return facts


def _agenda(meeting: Meeting) -> Iterable[str]:
    topics = [f"{topic.title} {topic.source}".strip() for topic in meeting.study_topics.all()]
    for number, item in enumerate(meeting.agenda_items.all(), start=1):
        yield _item(number, item)
        if item.kind == AgendaKind.STUDY and topics:
            yield _("Studied: %(topics)s") % {"topics": listed(topics)}
            topics = []
        if item.kind in _UNQUOTED:
            yield _("What was said and how it was voted stands in the minutes alone.")
        elif item.notes:
            yield plain_text(item.notes)
    if topics:
        yield _("Studied: %(topics)s") % {"topics": listed(topics)}


def _item(number: int, item: AgendaItem) -> str:
    if item.presenter:
        return _("%(number)d. %(title)s (presented by %(name)s)") % {
            "number": number,
            "title": item.title,
            "name": item.presenter,
        }
    return f"{number}. {item.title}"


def _decision(decision: Decision) -> Iterable[str]:
    if decision.matter in ABOUT_A_PERSON:
        yield f"{decision.get_matter_display()}: {decision.get_state_display()}"
        return
    yield f"{decision.title}: {decision.get_state_display()}"
    yield decision.text
    if decision.was_voted_on:
        yield _(
            "Vote: due %(due)d, present %(present)d; yes %(yes)d, no %(no)d, abstentions %(abstain)d."
        ) % {name: getattr(decision, name) for name in ("due", "present", "yes", "no", "abstain")}


def _signed(meeting: Meeting) -> Iterable[str]:
    yield _("Signed off by %(who)s on %(when)s") % {
        "who": meeting.signed_off_by,
        "when": date_format(timezone.localtime(meeting.signed_off_at), "DATE_FORMAT"),
    }
    if meeting.corrected:
        yield _("This is version %(number)d of the minutes.") % {"number": meeting.corrected + 1}
