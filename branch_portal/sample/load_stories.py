"""The reports into the database, each written, reviewed and published on its own days."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from html import escape

import pghistory
from django.utils import timezone

from branch_portal.news.actions import create_report
from branch_portal.news.figures import figure
from branch_portal.news.models import Report, ReportPicture, Review
from branch_portal.richtext.sanitise import sanitise
from branch_portal.sample.load_people import Cast
from branch_portal.sample.shapes import Story
from branch_portal.sample.stored_files import StoredFiles
from meetings.models import Meeting
from members.models import User

State = Report.State
_PLACE = re.compile(r"\[(\d)\]")


def load_stories(
    stories: Iterable[Story], *, cast: Cast, meetings: dict[str, Meeting], files: StoredFiles
) -> list[Report]:
    """All of them in the given order; a story may name a meeting by its key."""
    return [_load(story, cast, meetings, files) for story in stories]


def _load(story: Story, cast: Cast, meetings: dict[str, Meeting], files: StoredFiles) -> Report:
    writer, reviewer = cast.accounts[story.written_by], cast.accounts[story.reviewed_by]
    stored = [files.picture((one.scene, one.variant)) for one in story.pictures]
    report = _draft(story, writer, meetings.get(story.meeting), [one.key for one in stored])
    with pghistory.context(user=writer.pk):
        _pictures(story, report, stored, writer)
        if story.state != State.DRAFT:
            _enter(report, State.IN_REVIEW)
    if story.state in {State.PUBLISHED, State.WITHDRAWN}:
        with pghistory.context(user=reviewer.pk):
            _publish(report, story, reviewer)
    return report


def _draft(story: Story, writer: User, meeting: Meeting | None, keys: list[str]) -> Report:
    report, _is_new = create_report(
        by=writer,
        year=story.happened.year,
        kinds=list(story.kinds),
        event_date=story.happened,
        place=story.place or (meeting.place if meeting else ""),
        title_zh=story.title_zh,
        title_en=story.title_en,
        summary_zh=story.summary_zh,
        summary_en=story.summary_en,
        body_zh=_body(story.body_zh, keys, [(one.alt_zh, one.caption_zh) for one in story.pictures]),
        body_en=_body(story.body_en, keys, [(one.alt_en, one.caption_en) for one in story.pictures]),
        author_line_zh=story.author_zh,
        author_line_en=story.author_en if story.title_en else "",
        meeting=meeting,
    )
    return report


def _body(text: str, keys: list[str], words: list[tuple[str, str]]) -> str:
    """Rich text from paragraphs: ``## `` begins a heading, ``[1]`` alone is the first picture."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if place := _PLACE.fullmatch(paragraph):
            number = int(place[1]) - 1
            alt, caption = words[number]
            parts.append(figure(keys[number], alt=alt, caption=caption))
        elif paragraph.startswith("## "):
            parts.append(f"<h2>{escape(paragraph[3:], quote=False)}</h2>")
        elif paragraph:
            parts.append(f"<p>{escape(paragraph, quote=False)}</p>")
    return sanitise("".join(parts), pictures=keys)


def _pictures(story: Story, report: Report, stored: list, writer: User) -> None:
    ReportPicture.objects.bulk_create(
        ReportPicture(
            report=report,
            **vars(files_of),
            position=number,
            caption_zh=one.caption_zh,
            caption_en=one.caption_en,
            alt_zh=one.alt_zh,
            alt_en=one.alt_en,
            revision=report.revision,
            changed_by=writer,
        )
        for number, (one, files_of) in enumerate(zip(story.pictures, stored, strict=True), start=1)
    )


def _publish(report: Report, story: Story, reviewer: User) -> None:
    moment = timezone.make_aware(datetime.datetime.combine(story.published, datetime.time(9, 30)))
    Review.objects.create(
        report=report,
        revision=report.revision,
        reviewer=reviewer,
        at=moment,
        verdict=Review.Verdict.PUBLISHED,
        **dict.fromkeys(Review.CHECKS, True),
    )
    _enter(report, State.PUBLISHED, slug=story.slug, published_at=story.published, changed_at=moment)
    if story.state == State.WITHDRAWN:
        _enter(report, State.WITHDRAWN, withdrawn_reason=story.withdrawn_because)


def _enter(report: Report, state: str, **further) -> None:
    """By ``update``, which does not stamp the present time on what happened long ago."""
    Report.objects.filter(pk=report.pk).update(state=state, **further)
    report.refresh_from_db()
