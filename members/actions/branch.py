"""The branch itself, its rules, and its Party groups."""

from __future__ import annotations

import pghistory
from django.db import models, transaction

from members.actions.locking import lock_table
from members.models import BranchProfile, BranchRules, PartyGroup, User


def locked_branch() -> BranchProfile:
    """The branch's only row, which may not be there yet: so the table is locked; readers go on reading."""
    lock_table(BranchProfile)
    return BranchProfile.load()


def locked_rules() -> BranchRules:
    """The same for its rules."""
    lock_table(BranchRules)
    return BranchRules.load()


@transaction.atomic
def change_branch(branch: BranchProfile, *, by: User) -> BranchProfile:
    lock_table(BranchProfile)
    with pghistory.context(user=by.pk):
        branch.changed_by = by
        branch.save()
    return branch


@transaction.atomic
def change_rules(rules: BranchRules, *, by: User) -> BranchRules:
    lock_table(BranchRules)
    with pghistory.context(user=by.pk):
        rules.changed_by = by
        rules.save()
    return rules


@transaction.atomic
def add_group(group: PartyGroup, *, by: User) -> PartyGroup:
    """The new group stands last."""
    lock_table(PartyGroup)
    group.validate_unique()
    group.order = (PartyGroup.objects.aggregate(last=models.Max("order"))["last"] or 0) + 1
    with pghistory.context(user=by.pk):
        group.save()
    return group


@transaction.atomic
def change_group(group: PartyGroup, *, by: User) -> PartyGroup:
    lock_table(PartyGroup)
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
