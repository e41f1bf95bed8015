"""The figures of a year. The number of queries does not depend on how much happened in it."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from appraisals.models import Round
from branch_portal.news.models import Report
from branch_portal.statistics.attendance import Presence
from branch_portal.statistics.study import StudyHours, study_hours, targets
from branch_portal.workbook.figures.shapes import FigureTable
from branch_portal.workbook.grades import grades_announced
from branch_portal.workbook.occasion import Occasion
from meetings.decisions.models import Decision
from meetings.duties.vocabulary import DUTY_LABELS
from meetings.kinds import MeetingKind
from meetings.models import Attendance, Meeting
from meetings.rectification.models import LedgerEntry, Task
from meetings.rectification.states import Level, State, TaskState
from members.models import TimelineEntry

_Status, _Reason = Attendance.Status, Attendance.LeaveReason
_Kind = TimelineEntry.Kind


def figures_of(occasion: Occasion) -> list[FigureTable]:
    """All tables, in the order of the report."""
    by_meeting = _presences(occasion.year)
    return [
        _meetings(occasion, by_meeting),
        _duties(occasion),
        _attendance(by_meeting),
        _decisions(occasion.year),
        _ledger(occasion),
        _tasks(occasion),
        _study(occasion),
        _membership(occasion),
        _grades(occasion.year),
        _news(occasion.year),
    ]


def _presences(year: int) -> dict[int, tuple[list[str], bool, Presence]]:
    """Every meeting held for the year: its kinds, whether its minutes are signed, and who came."""
    cared_for = Q(attendances__leave_reason=_Reason.CARED_FOR)
    on_leave = Q(attendances__status=_Status.LEAVE)
    rows = (
        Meeting.objects.held()
        .for_year(year)
        .order_by()
        .annotate(
            came=Count("attendances", filter=Q(attendances__status__in=[_Status.PRESENT, _Status.ONLINE])),
            leave=Count("attendances", filter=on_leave & ~cared_for),
            absent=Count("attendances", filter=Q(attendances__status=_Status.ABSENT)),
            cared_for=Count("attendances", filter=on_leave & cared_for),
        )
        .values_list("pk", "kinds", "state", "came", "leave", "absent", "cared_for")
    )
    signed = Meeting.State.SIGNED_OFF
    return {pk: (kinds, state == signed, Presence(*numbers)) for pk, kinds, state, *numbers in rows}


def _together(presences) -> Presence:
    numbers = [(each.came, each.leave, each.absent, each.cared_for) for each in presences]
    return Presence(*map(sum, zip(*numbers, strict=True))) if numbers else Presence()


def _percent(presence: Presence) -> str:
    return "–" if presence.percent is None else f"{presence.percent} %"


def _meetings(occasion: Occasion, by_meeting) -> FigureTable:
    rows, bars = [], []
    for kind in MeetingKind:
        of_kind = [each for each in by_meeting.values() if kind in each[0]]
        if not of_kind and kind not in {row.kind for row in occasion.duties.rows}:
            continue
        signed = sum(is_signed for _kinds, is_signed, _presence in of_kind)
        presence = _together(presence for _kinds, _signed, presence in of_kind)
        rows.append((capfirst(str(kind.label)), len(of_kind), signed, _percent(presence)))
        bars.append((rows[-1][0], len(of_kind)))
    return FigureTable(
        "meetings",
        _("Meetings held, by kind"),
        (
            _("kind"),
            pgettext("meetings", "held"),
            _("minutes signed"),
            pgettext("rate", "Attendance"),
        ),
        rows,
        bars,
        note=_(
            "%(number)d meetings in all. One that counts for several kinds stands in the line of each; "
            "cancelled ones are not counted."
        )
        % {"number": len(by_meeting)},
    )


def _duties(occasion: Occasion) -> FigureTable:
    """All groups together: so many asked for, so many kept."""
    asked, kept = Counter(), Counter()
    for row in occasion.duties.rows:
        asked[row.kind] += row.asked
        kept[row.kind] += row.kept
    kinds = [kind for kind in DUTY_LABELS if asked[kind]]
    rows = [
        (
            capfirst(str(DUTY_LABELS[kind])),
            asked[kind],
            kept[kind],
            f"{100 * kept[kind] // asked[kind]} %",
        )
        for kind in kinds
    ]
    return FigureTable(
        "duties",
        _("Duties kept"),
        (_("duty"), pgettext("duties", "asked for"), pgettext("duties", "kept"), _("share")),
        rows,
        [(row[0], 100 * row[2] // row[1]) for row in rows],
        full=100,
        unit=" %",
        note=_("As the duty calendar counts them; what is still to come is asked for, too."),
    )


def _attendance(by_meeting) -> FigureTable:
    all_of = _together(presence for _kinds, _signed, presence in by_meeting.values())
    counts = [
        (_("came, here or online"), all_of.came),
        (_("on leave"), all_of.leave),
        (_("absent"), all_of.absent),
        (_("excused and cared for, not counted"), all_of.cared_for),
    ]
    return _simple(
        "attendance",
        _("Attendance at all meetings"),
        [(capfirst(label), number) for label, number in counts],
        second=_("times"),
        note=_("Attendance over all: %(percent)s.") % {"percent": _percent(all_of)},
    )


def _decisions(year: int) -> FigureTable:
    """Of meetings for the year, whatever became of the decisions since."""
    valid = Decision.State.valid()
    found = Decision.objects.filter(meeting__for_year=year).aggregate(
        voted=Count("pk", filter=Q(due__isnull=False)),
        passed=Count("pk", filter=Q(state__in=valid)),
        rejected=Count("pk", filter=Q(state=Decision.State.REJECTED)),
        deferred=Count("pk", filter=Q(state=Decision.State.DEFERRED)),
        important=Count("pk", filter=Q(state__in=valid, category__isnull=False)),
        finished=Count("pk", filter=Q(state__in=[Decision.State.COMPLETED, Decision.State.CHECKED])),
    )
    return _simple(
        "decisions",
        _("Decisions"),
        [
            (_("Put to the vote"), found["voted"]),
            (_("Passed"), found["passed"]),
            (_("Of these under Three Importants and One Large"), found["important"]),
            (_("Of these carried out"), found["finished"]),
            (_("Not passed"), found["rejected"]),
            (_("Deferred"), found["deferred"]),
        ],
    )


def _ledger(occasion: Occasion) -> FigureTable:
    """The branch's entries. Those of single members are in no figure: nobody else knows of them (R-8.4)."""
    entries = LedgerEntry.objects.filter(year=occasion.year, level=Level.COMMITTEE)
    closed = Q(state=State.CLOSED)
    in_time = Q(due_on=None) | Q(claimed_on__lte=F("due_on"))
    overdue = entries.overdue_on(occasion.today).values("pk")
    found = entries.aggregate(
        found=Count("pk"),
        in_time=Count("pk", filter=closed & in_time),
        late=Count("pk", filter=closed & ~in_time),
        long_term=Count("pk", filter=Q(state=State.LONG_TERM)),
        overdue=Count("pk", filter=Q(pk__in=overdue)),
        open=Count("pk", filter=~closed),
    )
    return _simple(
        "ledger",
        _("Rectification ledger"),
        [
            (_("Problems entered"), found["found"]),
            (_("Closed, done in time"), found["in_time"]),
            (_("Closed, done late"), found["late"]),
            (_("Not closed yet"), found["open"]),
            (_("Of these overdue today"), found["overdue"]),
            (_("Of these kept up for long"), found["long_term"]),
        ],
        note=_("Entries of single members are not counted."),
    )


