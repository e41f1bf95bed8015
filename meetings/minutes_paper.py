"""The minutes in the official form (handbook, 3.3 and R-12.7): described once, for the Word file and the page to print."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branch_portal.documents.paper import Fact, Facts, Paper, Signed, Table, Text
from branch_portal.richtext.sanitise import plain_text
from meetings.attendance import figures
from meetings.minutes import AgendaEntry, Minutes
from meetings.models import Attendance, Correction, Criticism, Guest, Meeting, Problem, Signature
from meetings.wording import listed, when
from members.models import BranchProfile


def title_of(meeting: Meeting) -> str:
    """Also the name of the file."""
    return _("Minutes: %(title)s") % {"title": meeting.title}


def minutes_paper(minutes: Minutes, also: Iterable[Text | Table] = ()) -> Paper:
    """Head, agenda item by item with what was said and decided, attendance list, the signatures of chair and recorder or
    lines for them. ``also``: what other parts of organizational life say of the meeting, after the agenda. Constant
    queries, however long the minutes are."""
    meeting = minutes.meeting
    items = [_item(number, entry, minutes) for number, entry in enumerate(minutes.agenda, start=1)]
    loose = [Text(_HEADINGS[rows](), _WORDS[rows](minutes)) for rows in minutes.loose]
    return Paper(
        title_of(meeting),
        [Facts(_head(meeting, minutes)), *items, *loose, *also, _attendance(meeting)],
        signatures=_signatures(minutes),
        note="\n".join(_standing(meeting, minutes)),
    )


def _head(meeting: Meeting, minutes: Minutes) -> list[Fact]:
    guests = [_with(guest.name, listed(filter(None, [guest.role, _came(guest)]))) for guest in minutes.guests]
    rows = meeting.attendance_list
    return [
        Fact(_("Party branch"), BranchProfile.load(), is_wide=True),
        Fact(_("Kinds"), listed(map(str, meeting.kind_labels)), is_wide=True),
        Fact(_("For the year"), meeting.for_year),
        Fact(_("Time"), when(meeting)),
        Fact(_("Place"), meeting.place or meeting.online_link),
        Fact(_("Party group"), meeting.party_group),
        Fact(_("Chair"), meeting.chair),
        Fact(_("Recorder"), meeting.recorder),
        Fact(_("Attendance"), figures(rows).sentence, is_wide=True),
        Fact(
            _("On leave or absent"),
            listed(map(_missing, (row for row in rows if _is_missing(row)))),
            is_wide=True,
        ),
        Fact(_("Attending without vote"), listed(guests), is_wide=True),
    ]


def _came(guest: Guest) -> str:
    return guest.get_status_display() if guest.status else ""


def _is_missing(row: Attendance) -> bool:
    return row.status in {Attendance.Status.LEAVE, Attendance.Status.ABSENT}


def _missing(row: Attendance) -> str:
    return _with(row.member, row.get_leave_reason_display() or row.get_status_display())


def _with(name: object, what: object) -> str:
    return _("%(name)s (%(what)s)") % {"name": name, "what": what} if what else str(name)


def _item(number: int, entry: AgendaEntry, minutes: Minutes) -> Text:
    item = entry.item
    words = []
    if item.presenter:
        words.append(_("Presented by %(name)s.") % {"name": item.presenter})
    if item.notes:
        words.append(plain_text(item.notes))
    if entry.rows:
        words += _WORDS[entry.rows](minutes)
    papers = listed(paper.name for paper in item.materials.all())
    if papers:
        words.append(_("Papers: %(names)s") % {"names": papers})
    return Text(f"{number}. {item.title}", words)


def _topics(minutes: Minutes) -> list[str]:
    return [f"{topic.title} {topic.source}".strip() for topic in minutes.topics]


def _problems(minutes: Minutes) -> list[str]:
    return [_problem(number, problem) for number, problem in enumerate(minutes.problems, start=1)]


def _problem(number: int, problem: Problem) -> str:
    parts = [
        (_("Problem"), problem.description),
        (_("Root cause"), problem.cause),
        (pgettext("of rectification", "Measure"), problem.measure),
        (_("In charge"), problem.in_charge),
        (_("To be done by"), date_format(problem.due_on, "DATE_FORMAT") if problem.due_on else ""),
    ]
    told = [_("%(label)s: %(text)s") % {"label": label, "text": text} for label, text in parts if text]
    return f"({number}) " + "\n".join(told)


def _criticisms(minutes: Minutes) -> list[str]:
    return [
        _("%(label)s: %(text)s") % {"label": _speaker(criticism), "text": criticism.text}
        for criticism in minutes.criticisms
    ]


def _speaker(criticism: Criticism) -> str:
    if criticism.is_self_criticism:
        return _("%(name)s, self-criticism") % {"name": criticism.speaker}
    return _("%(name)s about %(about)s") % {"name": criticism.speaker, "about": criticism.about}


def _requirements(minutes: Minutes) -> list[str]:
    return [
        f"({number}) {requirement.title}" + (f"\n{requirement.text}" if requirement.text else "")
        for number, requirement in enumerate(minutes.requirements, start=1)
    ]


_WORDS = {
    "topics": _topics,
    "problems": _problems,
    "criticisms": _criticisms,
    "requirements": _requirements,
}
_HEADINGS = {
    "topics": lambda: _("Studied"),
    "problems": lambda: _("Problems, causes and measures"),
    "criticisms": lambda: _("Criticism and self-criticism"),
    "requirements": lambda: _("Requirements"),
}


def _attendance(meeting: Meeting) -> Table:
    rows = [
        [
            number,
            row.member,
            row.member.party_group,
            _("with vote") if row.has_vote else _("without vote"),
            row.get_status_display(),
            _remark(row),
        ]
        for number, row in enumerate(meeting.attendance_list, start=1)
    ]
    header = [_("No."), _("name"), _("Party group"), _("right to vote"), _("attendance"), _("remark")]
    return Table(header, rows, heading=_("Attendance list"), widths=[12, 30, 34, 24, 24, 32])


def _remark(row: Attendance) -> str:
    """The reason of a leave; when somebody came, and left before the end."""
    told = [f"{row.get_leave_reason_display()} {row.leave_note}".strip()]
    if row.arrived_at:
        text = _("late, came at %(time)s") if row.is_late else _("came at %(time)s")
        told.append(text % {"time": _clock(row.arrived_at)})
    if row.left_at:
        told.append(_("left early at %(time)s") % {"time": _clock(row.left_at)})
    return "\n".join(text for text in told if text)


def _clock(moment: datetime.datetime) -> str:
    return time_format(timezone.localtime(moment), "H:i")


def _signatures(minutes: Minutes) -> list[Signed]:
    """As given in the portal, each with its time; a line for the pen where one is missing, and then one for the date."""
    given = {each.capacity: _told(each) for each in minutes.signatures}
    lines = [
        Signed(_("Chair"), given.get(Signature.Capacity.CHAIR, "")),
        Signed(_("Recorder"), given.get(Signature.Capacity.RECORDER, "")),
    ]
    return lines if all(line.told for line in lines) else [*lines, Signed(_("Date"))]


def _told(signature: Signature) -> str:
    own, in_place = _("%(who)s, %(when)s"), _("%(who)s in place of %(whom)s (%(why)s), %(when)s")
    return (in_place if signature.in_place_because else own) % {
        "who": signature.signed_by,
        "whom": signature.signed_for,
        "why": signature.in_place_because,
        "when": _moment(signature.signed_at),
    }


def _standing(meeting: Meeting, minutes: Minutes) -> list[str]:
    """Whether these are drafts or signed off, under which fingerprint, and each correction since with its reason."""
    if not meeting.signed_off_at:
        return [_("Draft: these minutes count only once they are signed off.")]
    signed = _("Signed off by %(who)s on %(when)s") % {
        "who": meeting.signed_off_by,
        "when": _moment(meeting.signed_off_at),
    }
    first = next((each for each in minutes.signatures if each.fingerprint), None)
    told = [signed if first is None else f"{signed} {_fingerprint(first)}"]
    later = {each.correction_id: each for each in minutes.given if each.correction_id}
    for number, correction in enumerate(minutes.corrections, start=2):
        version = _version(number, correction)
        signature = later.get(correction.pk)
        told.append(f"{version} {_fingerprint(signature)}" if signature else version)
    return told


def _fingerprint(signature: Signature) -> str:
    return _("Fingerprint of the text: %(digits)s") % {"digits": signature.fingerprint}


def _version(number: int, correction: Correction) -> str:
    return _("Version %(number)d, corrected by %(who)s on %(when)s: %(reason)s") % {
        "number": number,
        "who": correction.made_by,
        "when": _moment(correction.made_at),
        "reason": correction.reason,
    }


def _moment(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
