"""The ledger and the tasks into the database, step by step through the portal's own actions, each at its own time."""

from __future__ import annotations

import datetime

from django.utils import timezone

from branch_portal.sample import papers, reference_meeting
from branch_portal.sample import rectification as told
from branch_portal.sample.days import working_day
from branch_portal.sample.load_people import Cast
from branch_portal.sample.stored_files import StoredFiles
from meetings.models import Meeting, Problem
from meetings.rectification import actions
from meetings.rectification.models import Evidence, LedgerEntry, Task
from meetings.rectification.states import Level
from members.models import User

_A_WEEK, _A_MONTH = datetime.timedelta(days=7), datetime.timedelta(days=30)


class Ledger:
    """``now`` is aware: nothing of what is told has happened after it."""

    def __init__(self, cast: Cast, files: StoredFiles, now: datetime.datetime, *, reference: Meeting) -> None:
        self.cast, self.files, self.now, self.today = cast, files, now, timezone.localdate(now)
        self.reference = reference

    def by(self, name: str) -> User:
        return self.cast.accounts[name]

    def at(self, day: datetime.date) -> datetime.datetime:
        """Four in the afternoon, or now if that is still to come."""
        moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(16)))
        return min(moment, self.now)

    def day(self, days: int) -> datetime.date:
        return working_day(self.today, days)

    # --- from life meetings
    def enter_problems(self, meeting: Meeting, problems: list[Problem]) -> None:
        """The branch's own by the organization commissioner, those of single members by the secretary."""
        held = timezone.localdate(meeting.starts_at)
        for number, problem in enumerate(problems, start=1):
            keeper = told.SECRETARY if problem.level == Level.MEMBER else told.KEEPER
            entry = LedgerEntry(
                problem_row=problem.pk,
                level=problem.level,
                problem=problem.description,
                cause=problem.cause,
                measure=problem.measure,
                leader=None if problem.level == Level.MEMBER else self.cast.members[told.SECRETARY],
                in_charge=problem.in_charge,
                started_on=held,
                due_on=problem.due_on,
            )
            if entry.leader == entry.in_charge:
                entry.leader = None
            actions.enter_problems(meeting, [entry], by=self.by(keeper), at=self.at(held + _A_WEEK))
            self._rectify(entry, number if meeting.pk == self.reference.pk else 0)

    def _rectify(self, entry: LedgerEntry, of_reference: int) -> None:
        """What was due more than a month ago is closed; what is not is being worked on."""
        owner = self.by(entry.in_charge.name)
        begun = entry.started_on + _A_MONTH
        if begun > self.today:
            return
        actions.note_progress(entry, told.PROGRESS, by=owner, at=self.at(begun))
        if of_reference == told.LONG_TERM_PROBLEM:
            checker = self.by(told.COMMISSIONER)
            actions.keep_up_for_long(entry, told.LONG_TERM_REASON, by=checker, at=self.at(begun + _A_MONTH))
            return
        due = entry.due_on
        if of_reference == told.EXTENDED_PROBLEM:
            due = datetime.date(due.year, 12, 31)
            actions.extend(
                entry, due, told.EXTENSION_REASON, by=self.by(told.KEEPER), at=self.at(entry.due_on)
            )
        if due + _A_MONTH < self.today:
            self._close(entry, due, is_returned_first=of_reference == told.EXTENDED_PROBLEM)

    def _close(self, entry: LedgerEntry, due: datetime.date, *, is_returned_first: bool) -> None:
        owner, secretary = self.by(entry.in_charge.name), self.by(told.SECRETARY)
        checker = secretary if owner != secretary else self.by(told.COMMISSIONER)
        if is_returned_first:
            actions.claim(entry, told.CLAIM, by=owner, at=self.at(due - _A_MONTH))
            actions.send_back(entry, told.RETURN_REASON, by=checker, at=self.at(due - _A_WEEK * 3))
            actions.note_progress(entry, told.PROGRESS, by=owner, at=self.at(due - _A_WEEK * 2))
        self._prove(entry, told.EVIDENCE, owner, due - _A_WEEK, with_paper=entry.level == Level.MEMBER)
        actions.claim(entry, told.CLAIM, by=owner, at=self.at(due - _A_WEEK))
        actions.close(entry, told.OPINION, by=checker, at=self.at(due))

    def _prove(
        self, entry: LedgerEntry, text: str, by: User, day: datetime.date, *, with_paper: bool = False
    ) -> None:
        document = papers.document(told.PROOF) if with_paper else None
        evidence = actions.add_evidence(Evidence(entry=entry, text=text), document, by=by, at=self.at(day))
        self.files.also(evidence.file)

    # --- by hand
    def enter_told(self) -> None:
        made: list[LedgerEntry] = []
        for said in told.ENTRIES:
            entry = LedgerEntry(
                year=self.today.year,
                level=said.level,
                source=said.source,
                problem=said.problem,
                cause=said.cause,
                measure=said.measure,
                leader=self.cast.members[said.leader] if said.leader else None,
                in_charge=self.cast.members[said.in_charge],
                started_on=self.day(said.begun),
                due_on=self.day(said.due),
            )
            keeper = self.by(told.SECRETARY if said.level == Level.MEMBER else told.KEEPER)
            at = self.at(entry.started_on)
            if said.recurs_from is None:
                actions.enter(entry, by=keeper, at=at)
            else:
                actions.enter_again(made[said.recurs_from], entry, by=keeper, at=at)
            for doing in said.steps:
                self._do(entry, doing)
            made.append(entry)

    def _do(self, entry: LedgerEntry, doing: told.Doing) -> None:
        by, day = self.by(doing.by), self.day(doing.days)
        if doing.act == "evidence":
            self._prove(entry, doing.words, by, day)
        elif doing.act == "extend":
            actions.extend(entry, self.day(doing.due), doing.words, by=by, at=self.at(day))
        else:
            verbs = {
                "note": actions.note_progress,
                "claim": actions.claim,
                "return": actions.send_back,
                "close": actions.close,
            }
            verbs[doing.act](entry, doing.words, by=by, at=self.at(day))

    # --- tasks
    def make_tasks(self, meetings: dict[str, Meeting]) -> None:
        secretary = self.by(told.SECRETARY)
        for said in told.ERRANDS:
            meeting = meetings[said.meeting]
            source = list(meeting.requirements.all())[said.requirement - 1] if said.requirement else None
            task = Task(
                text=said.text,
                detail=source.text if source else "",
                source_row=source.pk if source else None,
                owner=self.cast.members[said.owner],
                due_on=self.day(said.due),
            )
            actions.make_task(meeting, task, by=self.by(told.KEEPER))
            if said.report:
                actions.report_task(task, said.report, by=self.by(said.owner), on=self.day(min(said.due, -1)))
            if said.is_confirmed:
                actions.confirm_task(task, by=secretary)
            if said.dropped:
                actions.drop_task(task, said.dropped, by=secretary)


def load_rectification(
    meetings: dict[str, Meeting], *, cast: Cast, files: StoredFiles, now: datetime.datetime
) -> None:
    """The problems of all signed life meetings but the last one of the latest, so that the way into the ledger is seen."""
    ledger = Ledger(cast, files, now, reference=meetings[reference_meeting.KEY])
    held = (
        Meeting.objects.of_kind("life_meeting").filter(state=Meeting.State.SIGNED_OFF).order_by("starts_at")
    )
    with_problems = [
        (meeting, found) for meeting in held if (found := list(meeting.problems.select_related("in_charge")))
    ]
    for meeting, problems in with_problems:
        is_latest = meeting == with_problems[-1][0]
        ledger.enter_problems(meeting, problems[:-1] if is_latest else problems)
    ledger.enter_told()
    ledger.make_tasks(meetings)
