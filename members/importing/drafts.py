"""An import in the browser, from the upload to the confirmation. Nothing but the draft is written before that."""

from __future__ import annotations

import datetime
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.actions.locking import lock_table, locked
from members.importing import columns, headings, pulse
from members.importing.checking import Checked, Fate, RowResult, check, with_duplicates
from members.importing.choices import AS_IT_IS, Choices, MonthDates
from members.importing.files import Row, Table
from members.importing.writing import write
from members.models import ImportDraft, ImportPart, Member, SensitiveRecord, User
from members.permissions import Capability

PART = 100  # rows that are checked together
_STEP_SECONDS = 0.7  # for which one step goes on
_SILENCE = datetime.timedelta(seconds=10)  # after which a confirmation that nobody is at was interrupted


@dataclass(frozen=True)
class Progress:
    """How many parts of how many are checked; ``rows``: of how many rows."""

    done: int
    total: int
    rows: int = 0

    @property
    def said(self) -> str:
        done = self.rows if self.is_complete else min(self.done * PART, self.rows)
        return _("%(done)s of %(total)s rows are checked") % {"done": done, "total": self.rows}

    @property
    def is_complete(self) -> bool:
        return self.done == self.total


def remove_expired() -> int:
    """Drafts of anybody that are a day old; how many there were."""
    _all, removed = ImportDraft.objects.expired_at(timezone.now()).delete()
    return removed.get(ImportDraft._meta.label, 0)


def fields_for(user: User) -> list[columns.Column]:
    """What the user may fill: sensitive data only who may read them."""
    return columns.available(sensitive=user.may(Capability.READ_SENSITIVE_DATA))


@transaction.atomic
def start(table: Table, *, by: User) -> ImportDraft:
    """Keep the table, sealed, in the place of an earlier one of the same person; with proposed columns."""
    User.objects.select_for_update().get(pk=by.pk)  # two uploads at once come one after the other
    ImportDraft.objects.filter(owner=by).delete()
    draft = ImportDraft.objects.create(
        owner=by,
        table=_json({"file_name": table.file_name, "headings": table.headings}),
        columns=headings.propose(table.headings, fields_for(by)),
        row_count=len(table.rows),
    )
    rows = table.rows
    pieces = [rows[first : first + PART] for first in range(0, len(rows), PART)]
    ImportPart.objects.bulk_create(
        ImportPart(draft=draft, place=place, rows=_json(piece)) for place, piece in enumerate(pieces)
    )
    return draft


def table_of(draft: ImportDraft, parts: Iterable[ImportPart] | None = None) -> Table:
    """The table as it was uploaded; with the rows of these parts only, if given."""
    about = json.loads(draft.table)
    parts = draft.parts.all() if parts is None else parts
    return Table(about["file_name"], about["headings"], [row for part in parts for row in rows_of(part)])


def rows_of(part: ImportPart) -> list[Row]:
    return [(number, cells) for number, cells in json.loads(part.rows)]


def choose_columns(draft: ImportDraft, chosen: Sequence[str], month_dates: str = MonthDates.REFUSE) -> None:
    """The field of every column, "" for none; whatever was checked before is to be checked anew."""
    check_columns(chosen)
    begin_check(draft, columns=list(chosen), month_dates=month_dates)


def choose_left_out(draft: ImportDraft, names: Iterable[str]) -> None:
    """The fields without which rows are taken whose value there is wrong; everything is to be checked anew."""
    chosen = columns.OPTIONAL.intersection(names)
    begin_check(draft, left_out=[name for name in columns.BY_NAME if name in chosen])


@transaction.atomic
def begin_check(draft: ImportDraft, **changes) -> None:
    """Everything is to be checked anew, in the language of the moment; with changes of the draft, if there are any."""
    if locked(draft).is_closed:
        return
    for name, value in {**changes, "language": get_language()}.items():
        setattr(draft, name, value)
    draft.save(update_fields=[*changes, "language"])
    draft.parts.update(is_checked=False)


def choices_of(draft: ImportDraft) -> Choices:
    return Choices(draft.month_dates, frozenset(draft.left_out))


def check_columns(chosen: Sequence[str]) -> None:
    """ValidationError if a field is to be filled twice, or nobody could be told from the rows."""
    twice = [name for name, count in Counter(name for name in chosen if name).items() if count > 1]
    if twice:
        raise ValidationError(
            _("Two columns go into “%(field)s”: choose one.") % {"field": columns.BY_NAME[twice[0]].title}
        )
    if "name" not in chosen:
        raise ValidationError(_("Choose the column that holds the name."))


@transaction.atomic
def check_next(draft: ImportDraft) -> None:
    """Check some more rows. A second step at the same time waits, and then does what is left: nothing is done twice."""
    draft = locked(draft)
    if draft.is_closed:
        return
    began = time.monotonic()
    for part in draft.parts.filter(is_checked=False):
        part.result = _json(
            [asdict(row.result) for row in check(rows_of(part), draft.columns, choices_of(draft))]
        )
        part.is_checked = True
        part.save(update_fields=["result", "is_checked"])
        if time.monotonic() - began > _STEP_SECONDS:
            break


def progress(draft: ImportDraft) -> Progress:
    """None is, for a reader of another language than they were checked in: reasons are kept as sentences."""
    total = draft.parts.count()
    left = draft.parts.filter(is_checked=False).count() if draft.language == get_language() else total
    return Progress(total - left, total, draft.row_count)


