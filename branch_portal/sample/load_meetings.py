"""The meetings and their records into the database, each through its states, at its own time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import pghistory
from django.utils import timezone

from branch_portal.richtext.sanitise import sanitise
from branch_portal.sample import papers, records
from branch_portal.sample.load_people import Cast
from branch_portal.sample.load_signatures import change_after_signing, sign_as_chair, sign_as_recorder
from branch_portal.sample.people import SECRETARY
from branch_portal.sample.present_meetings import CORRECTED, SIGNED_TOO_EARLY
from branch_portal.sample.shapes import Away, Gathering, Person
from branch_portal.sample.stored_files import StoredFiles
from meetings import actions
from meetings.kinds import InvitedBy, invited_by
from meetings.models import (
    RECORD_ROWS,
    AgendaItem,
    Attachment,
    Attendance,
    Criticism,
    Guest,
    Meeting,
    Photo,
    Problem,
    Requirement,
    StudyTopic,
)

State = Meeting.State
_WAY = {
    State.PLANNED: (),
    State.IN_SESSION: (State.IN_SESSION,),
    State.DRAFT_MINUTES: (State.IN_SESSION, State.DRAFT_MINUTES),
    State.SIGNED_OFF: (State.IN_SESSION, State.DRAFT_MINUTES, State.SIGNED_OFF),
    State.CANCELLED: (State.CANCELLED,),
}
_ANNOUNCED_BEFORE = datetime.timedelta(days=7)
_SIGNED_AFTER = datetime.timedelta(minutes=90)


@dataclass
class Loading:
    """One gathering becoming a meeting; ``now`` is the moment after which nothing has happened yet."""

    gathering: Gathering
    cast: Cast
    files: StoredFiles
    now: datetime.datetime

    def __post_init__(self) -> None:
        self.starts_at = timezone.make_aware(self.gathering.at)
        self.ends_at = self.starts_at + datetime.timedelta(minutes=self.gathering.minutes)
        self.day = self.gathering.at.date()
        self.by = self.cast.accounts[self.gathering.recorder]

    def load(self) -> Meeting:
        with pghistory.context(user=self.by.pk):
            meeting = self._plan()
            self._record(meeting)
            for state in _WAY[State(self.gathering.state)]:
                self._enter(meeting, state)
            if self.gathering.is_for_signature:
                sign_as_recorder(
                    meeting, self.gathering, self.cast, self._latest(self.ends_at + _SIGNED_AFTER)
                )
        meeting.refresh_from_db()
        return meeting

    def _plan(self) -> Meeting:
        said = self.gathering
        return Meeting.objects.create(
            title=said.title,
            kinds=list(said.kinds),
            for_year=said.for_year or said.at.year,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            place=said.place,
            online_link=said.link,
            party_group=self.cast.groups[said.group] if said.group else None,
            chair=self.cast.members[said.chair],
            recorder=self.cast.members[said.recorder],
            created_by=self.by,
            changed_by=self.by,
            revision=1,
        )

    def _record(self, meeting: Meeting) -> None:
        for rows in (
            self._attendance(meeting),
            self._guests(meeting),
            self._agenda(meeting),
            self._topics(meeting),
            self._problems(meeting),
            self._criticisms(meeting),
            self._requirements(meeting),
            self._photos(meeting),
        ):
            _insert(rows)
        _insert(self._attachments(meeting))
        written = self._latest(self.ends_at) if self._was_held else self._announced
        for model in RECORD_ROWS:
            model.objects.filter(meeting=meeting).update(changed_at=written)
        Meeting.objects.filter(pk=meeting.pk).update(changed_at=self._announced)

    def _enter(self, meeting: Meeting, state: str) -> None:
        """By ``update``, which does not stamp the present time on what happened long ago."""
        changes = {"state": state, "changed_at": self._moment_of(state), "revision": meeting.revision + 1}
        if state == State.SIGNED_OFF:
            self._sign(meeting, changes["changed_at"])
            chair = self.cast.accounts[self.gathering.chair]
            changes |= {"signed_off_by": chair, "signed_off_at": changes["changed_at"]}
        if state == State.CANCELLED:
            changes["cancel_reason"] = self.gathering.cancel_reason
        Meeting.objects.filter(pk=meeting.pk).update(**changes)
        meeting.revision += 1

    def _sign(self, meeting: Meeting, at: datetime.datetime) -> None:
        """The recorder on the same day, the chair at the moment."""
        sign_as_recorder(meeting, self.gathering, self.cast, self.ends_at + _SIGNED_AFTER)
        sign_as_chair(meeting, self.gathering, self.cast, at)

    def _moment_of(self, state: str) -> datetime.datetime:
        return self._latest(
            {
                State.IN_SESSION: self.starts_at,
                State.DRAFT_MINUTES: self.ends_at,
                State.SIGNED_OFF: self.ends_at + datetime.timedelta(days=self.gathering.signed_after_days),
                State.CANCELLED: self.starts_at - datetime.timedelta(days=1),
            }[state]
        )

    def _latest(self, moment: datetime.datetime) -> datetime.datetime:
        return min(moment, self.now)

    @property
    def _announced(self) -> datetime.datetime:
        return self._latest(self.starts_at - _ANNOUNCED_BEFORE)

    @property
    def _was_held(self) -> bool:
        return self.gathering.state in {State.IN_SESSION, State.DRAFT_MINUTES, State.SIGNED_OFF}

    def _row(self, meeting: Meeting, position: int = 0) -> dict:
        values = {"meeting": meeting, "revision": meeting.revision, "changed_by": self.by}
        return values | ({"position": position} if position else {})

    def _member(self, name: str):
        return self.cast.members[name] if name else None

    def _invited(self) -> list[Person]:
        circle = invited_by(list(self.gathering.kinds))
        if circle == InvitedBy.COMMITTEE:
            return self.cast.committee_on(self.day)
        return self.cast.party_members_on(
            self.day, self.gathering.group if circle == InvitedBy.GROUP else None
        )

    def _attendance(self, meeting: Meeting) -> list[Attendance]:
        return [
            Attendance(
                **self._row(meeting),
                member=self.cast.members[person.name],
                has_vote=person.votes_on(self.day),
                **self._mark(person.name),
            )
            for person in self._invited()
        ]

    def _mark(self, name: str) -> dict:
        if not self._was_held or name in self.gathering.unmarked:
            return {}
        away = next((one for one in self.gathering.away if one.name == name), None) or self._mobile(name)
        if away is None:
            return {"status": Attendance.Status.PRESENT}
        return {"status": away.status, "leave_reason": away.reason, "leave_note": away.note}

    def _mobile(self, name: str) -> Away | None:
        """How a mobile member was there, where the meeting itself tells nothing."""
        time_away = records.away_on(name, self.day, self.now.date())
        if time_away is None:
            return None
        return Away(name, "online") if time_away.attends else Away(name, "leave", "other", "外出期间")

    def _guests(self, meeting: Meeting) -> list[Guest]:
        return [
            Guest(
                **self._row(meeting, number),
                name=name,
                role=role,
                status=Guest.Status.CAME if self._was_held else Guest.Status.UNMARKED,
            )
            for number, (name, role) in enumerate(self.gathering.guests, start=1)
        ]

    def _agenda(self, meeting: Meeting) -> list[AgendaItem]:
        return [
            AgendaItem(
                **self._row(meeting, number),
                kind=item.kind,
                title=item.title,
                presenter=self._member(item.presenter),
                notes=sanitise(item.notes.strip()),
            )
            for number, item in enumerate(self.gathering.agenda, start=1)
        ]

    def _topics(self, meeting: Meeting) -> list[StudyTopic]:
        return [
            StudyTopic(**self._row(meeting, number), title=title, source=source)
            for number, (title, source) in enumerate(self.gathering.topics, start=1)
        ]

    def _problems(self, meeting: Meeting) -> list[Problem]:
        return [
            Problem(
                **self._row(meeting, number),
                level=found.level,
                description=found.problem,
                cause=found.cause,
                measure=found.measure,
                in_charge=self._member(found.in_charge),
                due_on=found.due,
            )
            for number, found in enumerate(self.gathering.findings, start=1)
        ]

    def _criticisms(self, meeting: Meeting) -> list[Criticism]:
        return [
            Criticism(
                **self._row(meeting, number),
                speaker=self._member(remark.speaker),
                about=self._member(remark.about),
                text=remark.text,
            )
            for number, remark in enumerate(self.gathering.remarks, start=1)
        ]

    def _requirements(self, meeting: Meeting) -> list[Requirement]:
        return [
            Requirement(**self._row(meeting, number), title=title, text=text)
            for number, (title, text) in enumerate(self.gathering.requirements, start=1)
        ]

    def _photos(self, meeting: Meeting) -> list[Photo]:
        return [
            Photo(
                **self._row(meeting, number),
                **vars(self.files.picture((shot.scene, shot.variant))),
                caption=shot.caption,
            )
            for number, shot in enumerate(self.gathering.photos, start=1)
        ]

    def _attachments(self, meeting: Meeting) -> list[Attachment]:
        items = list(meeting.agenda_items.all())
        return [
            self._attachment(
                meeting, number, papers.document(paper), items[paper.item - 1] if paper.item else None
            )
            for number, paper in enumerate(self.gathering.papers, start=1)
        ]

    def _attachment(self, meeting: Meeting, number: int, document, item: AgendaItem | None) -> Attachment:
        return Attachment(
            **self._row(meeting, number),
            agenda_item=item,
            key=self.files.document(document),
            name=document.original_name,
            content_type=document.content_type,
            size=document.size,
        )


def load_meetings(
    gatherings: Iterable[Gathering], *, cast: Cast, files: StoredFiles, now: datetime.datetime
) -> dict[str, Meeting]:
    """All of them, by their keys; ``now`` is aware."""
    meetings = {gathering.key: Loading(gathering, cast, files, now).load() for gathering in gatherings}
    _correct(meetings[CORRECTED], cast)
    change_after_signing(meetings[SIGNED_TOO_EARLY], cast)
    return meetings


def _insert(rows: list) -> None:
    if rows:
        type(rows[0]).objects.bulk_create(rows)


def _correct(meeting: Meeting, cast: Cast) -> None:
    """The one correction after a sign-off, made as people make it, so that its history is a real one."""
    secretary = cast.accounts[SECRETARY]
    reason = "核对台账后更正：四项中有一项延期至下月完成。"
    with actions.correcting(meeting, by=secretary, reason=reason) as row:
        item = row.agenda_items.get(kind="work_report")
        item.notes = sanitise("本季度应完成事项四项，已完成三项，一项延期至下月。")
        item.revision, item.changed_by = actions.touch(row, by=secretary), secretary
        item.save()
        row.save()
