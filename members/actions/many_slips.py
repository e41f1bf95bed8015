"""Slips for many people at once, with an account for whoever has none."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from django.db import transaction

from members.actions.accounts import open_account
from members.actions.locking import lock_table, locked
from members.actions.slips import issue_slip
from members.models import Member, User
from members.permissions import Capability


@transaction.atomic
def issue_slips(members: Iterable[Member], users: Iterable[User], *, by: User) -> list[tuple[User, str]]:
    """Accounts for ``members``, who have none, and new slips for ``users``: every account with its code. All or nothing."""
    made = []
    # In one order everywhere: people first, then accounts.
    for member in [locked(member) for member in sorted(members, key=lambda member: member.pk)]:
        lock_table(User)
        user = User(username=free_login_name(member), mobile=_free_mobile(member, by), member=member)
        made.append((user, open_account(user, by=by)))
    return made + [(user, issue_slip(user, by=by)) for user in users]


def free_login_name(member: Member) -> str:
    """The name in pinyin, run together, with a number where it is taken: zhangwei, zhangwei2."""
    reading = member.sort_key.lower().partition(" !")[0]
    plain = "".join(letter for letter in reading if letter.isascii() and letter.isalpha())
    name = plain[:50] or "member"
    for number in itertools.count(1):
        candidate = f"{name}{number}" if number > 1 else name
        if not User.objects.filter(username__iexact=candidate).exists():
            return candidate
    raise AssertionError("numbers do not end")


def _free_mobile(member: Member, by: User) -> str | None:
    """The telephone of the record, unless it is an account's already; never through somebody who may not read it."""
    number = member.phone
    if not number or not by.may(Capability.READ_PERSONAL_DATA):
        return None
    return None if User.objects.filter(mobile=number).exists() else number
