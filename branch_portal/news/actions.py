"""What is done with a report. Every verb is one transaction that locks the report's row, checks the workflow
again, changes, and leaves its trace in the history."""

from __future__ import annotations

import contextlib
import datetime
import uuid
from collections.abc import Collection, Iterator

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branch_portal.news import workflow
from branch_portal.news.languages import Language
from branch_portal.news.models import Report, Review
from branch_portal.news.slugs import free_slug, slug_of
from branch_portal.news.workflow import Act
from members.actions.locking import locked as locked_row
from members.models import User

_STALE = gettext_lazy("The text was changed while you were reading. Read it again, then decide.")


@contextlib.contextmanager
def locked(report: Report, *, by: User, act: Act) -> Iterator[Report]:
    """The report's row, locked to the end of the transaction and checked for the act.

    Every change of a report and its pictures goes through here, so they come one after the other.
    """
    with transaction.atomic(), pghistory.context(user=by.pk):
        row = locked_row(report)
        workflow.check(by, act, row)
        yield row


def touch(report: Report, *, by: User) -> int:
    """The next revision of the locked report, written by the user; the caller saves it."""
    report.revision += 1
    report.changed_by = by
    return report.revision


@transaction.atomic
def create_report(*, by: User, page_token: uuid.UUID | None = None, **fields) -> tuple[Report, bool]:
    """A new draft, and whether it is new: the same page asking twice gets the same report."""
    values = {"created_by": by, "changed_by": by, "revision": 1, **fields}
    with pghistory.context(user=by.pk):
        return Report.objects.get_or_create(page_token=page_token or uuid.uuid4(), defaults=values)


def missing_for_review(report: Report) -> list[str]:
    """What a draft still lacks, in whole sentences; empty if it can be sent to review."""
    lacks = [*_missing_texts(report), *_missing_alternatives(report)]
    if report.event_date > timezone.localdate():
        lacks.append(_("The date of the event lies in the future."))
    return lacks


def _missing_texts(report: Report) -> Iterator[str]:
    sentences = {
        ("title", Language.ZH): _("The Chinese text has no title."),
        ("title", Language.EN): _("The English text has no title."),
        ("body", Language.ZH): _("The Chinese title has no text."),
        ("body", Language.EN): _("The English title has no text."),
    }
    if not any(report.text(field, language) for field, language in sentences):
        yield _("There is no text yet, in Chinese or in English.")
    for (field, language), sentence in sentences.items():
        counterpart = "body" if field == "title" else "title"
        if report.text(counterpart, language) and not report.text(field, language):
            yield sentence


def _missing_alternatives(report: Report) -> Iterator[str]:
    for number, picture in enumerate(report.picture_list, start=1):
        if not (picture.alt_zh or picture.alt_en):
            yield _("Picture %(number)d has no text alternative: say what it shows.") % {"number": number}


def send_to_review(report: Report, *, by: User) -> Report:
    """Hand the draft to somebody who did not write it; ValidationError lists what it lacks."""
    with locked(report, by=by, act=Act.SEND_TO_REVIEW) as row:
        if lacks := missing_for_review(row):
            raise ValidationError(lacks, code="incomplete")
        _enter(row, Act.SEND_TO_REVIEW)
        row.save()
    return row


def take_back(report: Report, *, by: User) -> Report:
    """An author goes on writing before anybody has decided."""
    with locked(report, by=by, act=Act.TAKE_BACK) as row:
        _enter(row, Act.TAKE_BACK)
        row.save()
    return row


def return_report(
    report: Report, *, by: User, revision: int, note: str, checks: Collection[str] = ()
) -> Report:
    """The reviewer, who read ``revision``, gives it back with a reason."""
    with locked(report, by=by, act=Act.RETURN) as row:
        _check_revision(row, revision)
        if not note.strip():
            raise ValidationError({"note": _("Say what has to change.")}, code="required")
        _record_review(row, by=by, verdict=Review.Verdict.RETURNED, note=note, checks=checks)
        _enter(row, Act.RETURN)
        row.save()
    return row


def publish(
    report: Report,
    *,
    by: User,
    revision: int,
    checks: Collection[str],
    note: str = "",
    on: datetime.date | None = None,
) -> Report:
    """The reviewer, who read ``revision``, lets it pass: from now on everybody can read it.

    ``checks`` are the names of what was looked at, all of ``Review.CHECKS``. ``on`` is the date added, today
    if not given. The address is made here, once and for all.
    """
    with locked(report, by=by, act=Act.PUBLISH) as row:
        _check_revision(row, revision)
        if open_checks := [name for name in Review.CHECKS if name not in checks]:
            message = _("Tick this when you have checked it, or return the report.")
            raise ValidationError({name: ValidationError(message, code="unchecked") for name in open_checks})
        _record_review(row, by=by, verdict=Review.Verdict.PUBLISHED, note=note, checks=checks)
        row.published_at = on or timezone.localdate()
        if row.published_at < row.event_date:
            raise ValidationError(_("The date of the event lies in the future."), code="future")
        _enter(row, Act.PUBLISH)
        _save_with_address(row)
    return row


def withdraw(report: Report, *, by: User, reason: str) -> Report:
    """Take the report off the public pages; its address is kept for it."""
    with locked(report, by=by, act=Act.WITHDRAW) as row:
        row.withdrawn_reason = reason.strip()
        if not row.withdrawn_reason:
            raise ValidationError({"reason": _("Give the reason.")}, code="required")
        _enter(row, Act.WITHDRAW)
        row.save()
    return row


def revise(report: Report, *, by: User) -> Report:
    """A withdrawn report becomes a draft again; it will be reviewed anew."""
    with locked(report, by=by, act=Act.REVISE) as row:
        row.withdrawn_reason, row.published_at = "", None
        _enter(row, Act.REVISE)
        row.save()
    return row


def _enter(report: Report, act: Act) -> None:
    report.state = workflow.RULES[act].leads_to


def _check_revision(report: Report, revision: int) -> None:
    if report.revision != revision:
        raise ValidationError(_STALE, code="stale")


def _record_review(report: Report, *, by: User, verdict: str, note: str, checks: Collection[str]) -> None:
    ticked = {name: name in checks for name in Review.CHECKS}
    Review.objects.create(
        report=report,
        revision=report.revision,
        reviewer=by,
        at=timezone.now(),
        verdict=verdict,
        note=note.strip(),
        **ticked,
    )


def _save_with_address(report: Report) -> None:
    """Save, making the address if there is none. Two reports of one title may be published at this moment:
    the unique constraint lets one pass, and the other one looks for the next number."""
    if report.slug:
        report.save()
        return
    wanted = slug_of(report.title_zh, report.title_en)
    for _attempt in range(10):
        taken = (
            Report.objects.filter(year=report.event_date.year).exclude(slug="").values_list("slug", flat=True)
        )
        report.slug, report.year = free_slug(wanted, set(taken)), report.event_date.year
        try:
            with transaction.atomic():
                report.save()
        except IntegrityError as error:
            if "report_address_is_unique_in_its_year" not in str(error):
                raise
        else:
            return
    raise ValidationError(_("No free address was found; change the title a little."), code="address")