def results_of(draft: ImportDraft) -> list[RowResult]:
    """What the check found, duplicates within the file included."""
    kept = [json.loads(text) for text in draft.parts.values_list("result", flat=True)]
    return with_duplicates(RowResult(**_tuples(result)) for part in kept for result in part)


def claim(draft: ImportDraft) -> bool:
    """Whether the caller is the one who is to confirm the draft now: not if somebody is at it, or has done it."""
    state = ImportDraft.State
    free = Q(state__in=[state.OPEN, state.CHANGED, state.FAILED])
    if draft.state == state.WRITING and is_interrupted(draft):
        free |= Q(state=state.WRITING, confirmed_at=draft.confirmed_at)
    mine = ImportDraft.objects.filter(free, pk=draft.pk)
    return mine.update(state=state.WRITING, confirmed_at=timezone.now()) == 1


def release(draft: ImportDraft, state: str) -> None:
    """The confirmation has ended without anything written."""
    ImportDraft.objects.filter(pk=draft.pk, state=ImportDraft.State.WRITING).update(state=state)


def is_interrupted(draft: ImportDraft) -> bool:
    """Whether the server was stopped while it wrote; nothing is written then. Asked in this order: a writing that has just ended
    has left its state before its pulse goes."""
    is_old = draft.confirmed_at is None or timezone.now() - draft.confirmed_at > _SILENCE
    if draft.state != ImportDraft.State.WRITING or not is_old or pulse.of(draft.pk):
        return False
    standing = ImportDraft.objects.filter(pk=draft.pk, state=draft.state, confirmed_at=draft.confirmed_at)
    return standing.exists()


@transaction.atomic
def confirm(draft: ImportDraft, *, by: User) -> Counter | None:
    """Write everything and forget the rows; how many there were of each fate. None if the finding is another than the one that
    was shown, since somebody changed a record meanwhile: the new one is kept, to be shown. What is written already is not
    written again. ``ImportDraft.DoesNotExist`` if the draft is gone, ValidationError if a row has an error."""
    pk, total = draft.pk, 2 * draft.row_count
    pulse.beat(pk, 0, total)
    draft = locked(draft)
    if draft.state == ImportDraft.State.DONE:
        return Counter(outcome_of(draft)["counts"])
    shown = results_of(draft)
    _refuse_errors(shown)
    parts = list(draft.parts.all())
    members = [result.member for result in shown if result.member]
    rows = [row for part in parts for row in rows_of(part)]
    found = check_locked(
        rows, draft.columns, members, choices_of(draft), lambda count: pulse.beat(pk, count, total)
    )
    if with_duplicates(row.result for row in found) == shown:
        write(found, by=by, tell=lambda count: pulse.beat(pk, draft.row_count + count, total))
        counts = _finish(draft, shown)
    else:
        _keep(parts, found)
        draft.state, counts = ImportDraft.State.CHANGED, None
    draft.save(update_fields=["state", "outcome"])
    return counts


def _finish(draft: ImportDraft, results: Sequence[RowResult]) -> Counter:
    """The rows go; what was done stays for the rest of the day, for its owner alone."""
    counts = Counter(result.fate for result in results)
    omitted = [
        (result.number, result.name, name, reason) for result in results for name, reason in result.omitted
    ]
    months = Counter(name for result in results for name in result.months)
    draft.parts.all().delete()
    draft.outcome = _json({"counts": counts, "omitted": omitted, "months": months})
    draft.state = ImportDraft.State.DONE
    return counts


def outcome_of(draft: ImportDraft) -> dict:
    """``counts``: of rows, by fate; ``omitted``: number, name, field and reason of each; ``months``: first days, by field."""
    return json.loads(draft.outcome)


@transaction.atomic
def cancel(draft: ImportDraft) -> None:
    """Forget the draft; one that is written is no longer to be cancelled."""
    if not locked(draft).is_closed:
        ImportDraft.objects.filter(pk=draft.pk).delete()


def check_locked(
    rows: Sequence[Row],
    fields: Sequence[str],
    members: Sequence[int] = (),
    choices: Choices = AS_IT_IS,
    *tell,
) -> list[Checked]:
    """The check of all rows, with nobody else writing records to the end of the caller's transaction.

    The records that are to be changed are locked before the tables: whoever holds one of them may finish.
    """
    list(Member.objects.select_for_update(of=("self",)).filter(pk__in=members).order_by("pk"))
    lock_table(Member)
    lock_table(SensitiveRecord)
    return check(rows, fields, choices, *tell)


def _refuse_errors(results: Sequence[RowResult]) -> None:
    if any(result.fate is Fate.ERROR for result in results):
        raise ValidationError(_("As long as a row has an error nothing is imported."))


def _keep(parts: Sequence[ImportPart], found: Sequence[Checked]) -> None:
    by_number = {row.result.number: row.result for row in found}
    for part in parts:
        results = [by_number[number] for number, _cells in rows_of(part) if number in by_number]
        part.result = _json([asdict(result) for result in results])
        part.save(update_fields=["result"])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _tuples(kept: dict) -> dict:
    """JSON knows no tuples; findings are compared."""
    lists = {name: [tuple(each) for each in kept[name]] for name in ("differences", "errors", "omitted")}
    return {**kept, **lists}
