"""Accounts: opened, renamed, closed; first passwords."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions.locking import lock_table, locked
from members.models import PasswordGiven, User
from members.passwords import first_password


@transaction.atomic
def open_account(user: User, *, by: User) -> str:
    """Make the account; the first password is returned and kept nowhere. That it was given, and by whom, is kept."""
    if user.member_id and locked(user.member).left_on:
        raise ValidationError(_("This person has left the branch."))
    _check_names(user)
    password = first_password()
    user.set_password(password)
    with pghistory.context(user=by.pk):
        user.save()
    PasswordGiven.objects.create(user=user, by=by)
    return password


@transaction.atomic
def change_account(user: User, *, by: User) -> User:
    """Other names to sign in by; whoever is signed in stays so."""
    _check_names(user)
    with pghistory.context(user=by.pk):
        user.save(update_fields=["username", "mobile"])
    return user


def _check_names(user: User) -> None:
    """No other account is being given the same names at this moment."""
    lock_table(User)
    user.validate_unique()
    user.validate_constraints()


@transaction.atomic
def set_first_password(user: User, *, by: User) -> str:
    """A new password instead of a forgotten one, returned once. Every session of the account ends by it."""
    user = locked(user)
    if user == by:
        raise ValidationError(_("You change your own password under “Change password”."))
    if not user.is_active:
        raise ValidationError(_("This account is closed. Open it again instead."))
    return _new_password(user, by=by)


@transaction.atomic
def close_account(user: User, *, by: User) -> None:
    """Sign the account out everywhere, for good: its password is gone, so old sessions never come back."""
    administrators = set(User.objects.select_for_update().filter(is_administrator=True, is_active=True))
    user = locked(user)
    if user == by:
        raise ValidationError(_("Nobody closes their own account."))
    if administrators == {user}:
        raise ValidationError(_("This is the last administrator's account."))
    user.is_active = False
    user.set_unusable_password()
    with pghistory.context(user=by.pk):
        user.save(update_fields=["is_active", "password"])


@transaction.atomic
def reopen_account(user: User, *, by: User) -> str:
    """Open a closed account with a new first password, returned once."""
    user = locked(user)
    if user.is_active:
        raise ValidationError(_("This account is open."))
    if user.member_id and user.member.left_on:
        raise ValidationError(_("This person has left the branch."))
    user.is_active = True
    return _new_password(user, by=by)


def _new_password(user: User, *, by: User) -> str:
    password = first_password()
    user.set_password(password)
    with pghistory.context(user=by.pk):
        user.save(update_fields=["is_active", "password"])
    PasswordGiven.objects.create(user=user, by=by)
    return password
