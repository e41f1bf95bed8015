"""Mobile members: when somebody goes away and comes back, and who was in touch."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions.locking import locked
from members.models import MobileContact, MobilePeriod, User


@transaction.atomic
def save_time_away(period: MobilePeriod, *, by: User) -> MobilePeriod:
    """Enter or change a time away. Contacts already entered must lie in it."""
    member = locked(period.member)
    if not period.pk and member.left_on:
        raise ValidationError(member.why_not_here)
    period.changed_by = by
    period.full_clean()
    if period.pk and any(not period.is_running_on(contact.on) for contact in period.contacts.all()):
        raise ValidationError({"since": _("A contact that is entered lies outside of this time.")})
    with pghistory.context(user=by.pk):
        period.save()
    return period


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
    contact = locked(contact)
    with pghistory.context(user=by.pk, reason=reason):
        contact.delete()
