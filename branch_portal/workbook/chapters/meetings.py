"""The chapters of meetings: an overview of every meeting of the kind, then the signed minutes of those that stand here."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from branch_portal.documents.paper import Blank, Paper, Table, Text
from branch_portal.workbook.meetings import Told
from branch_portal.workbook.occasion import Occasion
from branch_portal.workbook.quoting import quoted
from meetings.kinds import MeetingKind

_Kind = MeetingKind


def members_meetings(occasion: Occasion) -> Paper:
    return _chapter(_("Members' meetings"), occasion, _Kind.MEMBERS_MEETING)


def committee_meetings(occasion: Occasion) -> Paper:
    return _chapter(_("Committee meetings"), occasion, _Kind.COMMITTEE_MEETING)


def group_meetings(occasion: Occasion) -> Paper:
    return _chapter(_("Group meetings"), occasion, _Kind.GROUP_MEETING)


def lessons(occasion: Occasion) -> Paper:
    return _chapter(_("Party lessons"), occasion, _Kind.PARTY_LESSON)


def theme_days(occasion: Occasion) -> Paper:
    return _chapter(_("Theme Party days"), occasion, _Kind.THEME_PARTY_DAY)


def life_meeting(occasion: Occasion) -> Paper:
    """Criticism and what concerns single members is not in the book."""
    words = _("Criticism and self-criticism, and problems of single members, stand in the minutes alone.")
    return _chapter(_("Organizational life meeting"), occasion, _Kind.LIFE_MEETING, note=words)


def volunteer_work(occasion: Occasion) -> Paper:
    """Public service and other activities from the records; the hours of single people are not kept."""
    blank = Blank(
        _("Volunteer work of single members"),
        _("Volunteer hours are not kept in the portal. The publicity commissioner enters them."),
        header=(_("day"), _("what was done"), _("who took part"), _("hours")),
        labels=[""] * 6,
        widths=(28, 64, 44, 20),
    )
    paper = _chapter(_("Volunteer work"), occasion, _Kind.PUBLIC_SERVICE, _Kind.OTHER)
    return Paper(paper.title, [*paper.parts, blank], note=paper.note)


def parts_of(occasion: Occasion, *kinds: str) -> list:
    """Overview, names of what is not signed, and the quoted minutes of these kinds."""
    found = occasion.meetings.of_kinds(*kinds)
    numbers = {told.meeting.pk: number for number, told in enumerate(found, start=1)}
    parts: list = [_overview(found, kinds)]
    if unsigned := [told for told in found if told.is_held and not told.is_signed]:
        names = [
            _("%(title)s (%(day)s)") % {"title": told.meeting.title, "day": told.day.isoformat()}
            for told in unsigned
        ]
        parts.append(Text(_("Held, but the minutes are not signed: not quoted"), names))
    for told in found:
        if told.is_signed and told.home in kinds:
            parts += quoted(numbers[told.meeting.pk], told)
    return parts


def _chapter(title: str, occasion: Occasion, *kinds: str, note: str = "") -> Paper:
    held = [told for told in occasion.meetings.of_kinds(*kinds) if told.is_held]
    signed = sum(told.is_signed for told in held)
    counted = [
        _("Held for the year: %(held)d; minutes signed: %(signed)d.") % {"held": len(held), "signed": signed}
    ]
    if asked := [row for row in occasion.duties.rows if row.kind in kinds and row.asked]:
        numbers = {"asked": sum(row.asked for row in asked), "kept": sum(row.kept for row in asked)}
        counted.append(_("Asked for: %(asked)d, kept: %(kept)d.") % numbers)
    return Paper(title, [Text("", counted), *parts_of(occasion, *kinds)], note=note)


def _overview(found: Sequence[Told], kinds: Sequence[str]) -> Table:
    rows = [
        (
            number,
            told.day,
            f"{told.meeting.title}\n{told.meeting.party_group or ''}".strip(),
            f"{told.figures.came}/{told.figures.invited}" if told.is_held else "–",
            _record(told, kinds),
        )
        for number, told in enumerate(found, start=1)
    ]
    header = (_("No."), _("day"), _("title"), _("present/invited"), _("minutes"))
    return Table(header, rows, widths=(14, 30, 62, 22, 28))


def _record(told: Told, kinds: Sequence[str]) -> str:
    if not told.is_held:
        return str(told.meeting.get_state_display())
    if not told.is_signed:
        return _("not signed")
    if told.home in kinds:
        return _("signed, see below")
    return _("signed, see “%(kind)s”") % {"kind": MeetingKind(told.home).label}
