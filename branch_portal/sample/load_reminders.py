"""What the people of the sample were told: read and unread, of every kind that the branch's life gives rise to."""

from __future__ import annotations

import datetime

from branch_portal.reminders import actions
from branch_portal.reminders.models import Notice
from branch_portal.reminders.sources.meetings import facts_of
from branch_portal.sample.load_people import Cast
from meetings.models import Meeting

_DAY = datetime.timedelta(days=1)
# Where the quarter's meeting was to be at first.
_BEFORE = "澜川市医学会二楼党员活动室"
_WITH_CALENDAR, _WITHOUT_MAIL = ("邱小棠", "祁文岚"), "覃守正"


def load_reminders(meetings: dict[str, Meeting], *, cast: Cast, now: datetime.datetime) -> None:
    """``meetings`` by their keys, as loaded. What came before is told as it was then, the rest by the portal itself."""
    moved, cancelled, running = (
        meetings[key] for key in ("planned-members", "cancelled-lesson", "in-session")
    )
    _tell(moved, "announced", now - 3 * _DAY, place=_BEFORE)
    _tell(moved, "changed:1", now - datetime.timedelta(hours=2), changed=["place"])
    _tell(cancelled, "announced", min(now, cancelled.starts_at) - 7 * _DAY)
    _tell(cancelled, "cancelled", min(now, cancelled.starts_at) - 2 * _DAY)
    _tell(running, "reminder:sample", running.starts_at - _DAY)
    actions.make_notices(now)
    Notice.objects.filter(made_at__lt=now - _DAY).update(is_read=True)
    for name in _WITH_CALENDAR:
        actions.renew_calendar(cast.members[name], now - 20 * _DAY)
    actions.choose_mail(cast.members[_WITHOUT_MAIL], by_mail=False)


def _tell(meeting: Meeting, occasion: str, at: datetime.datetime, **facts) -> None:
    """Everybody invited who has an account."""
    meeting.papers = meeting.attachments.count()
    invited = meeting.attendances.filter(member__user__is_active=True, member__left_on=None)
    Notice.objects.bulk_create(
        Notice(
            member_id=member,
            kind=Notice.Kind.MEETING,
            subject=str(meeting.pk),
            occasion=occasion,
            facts={**facts_of(meeting), **facts},
            until=meeting.starts_at,
            made_at=at,
        )
        for member in invited.values_list("member", flat=True)
    )
