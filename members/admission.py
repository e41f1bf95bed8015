"""How far a person has come on the way into the Party: pure rules over the timeline and the papers (handbook 4).

The portal states steps, dates and missing papers. It never decides, and it keeps nobody from entering an event (R-4.5).
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members import admission_rules as rules
from members.admission_rules import Paper, Rule, Step, Version, version_on
from members.timeline import add_months, probation_ends_on

NEAR = datetime.timedelta(days=30)

_EVENTS = {
    Step.APPLICATION: "applied",
    Step.ACTIVIST: "activist",
    Step.TARGET: "target",
    Step.ADMISSION: "admitted",
    Step.CONFIRMATION: "confirmed",
}
# After these a new application begins a new case; who moves takes the case along.
_ENDS = {"cancelled", "withdrawn", "removed"}
_ORDER = list(Step)


class State(StrEnum):
    """What the records tell of a step."""

    DONE = "done"
    PASSED = "passed"  # nothing tells of it, but something that comes later has happened
    NEXT = "next"
    MISSING = "missing"  # due by now, and the file holds no paper of it
    OVERDUE = "overdue"
    CHECK = "check"  # leaves no trace in the records: somebody looks it up
    LATER = "later"


@dataclass(frozen=True)
class Line:
    """One step of a case. Dates are None where the rules give none, or where the day they count from is unknown."""

    rule: Rule
    version: Version
    state: State
    done_on: datetime.date | None = None
    earliest_on: datetime.date | None = None
    due_on: datetime.date | None = None
    at_most_on: datetime.date | None = None

    @property
    def step(self) -> Step:
        return self.rule.step

    def is_urgent_on(self, day: datetime.date) -> bool:
        """Overdue, or due within a month. What leaves no trace is urgent only up to its day."""
        if self.state == State.OVERDUE:
            return True
        if self.due_on is None or self.state not in {State.NEXT, State.MISSING, State.CHECK}:
            return False
        return day >= self.due_on - NEAR and (self.state != State.CHECK or day <= self.due_on)


@dataclass(frozen=True)
class Case:
    """All steps of one person, and what does not fit the rules, in sentences."""

    lines: tuple[Line, ...]
    warnings: tuple[str, ...]

    @property
    def next_line(self) -> Line | None:
        """The next event of the timeline; None when the way is at its end."""
        return next(
            (
                line
                for line in self.lines
                if line.step in _EVENTS and line.state in {State.NEXT, State.OVERDUE}
            ),
            None,
        )

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.state == State.MISSING]

    def urgent_on(self, day: datetime.date) -> list[Line]:
        return [line for line in self.lines if line.is_urgent_on(day)]


@dataclass(frozen=True)
class Facts:
    """What the records hold of one person. ``papers``: the kinds in the file; None while nobody knows them."""

    entries: Sequence
    born: datetime.date | None = None
    has_introducers: bool = False
    courses: Sequence = ()
    papers: Collection[str] | None = None


def case_of(facts: Facts, today: datetime.date) -> Case:
    """Entries need ``kind``, ``on`` and ``until``; courses ``started_on``, ``ended_on`` and ``hours``."""
    entries = _of_this_case(facts.entries, today)
    return Case(_Walk(facts, entries, today).lines(), tuple(_warnings(facts, entries)))


def notice_ends_on(
    starts_on: datetime.date, *, days_off: Collection[datetime.date] = (), worked: Collection = ()
) -> datetime.date:
    """The last of five working days, the first included. ``days_off``: holidays; ``worked``: weekend days worked for them."""
    day, counted = starts_on, 0
    while True:
        counted += day in worked or (day.isoweekday() <= 5 and day not in days_off)
        if counted == rules.NOTICE_WORKING_DAYS:
            return day
        day += datetime.timedelta(days=1)


def is_trained(courses: Sequence, since: datetime.date | None) -> bool:
    """Three days or 24 hours in courses that began since then; either is enough."""
    counted = [course for course in courses if since is None or course.started_on >= since]
    days = sum((course.ended_on - course.started_on).days + 1 for course in counted)
    return days >= rules.TRAINING_DAYS or sum(course.hours for course in counted) >= rules.TRAINING_HOURS


def probation_end(entries: Sequence) -> datetime.date | None:
    """The last day of the probation as the timeline has it now; None for who was never admitted."""
    admitted = _last(entries, "admitted")
    if admitted is None:
        return None
    extended = [entry for entry in entries if entry.kind == "extended" and entry.on >= admitted]
    return probation_ends_on(admitted, max((entry.until for entry in extended), default=None))


def _of_this_case(entries: Sequence, today: datetime.date) -> list:
    happened = [entry for entry in entries if entry.on <= today]
    ended = max((entry.on for entry in happened if entry.kind in _ENDS), default=datetime.date.min)
    return [entry for entry in happened if entry.on > ended]


def _last(entries: Sequence, kind: str) -> datetime.date | None:
    return max((entry.on for entry in entries if entry.kind == kind), default=None)


class _Walk:
    """One walk along the steps of one case."""

    def __init__(self, facts: Facts, entries: Sequence, today: datetime.date) -> None:
        self.facts, self.entries, self.today = facts, entries, today
        self.days = {step: _last(entries, kind) for step, kind in _EVENTS.items()}
        reached = [step for step, day in self.days.items() if day]
        # An event that is in the timeline carries those before it, entered or not.
        self.reached = max(map(_ORDER.index, reached), default=-1)
        self.probation_end = probation_end(entries)

    def lines(self) -> tuple[Line, ...]:
        lines = []
        for step in Step:
            version = version_on(self._day_of(step))
            if rule := version.rule(step):
                lines.append(self._line(rule, version))
        return tuple(lines)

    def _day_of(self, step: Step) -> datetime.date:
        """The day whose rules hold: of the step itself, else of the event by which it was done, else today."""
        later = [each for each in _EVENTS if _ORDER.index(each) >= _ORDER.index(step)]
        return next((self.days[each] for each in later if self.days[each]), self.today)

    def _line(self, rule: Rule, version: Version) -> Line:
        dates = self._dates(rule)
        if rule.step in _EVENTS:
            state = self._state_of_event(rule.step, dates["due_on"])
        elif self._leaves_a_trace(rule.step):
            state = self._state_of_paper(rule.step, dates["due_on"])
        else:
            state = self._state_of_the_untraced(rule.step)
        if state in {State.DONE, State.PASSED}:
            dates = {}
        return Line(rule, version, state, done_on=self.days.get(rule.step), **dates)

    def _dates(self, rule: Rule) -> dict[str, datetime.date | None]:
        if rule.step == Step.PROBATION_REQUEST:
            return {"earliest_on": None, "due_on": self.probation_end, "at_most_on": None}
        if rule.step == Step.CONFIRMATION:
            return {"earliest_on": self.probation_end, "due_on": self.probation_end, "at_most_on": None}
        start = self.days.get(rule.after) if rule.after else None

        def after(months: int | None) -> datetime.date | None:
            return add_months(start, months) if start and months else None

        due_on = self._next_round(start, rule.again_months) if rule.again_months else after(rule.due_months)
        return {
            "earliest_on": after(rule.earliest_months),
            "due_on": due_on,
            "at_most_on": after(rule.at_most_months),
        }

    def _next_round(self, start: datetime.date | None, months: int) -> datetime.date | None:
        """The next day of a review that comes again and again."""
        if start is None:
            return None
        number = 1
        while add_months(start, number * months) < self.today:
            number += 1
        return add_months(start, number * months)

    def _state_of_event(self, step: Step, due_on: datetime.date | None) -> State:
        place = _ORDER.index(step)
        if place <= self.reached:
            return State.DONE if self.days[step] else State.PASSED
        following = min(each for each in map(_ORDER.index, _EVENTS) if each > self.reached)
        if place != following:
            return State.LATER
        return State.OVERDUE if due_on and self.today > due_on else State.NEXT

    def _leaves_a_trace(self, step: Step) -> bool:
        if step == Step.INTRODUCERS:
            return True
        if step == Step.TRAINING and is_trained(self.facts.courses, self.days[Step.ACTIVIST]):
            return True
        knows_papers = self.facts.papers is not None
        return knows_papers and step in {Step.POLITICAL_REVIEW, Step.TRAINING, Step.PROBATION_REQUEST}

    def _state_of_paper(self, step: Step, due_on: datetime.date | None) -> State:
        if self._is_there(step):
            return State.DONE
        if not self._has_begun(step):
            return State.LATER
        return State.OVERDUE if due_on and self.today > due_on else State.MISSING

    def _is_there(self, step: Step) -> bool:
        if step == Step.INTRODUCERS:
            return self.facts.has_introducers
        if step == Step.TRAINING and is_trained(self.facts.courses, self.days[Step.ACTIVIST]):
            return True
        paper = version_on(self.today).rule(step).needs
        return paper in (self.facts.papers or ())

    def _has_begun(self, step: Step) -> bool:
        """The event before it has happened."""
        earlier = [_ORDER.index(each) for each in _EVENTS if _ORDER.index(each) < _ORDER.index(step)]
        return max(earlier, default=-1) <= self.reached

    def _state_of_the_untraced(self, step: Step) -> State:
        if not self._has_begun(step):
            return State.LATER
        later_events = [_ORDER.index(each) for each in _EVENTS if _ORDER.index(each) > _ORDER.index(step)]
        return State.PASSED if later_events and min(later_events) <= self.reached else State.CHECK


def papers_missing(facts: Facts, case: Case) -> list[Paper]:
    """Papers of steps up to the next one that the file does not hold; [] while nobody knows the file."""
    if facts.papers is None:
        return []
    begun = set(State) - {State.CHECK, State.LATER}
    found = [line.rule.needs for line in case.lines if line.rule.needs and line.state in begun]
    trained = any(line.step == Step.TRAINING and line.state == State.DONE for line in case.lines)
    return [
        paper for paper in found if paper not in facts.papers and not (paper == Paper.TRAINING and trained)
    ]


def _warnings(facts: Facts, entries: Sequence) -> list[str]:
    """What was entered and does not fit the rules; it stands all the same."""
    days = {kind: _last(entries, kind) for kind in ("applied", "activist", "target", "admitted", "confirmed")}
    found = []
    if facts.born and days["applied"] and days["applied"] < add_months(facts.born, 12 * rules.OF_AGE_YEARS):
        found.append(_("The application was made before the age of 18."))
    if days["activist"] and days["target"]:
        rule = version_on(days["target"]).rule(Step.TARGET)
        earliest = add_months(days["activist"], rule.earliest_months)
        if days["target"] < earliest:
            found.append(
                _("Recognised as development target before the year as activist was over (%(day)s).")
                % {"day": date_format(earliest, "DATE_FORMAT")}
            )
    return found + _warnings_of_probation(entries, days)


def _warnings_of_probation(entries: Sequence, days: dict[str, datetime.date | None]) -> list[str]:
    admitted, confirmed = days["admitted"], days["confirmed"]
    if admitted is None:
        return []
    found = []
    extensions = [entry for entry in entries if entry.kind == "extended" and entry.on >= admitted]
    first_end = add_months(admitted, rules.PROBATION_MONTHS)
    if len(extensions) > 1:
        found.append(_("The probation was extended more than once; the rules know one extension."))
    shortest, longest = (add_months(first_end, months) for months in rules.EXTENSION_MONTHS)
    if any(not shortest <= entry.until <= longest for entry in extensions):
        found.append(
            _("An extension lasts 6 to 12 months: from %(first)s at the earliest to %(last)s at the latest.")
            % {"first": date_format(shortest, "DATE_FORMAT"), "last": date_format(longest, "DATE_FORMAT")}
        )
    end = probation_end(entries)
    if confirmed and confirmed >= admitted and confirmed < end:
        found.append(
            _("Confirmed before the probation ended on %(day)s.") % {"day": date_format(end, "DATE_FORMAT")}
        )
    return found
