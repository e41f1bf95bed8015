"""Reports for tests: made through the portal's own actions, or many at once past them."""

from __future__ import annotations

import datetime
import io
import itertools

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from branch_portal.media.pictures import read_picture, store_picture
from branch_portal.news import actions
from branch_portal.news.models import Report, ReportPicture, Review
from meetings.models import Meeting, Photo
from members.models import User
from members.permissions import Role
from tests.factories import make_user

DAY = datetime.date(2025, 3, 24)
EVERY_CHECK = list(Review.CHECKS)
_number = itertools.count(1)


def picture_file(name: str = "picture.png", size: tuple[int, int] = (1800, 1200)) -> SimpleUploadedFile:
    """A picture as a browser sends it; each call has another colour, so no two files are alike."""
    content = io.BytesIO()
    colour = (next(_number) * 37 % 256, 60, 90)
    Image.new("RGB", size, colour).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def make_report(*, by: User | None = None, state: str = Report.State.DRAFT, **fields) -> Report:
    """A report in Chinese, led to the state: written by one committee member, reviewed by another."""
    by = by or make_user(Role.COMMITTEE)
    reviewer, on = fields.pop("reviewer", None), fields.pop("on", None)
    values = {
        "kinds": ["theme_party_day"],
        "event_date": DAY,
        "title_zh": f"主题党日活动{next(_number)}",
        "body_zh": "<p>党支部开展了主题党日活动。</p>",
        **fields,
    }
    report, _is_new = actions.create_report(by=by, **values)
    return lead_to(report, state, by=by, reviewer=reviewer, on=on)


def lead_to(report: Report, state: str, *, by: User, reviewer: User | None = None, on=None) -> Report:
    """Take the draft step by step to the state."""
    states = Report.State
    if state != states.DRAFT:
        report = actions.send_to_review(report, by=by)
    if state in {states.PUBLISHED, states.WITHDRAWN}:
        reviewer = reviewer or make_user(Role.COMMITTEE)
        report = actions.publish(report, by=reviewer, revision=report.revision, checks=EVERY_CHECK, on=on)
    if state == states.WITHDRAWN:
        report = actions.withdraw(report, by=by, reason="需要更正")
    return report


def make_picture(report: Report, **fields) -> ReportPicture:
    """A stored picture in a draft."""
    stored = store_picture(read_picture(picture_file(size=fields.pop("size", (1800, 1200)))))
    values = {
        "alt_zh": "会议现场",
        "caption_zh": "会议现场",
        "position": report.pictures.count() + 1,
        **fields,
    }
    return ReportPicture.objects.create(
        report=report, key=stored.key, width=stored.width, height=stored.height, **values
    )


def make_photo(meeting: Meeting, caption: str = "会场", **fields) -> Photo:
    """A photograph in a meeting's record."""
    stored = store_picture(read_picture(picture_file()))
    values = {"position": meeting.photos.count() + 1, "caption": caption, **fields}
    return Photo.objects.create(
        meeting=meeting, key=stored.key, width=stored.width, height=stored.height, **values
    )


def publish_many(count: int, *, by: User, reviewer: User) -> None:
    """So many published reports in a few queries, with a picture's row each (and no files)."""
    drafts = Report.objects.bulk_create(
        Report(
            kinds=["theme_party_day"],
            event_date=DAY - datetime.timedelta(days=number),
            year=(DAY - datetime.timedelta(days=number)).year,
            title_zh=f"活动{number}",
            body_zh="<p>正文。</p>",
            created_by=by,
            changed_by=by,
            revision=1,
        )
        for number in range(count)
    )
    ReportPicture.objects.bulk_create(
        ReportPicture(report=one, key=f"{next(_number):032x}", width=1200, height=800, alt_zh="图")
        for one in drafts
    )
    made = Report.objects.filter(pk__in=[one.pk for one in drafts])
    made.update(state="in_review")
    now = timezone.now()
    ticked = dict.fromkeys(EVERY_CHECK, True)
    Review.objects.bulk_create(
        Review(report=one, revision=1, reviewer=reviewer, at=now, verdict="published", **ticked)
        for one in drafts
    )
    for one in drafts:
        one.state, one.slug, one.published_at = "published", f"activity-{one.pk}", DAY
    Report.objects.bulk_update(drafts, ["state", "slug", "published_at"])
