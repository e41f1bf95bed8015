"""The shapes in which the sample's data are written down: plain facts, people called by their names."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

Day = datetime.date


@dataclass(frozen=True)
class Person:
    name: str
    gender: str
    born: Day
    group: int | None = None
    stage: str = "full"
    admitted: Day | None = None
    confirmed: Day | None = None
    left: Day | None = None
    reading: str = ""
    extended: bool = False  # the probation was extended by half a year

    def belongs_on(self, day: Day) -> bool:
        """Full or probationary member of this branch on that day."""
        return self.admitted is not None and self.admitted <= day and (self.left is None or day <= self.left)

    def votes_on(self, day: Day) -> bool:
        """R-3.7: a full member of this branch on that day; on the day of the vote one still listens."""
        return self.belongs_on(day) and self.confirmed is not None and self.confirmed < day


@dataclass(frozen=True)
class Post:
    name: str
    post: str
    since: Day
    until: Day | None = None
    group: int | None = None


@dataclass(frozen=True)
class Account:
    """``shown`` is the role under which ``show_sample_logins`` lists the account, empty for all others."""

    username: str
    name: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Item:
    """An agenda item; ``notes`` is rich text, or plain text with a blank line between paragraphs."""

    kind: str
    title: str
    presenter: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Away:
    """Whoever did not simply sit in the room: ``status`` and, of a leave, its reason."""

    name: str
    status: str = "leave"
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Finding:
    """A problem found, with its cause, its remedy and the day by which it is to be remedied."""

    problem: str
    cause: str
    measure: str
    in_charge: str
    due: Day | None
    level: str = "committee"


@dataclass(frozen=True)
class Remark:
    """Criticism; self-criticism if it is about nobody else."""

    speaker: str
    text: str
    about: str = ""


@dataclass(frozen=True)
class Shot:
    """A photograph: a drawn scene in one of its variants, with what is written under it."""

    scene: str
    variant: int
    caption: str


@dataclass(frozen=True)
class Paper:
    """An attachment, made when the sample is loaded; ``item`` counts the agenda from 1, 0 is the meeting."""

    file_name: str
    heading: str
    lines: tuple[str, ...]
    item: int = 0


@dataclass(frozen=True)
class Gathering:
    """One meeting or activity; ``key`` is how the reports and the tests call it."""

    key: str
    title: str
    kinds: tuple[str, ...]
    at: datetime.datetime  # local time without a zone
    place: str
    agenda: tuple[Item, ...] = ()
    minutes: int = 120
    for_year: int | None = None
    state: str = "signed_off"
    chair: str = "陆秉文"
    recorder: str = "祁文岚"
    group: int | None = None
    link: str = ""
    away: tuple[Away, ...] = ()
    unmarked: tuple[str, ...] = ()
    guests: tuple[tuple[str, str], ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Remark, ...] = ()
    requirements: tuple[tuple[str, str], ...] = ()
    photos: tuple[Shot, ...] = ()
    papers: tuple[Paper, ...] = ()
    cancel_reason: str = ""
    signed_after_days: int = 3
    is_for_signature: bool = False  # of draft minutes: the recorder has signed
    recorder_away: str = ""  # why whoever chaired signed in the recorder's place


@dataclass(frozen=True)
class Picture:
    """A picture of a report with its caption and its text for those who do not see it."""

    scene: str
    variant: int
    caption_zh: str
    alt_zh: str
    caption_en: str
    alt_en: str


@dataclass(frozen=True)
class Story:
    """A report. In a body a paragraph ``[1]`` stands for the first picture; the English may be missing.

    ``summary_*`` is the one sentence that lists show.
    """

    slug: str
    happened: Day
    kinds: tuple[str, ...]
    title_zh: str
    body_zh: str
    pictures: tuple[Picture, ...]
    title_en: str = ""
    body_en: str = ""
    summary_zh: str = ""
    summary_en: str = ""
    meeting: str = ""
    place: str = ""
    published: Day | None = None
    state: str = "published"
    author_zh: str = "办公室"
    author_en: str = "The office"
    written_by: str = "尹若川"
    reviewed_by: str = "祁文岚"
    withdrawn_because: str = ""