def _tasks(occasion: Occasion) -> FigureTable:
    tasks = Task.objects.filter(meeting__for_year=occasion.year)
    overdue = tasks.overdue_on(occasion.today).values("pk")
    found = tasks.aggregate(
        made=Count("pk", filter=~Q(state=TaskState.DROPPED)),
        done=Count("pk", filter=Q(state=TaskState.DONE)),
        reported=Count("pk", filter=Q(state=TaskState.REPORTED)),
        open=Count("pk", filter=Q(state=TaskState.OPEN)),
        overdue=Count("pk", filter=Q(pk__in=overdue)),
    )
    return _simple(
        "tasks",
        _("Tasks from meetings"),
        [
            (_("Given"), found["made"]),
            (_("Done"), found["done"]),
            (_("Reported as done, to be confirmed"), found["reported"]),
            (_("To do"), found["open"]),
            (_("Of these overdue today"), found["overdue"]),
        ],
    )


def _study(occasion: Occasion) -> FigureTable:
    people = [person.member for person in occasion.members]
    hours, asked = study_hours(people, occasion.year), targets(occasion.year)
    totals = {person.pk: hours.get(person.pk, StudyHours()).total for person in people}
    reached = sum(total >= asked.of(pk) for pk, total in totals.items())
    in_all = round(sum(totals.values()), 1)
    average = round(in_all / len(people), 1) if people else 0
    return FigureTable(
        "study",
        _("Study"),
        (_("figure"), pgettext("a count", "number")),
        [
            (_("Members"), len(people)),
            (_("Study hours in all"), f"{in_all:g}"),
            (_("Study hours of a member on average"), f"{average:g}"),
            (_("Members who have the hours asked for"), reached),
            (_("Members who have fewer"), len(people) - reached),
        ],
        [
            (_("Members who have the hours asked for"), reached),
            (_("Members who have fewer"), len(people) - reached),
        ],
        note=_("Asked for: %(member)d hours of a member, %(committee)d of the committee.")
        % {"member": asked.member, "committee": asked.committee},
    )


