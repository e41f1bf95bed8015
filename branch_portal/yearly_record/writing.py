"""The yearly record as a paper: the same description for the Word file and for the page to print."""

from __future__ import annotations

from collections.abc import Iterable

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branch_portal.documents.paper import HIDDEN, Fact, Facts, Paper, Table
from branch_portal.yearly_record.reading import Attended, Year
from meetings.kinds import MeetingKind
from meetings.models import Attendance
from members.models import BranchProfile, User
from members.permissions import Capability

_Status = Attendance.Status


def title(year: int) -> str:
    return _("Yearly management record of a Party member for %(year)d") % {"year": year}


def records(years: Iterable[Year], reader: User) -> list[Paper]:
    """A record each. Grades are for the person and for those who run appraisals; a group leader prints without."""
    branch, reads_all = str(BranchProfile.load()), reader.may(Capability.RUN_APPRAISALS)
    return [
        _record(year, branch, shows_grade=reads_all or year.member.pk == reader.member_id) for year in years
    ]


def _record(year: Year, branch: str, *, shows_grade: bool) -> Paper:
    return Paper(
        title(year.year),
        [
            Facts(_person(year, branch, _grade(year) if shows_grade else HIDDEN)),
            _events(year),
            _attendance(year),
            _courses(year),
            _awards(year),
            _times_away(year),
            _contacts(year),
            _letters(year),
        ],
        signatures=(_("Member"), _("Secretary"), _("Date")),
        note=_("From 1 January to 31 December %(year)d.") % {"year": year.year},
    )


def _person(year: Year, branch: str, grade: str) -> list[Fact]:
    posts = [f"{each} ({each.party_group})" if each.party_group else str(each) for each in year.positions]
    return [
        Fact(_("name"), year.member.name),
        Fact(_("Party branch"), branch),
        Fact(_("category"), year.stage),
        Fact(_("Party group"), ", ".join(year.groups)),
        Fact(_("Party posts"), ", ".join(posts), is_wide=True),
        Fact(_("Meetings attended"), _came(year.total)),
        Fact(_("Study hours"), _studied(year)),
        Fact(_("Grade of the democratic appraisal"), grade, is_wide=True),
    ]


def _came(attended: Attended) -> str:
    came = attended.count(_Status.PRESENT, _Status.ONLINE)
    return _("%(came)d of %(invited)d") % {"came": came, "invited": attended.invited}


def _studied(year: Year) -> str:
    hours = year.study.hours
    return _("%(total)s of %(target)s (courses %(courses)s, meetings %(meetings)s)") % {
        "total": floatformat(hours.total),
        "target": year.study.target,
        "courses": floatformat(hours.courses),
        "meetings": floatformat(hours.meetings),
    }


def _grade(year: Year) -> str:
    return year.participant.grade_in_words if year.participant else ""


def _events(year: Year) -> Table:
    rows = [
        (
            entry.on,
            f"{entry}: {entry.party_group or _('in no group')}" if entry.kind == "group" else entry,
            " ".join(filter(None, (entry.organization, entry.note))),
        )
        for entry in year.events
    ]
    return Table(
        (_("day"), _("what happened"), _("note")), rows, heading=_("Membership"), widths=(36, 60, 60)
    )


def _attendance(year: Year) -> Table:
    rows = [
        (
            MeetingKind(kind).label,
            each.invited,
            each.count(_Status.PRESENT),
            each.count(_Status.ONLINE),
            each.count(_Status.LEAVE),
            each.count(_Status.ABSENT),
        )
        for kind, each in year.attended.items()
    ]
    header = (_("kind"), _("invited"), _("present"), _("online"), _("on leave"), _("absent"))
    return Table(header, rows, heading=_("Meetings and activities"), widths=(66, 18, 18, 18, 18, 18))


def _courses(year: Year) -> Table:
    """Hours stand beside a course in the year in which they count: the one in which it ended."""
    rows = [
        (
            each.started_on,
            each.ended_on,
            each.title,
            each.organizer,
            each.hours
            if each.ended_on.year == year.year
            else _("in %(year)d") % {"year": each.ended_on.year},
        )
        for each in year.trainings
    ]
    header = (_("from"), _("until"), _("course"), _("organizer"), _("study hours"))
    return Table(header, rows, heading=_("Courses"), widths=(32, 32, 42, 30, 20))


def _awards(year: Year) -> Table:
    rows = [(each.on, each.title, each.get_level_display(), each.given_by) for each in year.awards]
    header = (_("day"), _("award"), _("level"), _("given by"))
    return Table(header, rows, heading=_("Awards"), widths=(34, 56, 30, 36))


def _times_away(year: Year) -> Table:
    rows = [
        (
            each.since,
            each.until,
            each.place,
            each.get_reason_display(),
            each.host_branch,
            each.contact_person,
        )
        for each in year.periods
    ]
    header = (_("away since"), _("back on"), _("place"), _("reason"), _("host branch"), _("contact person"))
    return Table(header, rows, heading=_("Times away"), widths=(28, 28, 28, 26, 24, 22))


def _contacts(year: Year) -> Table:
    """That there was contact, not what was said."""
    rows = [
        (each.on, each.get_way_display(), _("yes") if each.was_reached else _("no"))
        for period in year.periods
        for each in period.contacts_of_year
    ]
    header = (_("day"), _("by"), pgettext("contact", "reached"))
    return Table(header, rows, heading=_("Contacts while away"), widths=(52, 52, 52))


def _letters(year: Year) -> Table:
    rows = [
        (
            each.get_direction_display(),
            each.other_branch,
            each.letter_number,
            each.issued_on,
            each.get_state_display(),
            each.decided_on,
        )
        for each in year.letters
    ]
    header = (_("direction"), _("other branch"), _("number"), _("issued on"), _("state"), _("decided on"))
    return Table(header, rows, heading=_("Letters of introduction"), widths=(26, 34, 22, 28, 20, 26))
