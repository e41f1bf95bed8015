"""Activation slips and second factors: given, used, revoked, taken away."""

from __future__ import annotations

import datetime

import pghistory
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.actions.devices import forget_devices
from members.actions.locking import locked
from members.models import AccessGiven, ActivationSlip, BranchRules, User
from members.slip_codes import digest, new_code


@transaction.atomic
def issue_slip(user: User, *, by: User, ends_factors_for: str = "") -> str:
    """A new slip; its code is returned once and kept nowhere. An earlier unused slip ends by it. The password stays good
    until the slip is used, so a slip that nobody asked for does no harm. ``ends_factors_for``: why passkeys and codes are
    to end by its use, "" if they stay."""
    user = locked(user)
    if user == by:
        raise ValidationError(_("You change your own password under “Change password”."))
    if not user.is_active:
        raise ValidationError(_("This account is closed. Open it again instead."))
    return put_slip(user, by=by, ends_factors_for=ends_factors_for.strip())


def put_slip(user: User, *, by: User | None, ends_factors_for: str = "") -> str:
    """Part of a transaction that holds the account's row: the slip and its trace; returns the code."""
    revoke_open_slips(user)
    code = new_code()
    days = datetime.timedelta(days=BranchRules.load().slip_days)
    given = AccessGiven.objects.create(user=user, by=by, kind=AccessGiven.Kind.SLIP, reason=ends_factors_for)
    ActivationSlip.objects.create(
        user=user,
        given=given,
        digest=digest(code),
        good_until=timezone.now() + days,
        ends_factors=bool(ends_factors_for),
    )
    return code


def revoke_open_slips(user: User) -> int:
    """Part of a transaction that holds the account's row; how many were open (at most one)."""
    return ActivationSlip.objects.open().filter(user=user).update(revoked_at=timezone.now())


@transaction.atomic
def revoke_slip(user: User, *, by: User) -> None:
    """Take an unused slip back, for example a lost paper."""
    user = locked(user)
    with pghistory.context(user=by.pk):
        if not revoke_open_slips(user):
            raise ValidationError(_("There is no unused slip any more."))


@transaction.atomic
def see_used_slips(by: User, until: datetime.datetime) -> None:
    """``by`` has looked at what was used until then; what is used later is still to be looked at."""
    user = User.objects.select_for_update().get(pk=by.pk)
    until = min(until, timezone.now())
    if user.slips_seen_until is None or user.slips_seen_until < until:
        user.slips_seen_until = until
        user.save(update_fields=["slips_seen_until"])


def find_slip(code: str) -> ActivationSlip | None:
    """The slip with this code, in whatever state."""
    slips = ActivationSlip.objects.select_related("user__member", "given__by__member")
    return slips.filter(digest=digest(code)).first()


@transaction.atomic
def use_slip(slip: ActivationSlip, *, password: str) -> User:
    """Set the holder's own password (checked by the form). Of two uses at once the second is refused. Every session of the
    account ends by the new password; passkeys and codes only if the slip was issued so."""
    user = locked(slip.user)
    slip = locked(slip)
    if slip.state != ActivationSlip.State.VALID or not user.is_active:
        raise ValidationError(_("This slip cannot be used any more."), code="state")
    user.set_password(password)
    with pghistory.context(user=user.pk):
        user.save(update_fields=["password"])
    forget_devices(user)
    slip.used_at = timezone.now()
    slip.save(update_fields=["used_at"])
    if slip.ends_factors:
        _end_factors(user, by=slip.given.by, reason=slip.given.reason)
    return user


def begin_grace(user: User, today: datetime.date) -> datetime.date:
    """The first day on which the account was used with a role that needs a second factor; noted the first time."""
    if user.needs_factor_since is None:
        with transaction.atomic(), pghistory.context(user=user.pk):
            User.objects.filter(pk=user.pk, needs_factor_since=None).update(needs_factor_since=today)
        user.needs_factor_since = today
    return user.needs_factor_since


@transaction.atomic
def remove_factors(user: User, *, by: User | None, reason: str) -> int:
    """Take another person's passkeys, one-time codes and recovery codes away, when they are lost; the person is told at
    the desk. How many there were. ``by`` None: the server's command line."""
    user = locked(user)
    if user == by:
        raise ValidationError(
            _("Nobody takes away their own second factors here: see “Account and security”.")
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")}, code="required")
    removed = _end_factors(user, by=by, reason=reason.strip())
    if not removed:
        raise ValidationError(_("This account has no second factor."))
    return removed


def _end_factors(user: User, *, by: User | None, reason: str) -> int:
    removed, _by_model = Authenticator.objects.filter(user=user).delete()
    if not removed:
        return 0
    # The lost device may still be signed in.
    for session in UserSession.objects.filter(user=user):
        session.end()
    forget_devices(user)
    AccessGiven.objects.create(user=user, by=by, kind=AccessGiven.Kind.FACTORS, reason=reason)
    return removed