def _membership(occasion: Occasion) -> FigureTable:
    """Events in the calendar year, up to today."""
    kinds = (
        _Kind.APPLIED,
        _Kind.ACTIVIST,
        _Kind.TARGET,
        _Kind.ADMITTED,
        _Kind.CONFIRMED,
        _Kind.MOVED_IN,
        _Kind.MOVED_OUT,
    )
    entries = TimelineEntry.objects.filter(
        kind__in=kinds, on__range=(occasion.first_day, occasion.as_of)
    ).order_by()
    counts = dict(entries.values_list("kind").annotate(Count("pk")))
    rows = [(capfirst(str(kind.label)), counts.get(kind, 0)) for kind in kinds]
    return _simple("membership", _("Admissions and moves"), rows, second=_("people"))


def _grades(year: int) -> FigureTable:
    """As announced to the branch, in numbers alone."""
    round = Round.objects.filter(year=year).first()
    counts, _named = grades_announced(round) if round else ([], [])
    rows = [(capfirst(label), number) for label, number in counts]
    note = "" if rows else _("No numbers of grades are announced for the year.")
    return _simple("grades", _("Grades of the democratic appraisal"), rows, second=_("people"), note=note)


def _news(year: int) -> FigureTable:
    reports = Report.objects.published().filter(published_at__year=year)
    found = reports.aggregate(
        all=Count("pk"),
        chinese=Count("pk", filter=~Q(title_zh="")),
        english=Count("pk", filter=~Q(title_en="")),
    )
    return _simple(
        "news",
        _("News published"),
        [
            (_("Reports"), found["all"]),
            (_("Of these in Chinese"), found["chinese"]),
            (_("Of these in English"), found["english"]),
        ],
    )


def _simple(
    key: str, title: str, rows: list[tuple[str, int]], *, second: str = "", note: str = ""
) -> FigureTable:
    return FigureTable(
        key,
        title,
        (_("figure"), second or pgettext("a count", "number")),
        rows,
        rows,
        note=note,
    )
