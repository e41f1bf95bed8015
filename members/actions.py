"""What is done with people, posts, groups, the branch and accounts.

Every verb is one transaction that locks what it changes, checks again, and refuses in words (a
``ValidationError``). A caller that shows a three-way form takes the lock before, with ``locked`` or
``locked_branch``, so that the form compares with what really stands.
"""

from __future__ import annotations

import datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from members.models import BranchProfile, Member, PartyGroup, PasswordGiven, Position, User
from members.passwords import first_password


def locked(row: models.Model) -> models.Model:
    """The row as it stands now, locked to the end of the caller's transaction."""
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)


def locked_branch() -> BranchProfile:
    """The branch's only row, which may not be there yet: so the table is locked; readers go on reading."""
    _lock_table(BranchProfile)
    return BranchProfile.load()


def _lock_table(model: type[models.Model]) -> None:
    """One writer at a time, for a rule that speaks of several rows."""
    with connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{model._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')


# --- people ---------------------------------------------------------------------------------------
@transaction.atomic
def add_member(member: Member, *, by: User) -> Member:
    with pghistory.context(user=by.pk):
        member.save()
    return member


@transaction.atomic
def change_member(member: Member, *, by: User) -> Member:
    """Save the changed record. Whoever has left the branch holds no post any more."""
    locked(member)
    with pghistory.context(user=by.pk):
        if member.left_on:
            _end_posts(member, member.left_on)
        member.save()
    return member


def _end_posts(member: Member, day: datetime.date) -> None:
    """End what is held after the day on that day; a post that begins later would be nonsense: refuse."""
    later = member.positions.filter(started_on__gt=day)
    if later.exists():
        raise ValidationError({"left_on": _("This person has a post that begins after that day.")})
    still_held = models.Q(ended_on=None) | models.Q(ended_on__gt=day)
    member.positions.filter(still_held).update(ended_on=day)


# --- posts ----------------------------------------------------------------------------------------
@transaction.atomic
def appoint(position: Position, *, by: User) -> Position:
    """Give the person of the position the post, from its first day on."""
    _lock_table(Position)
    member = locked(position.member)
    if member.left_on:
        raise ValidationError(_("This person has left the branch."))
    position.full_clean()
    with pghistory.context(user=by.pk):
        position.save()
    return position


@transaction.atomic
def end_post(position: Position, *, last_day: datetime.date, by: User) -> Position:
    """The post ends after that day. A post already ended is not ended again."""
    position = locked(position)
    if position.ended_on:
        raise ValidationError(_("This post has ended already."))
    position.ended_on = last_day
    position.full_clean()
    with pghistory.context(user=by.pk):
        position.save()
    return position


@transaction.atomic
def remove_post(position: Position, *, by: User) -> None:
    """Take away an entry made by mistake; a post that was really held is ended instead."""
    position = locked(position)
    with pghistory.context(user=by.pk):
        position.delete()


# --- Party groups ---------------------------------------------------------------------------------
@transaction.atomic
def add_group(group: PartyGroup, *, by: User) -> PartyGroup:
    """The new group stands last."""
    _lock_table(PartyGroup)
    group.validate_unique()
    group.order = (PartyGroup.objects.aggregate(last=models.Max("order"))["last"] or 0) + 1
    with pghistory.context(user=by.pk):
        group.save()
    return group


@transaction.atomic
def change_group(group: PartyGroup, *, by: User) -> PartyGroup:
    _lock_table(PartyGroup)
    group.validate_unique()
    with pghistory.context(user=by.pk):
        group.save(update_fields=["name", "name_en"])
    return group


@transaction.atomic
def move_group_up(group: PartyGroup, *, by: User) -> None:
    """One place towards the top; the first stays. Places are counted anew, so that none is held twice."""
    groups = list(PartyGroup.objects.select_for_update())
    place = groups.index(group)
    if place:
        groups[place - 1], groups[place] = groups[place], groups[place - 1]
    for number, one in enumerate(groups, start=1):
        one.order = number
    with pghistory.context(user=by.pk):
        PartyGroup.objects.bulk_update(groups, ["order"])


# --- the branch -----------------------------------------------------------------------------------
@transaction.atomic
def change_branch(branch: BranchProfile, *, by: User) -> BranchProfile:
    _lock_table(BranchProfile)
    with pghistory.context(user=by.pk):
        branch.save()
    return branch


# --- accounts -------------------------------------------------------------------------------------
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
    _lock_table(User)
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
