"""A nasty table of members, from the file to the records, step by step."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import transaction

from members.importing import columns, drafts, files, headings
from members.models import Member, PartyGroup
from tests.factories import make_member, make_position, make_user
from tests.members.importing import nasty

NAME = "import of 100 / 1,000 members"
STEPS = ("reading", "keeping the draft", "checking", "confirming")


def measure(words: list[str]) -> None:
    if words and not any(word in NAME for word in words):
        return
    small, large = _seconds(100), _seconds(1000)
    print(f"{NAME:<44} {sum(small):8.2f} s  {sum(large):8.2f} s   in all")
    for step, few, many in zip(STEPS, small, large, strict=True):
        print(f"  {step:<42} {few:8.2f} s  {many:8.2f} s")


def _seconds(count: int) -> list[float]:
    """What each of the steps takes; everything is undone."""
    with transaction.atomic():
        by = make_user(member=make_position(make_member(), "deputy").member)
        groups = [PartyGroup.objects.create(name=f"第{place}小组").name for place in ("甲", "乙", "丙")]
        content = nasty.excel(nasty.lines(count, groups))
        before = Member.objects.count()
        read, table = _timed(lambda: files.read(content, "花名册.xlsx"))
        kept, draft = _timed(lambda: drafts.start(table, by=by))
        drafts.choose_columns(draft, headings.propose(table.headings, columns.ALL))
        checked, _done = _timed(lambda: _check(draft))
        confirmed, counts = _timed(lambda: drafts.confirm(draft, by=by))
        if counts is None or Member.objects.count() != before + count:
            raise RuntimeError("the import did not write what it should")
        transaction.set_rollback(True)
    return [read, kept, checked, confirmed]


def _check(draft) -> None:
    while not drafts.progress(draft).is_complete:
        drafts.check_next(draft)


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result
