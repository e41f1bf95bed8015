"""Mobile members: when somebody goes away and comes back, and who was in touch."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions.locking import locked
from members.actions.reasons import check_correction, check_removal
from members.models import MobileContact, MobilePeriod, User

# What a change of a row leaves in it by itself.
_UNTYPED = {"id", "changed_by", "changed_at"}


@transaction.atomic
def enter_time_away(period: MobilePeriod, *, by: User) -> MobilePeriod:
    member = locked(period.member)
    if member.left_on:
        raise ValidationError(member.why_not_here)
    period.changed_by = by
    period.full_clean()
    with pghistory.context(user=by.pk):
        period.save()
    return period


@transaction.atomic
def change_time_away(period: MobilePeriod, *, by: User, reason: str) -> MobilePeriod:
    """Save the changed time away, in which the contacts already entered must lie. That somebody is back, entered where no
    end stood, needs no reason; anything else is a correction, and the history keeps the earlier text and the reason."""
    locked(period.member)
    if not _only_ends(locked(period), period):
        check_correction(reason)
    period.changed_by = by
    period.full_clean()
    if any(not period.is_running_on(contact.on) for contact in period.contacts.all()):
        raise ValidationError({"since": _("A contact that is entered lies outside of this time.")})
    noted = {"reason": reason} if reason.strip() else {}
    with pghistory.context(user=by.pk, **noted):
        period.save()
    return period


def _only_ends(before: MobilePeriod, after: MobilePeriod) -> bool:
    typed = [field for field in MobilePeriod._meta.concrete_fields if field.name not in _UNTYPED]
    changed = {
        field.name for field in typed if getattr(before, field.attname) != getattr(after, field.attname)
    }
    return not changed or (changed == {"until"} and before.until is None)


@transaction.atomic
def enter_contact(contact: MobileContact, *, by: User) -> MobileContact:
    """A contact, or an attempt, on a day of the time away."""
    period = locked(contact.period)
    if not period.is_running_on(contact.on):
        raise ValidationError({"on": _("On that day the person was not away.")})
    contact.changed_by = by
    contact.full_clean()
    with pghistory.context(user=by.pk):
        contact.save()
    return contact


@transaction.atomic
def remove_contact(contact: MobileContact, *, by: User, reason: str) -> None:
    """Take out an entry made by mistake; the history keeps it, with the reason."""
    check_removal(reason)
    contact = locked(contact)
    with pghistory.context(user=by.pk, reason=reason):
        contact.delete()
