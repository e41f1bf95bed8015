"""One run: tell everybody what is new, then bring it out."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from branch_portal.reminders import actions, delivering, posting
from branch_portal.reminders.models import Notice


@dataclass(frozen=True)
class Run:
    """What came of it, or would come of it, in one line."""

    made: int
    people: int
    posts: int
    failures: tuple[str, ...] = ()
    unknown: int = 0

    def __str__(self) -> str:
        line = f"Notices made: {self.made}; people mailed: {self.people}; posts to the group: {self.posts}"
        if self.failures:
            line += f"; FAILED: {'; '.join(self.failures)}"
        if self.unknown:
            line += f"; notices cut off while they were mailed, not sent again: {self.unknown}"
        return f"{line}."


def run(now: datetime.datetime) -> Run:
    made = actions.make_notices(now)
    actions.make_group_posts(now)
    mailed, posted = delivering.send_mails(now), posting.send_posts(now)
    failures = [
        *_counted("mails refused and tried again", mailed.refused),
        *_counted("mails of unknown outcome, not sent again", mailed.unknown),
        *_counted("posts failed and tried again", posted.failed),
    ]
    unknown = Notice.objects.of_unknown_outcome(now).count()
    return Run(made, mailed.people, posted.count, tuple(failures), unknown)


def _counted(what: str, reasons: Counter[str]) -> list[str]:
    return [f"{what}: {count} ({why})" for why, count in sorted(reasons.items())]


def dry_run(now: datetime.datetime) -> Run:
    """What a run would do; nothing is kept and nobody is told."""
    with transaction.atomic():
        made = actions.make_notices(now)
        actions.make_group_posts(now)
        found = Run(made, len(delivering.people_waiting(now)), posting.waiting(now))
        transaction.set_rollback(True)
    return found
