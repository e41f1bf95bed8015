"""Accounts: opened, renamed, closed, opened again; what becomes of them when somebody leaves."""

from __future__ import annotations

import pghistory
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions.devices import forget_devices
from members.actions.locking import lock_table, locked
from members.actions.slips import put_slip, revoke_open_slips
from members.models import ChangeRequest, Member, User


@transaction.atomic
def open_account(user: User, *, by: User | None) -> str:
    """Make the account, without a password; the code of its first slip is returned once. ``by`` None: the server's
    command line."""
    if user.member_id and locked(user.member).left_on:
        raise ValidationError(user.member.why_not_here)
    _check_names(user)
    user.set_unusable_password()
    with pghistory.context(user=by and by.pk):
        user.save()
    return put_slip(user, by=by)


@transaction.atomic
def change_account(user: User, *, by: User) -> User:
    """Other names to sign in by; whoever is signed in stays so."""
    _check_names(user)
    with pghistory.context(user=by.pk):
        user.save(update_fields=["username", "mobile", "email"])
    return user


def follow_number(request: ChangeRequest, *, old: str, by: User) -> User:
    """In the transaction in which the record gets another telephone number: the account that signs in by the old one signs
    in by the new one, or by the login name alone if there is no new one."""
    lock_table(User)
    accounts = User.objects.select_for_update(of=("self",)).filter(member=request.member_id, is_active=True)
    user = accounts.filter(mobile=old).first() if request.field == ChangeRequest.Field.PHONE else None
    if user is None:
        raise ValidationError(_("The number for signing in is another by now. Look again and decide."))
    user.mobile = request.after or None
    try:
        _check_names(user)
    except ValidationError as refusal:
        raise ValidationError(refusal.messages) from refusal
    with pghistory.context(user=by.pk, change_request=request.pk):
        user.save(update_fields=["mobile"])
    return user


def _check_names(user: User) -> None:
    """No other account is being given the same names at this moment."""
    lock_table(User)
    user.validate_unique()
    user.validate_constraints()


@transaction.atomic
def keep_language(user: User, language: str) -> User:
    """One's own choice of the desk's language; "" for none."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.language = language
    with pghistory.context(user=user.pk):
        user.save(update_fields=["language"])
    return user


@transaction.atomic
def close_account(user: User, *, by: User) -> None:
    """Sign the account out everywhere, for good: its password is gone, so old sessions never come back."""
    administrators = _administrators()
    user = locked(user)
    if user == by:
        raise ValidationError(_("Nobody closes their own account."))
    if administrators == {user}:
        raise ValidationError(_("This is the last administrator's account."))
    _close(user, by=by)


def close_account_of(member: Member, *, by: User) -> None:
    """In the transaction in which somebody leaves the branch. Coming back opens nothing: that is ``reopen_account``."""
    user = User.objects.select_for_update().filter(member=member, is_active=True).first()
    if user is None:
        return
    if _administrators() == {user}:
        raise ValidationError(
            _(
                "This is the last administrator's account. Make another administrator first (create_administrator)."
            )
        )
    _close(user, by=by)


def _administrators() -> set[User]:
    return set(User.objects.select_for_update().filter(is_administrator=True, is_active=True))


def _close(user: User, *, by: User) -> None:
    user.is_active = False
    user.set_unusable_password()
    with pghistory.context(user=by.pk):
        user.save(update_fields=["is_active", "password"])
    revoke_open_slips(user)
    forget_devices(user)
    # Whoever is let in again begins anew: a passkey made in the meantime by somebody else must not come back.
    Authenticator.objects.filter(user=user).delete()


@transaction.atomic
def reopen_account(user: User, *, by: User) -> str:
    """Open a closed account; the code of the slip that makes it usable is returned once."""
    user = locked(user)
    if user.is_active:
        raise ValidationError(_("This account is open."))
    if user.member_id and user.member.left_on:
        raise ValidationError(user.member.why_not_here)
    user.is_active = True
    with pghistory.context(user=by.pk):
        user.save(update_fields=["is_active"])
    return put_slip(user, by=by)
