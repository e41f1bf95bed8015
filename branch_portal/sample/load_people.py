"""The branch, its people and their accounts into the database."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pgtrigger
from django.contrib.auth.hashers import make_password

from branch_portal.sample.load_records import load_expected, load_papers, load_records, record_fields
from branch_portal.sample.people import ACCOUNTS, GROUPS, PASSWORD, POSTS, PROFILE, SECRETARY, people
from branch_portal.sample.shapes import Person
from branch_portal.sample.stored_files import StoredFiles
from members.models import BranchProfile, Member, PartyGroup, Position, User

_MOBILE = "1990000{number:04}"


@dataclass(frozen=True)
class Cast:
    """Who is who: the people as they are written down, and their rows, by name."""

    people: tuple[Person, ...]
    groups: dict[int, PartyGroup]
    members: dict[str, Member]
    accounts: dict[str, User]

    def committee_on(self, day: datetime.date) -> list[Person]:
        """Who sat on the branch committee on that day."""
        names = {
            post.name
            for post in POSTS
            if post.post in Position.Post.committee()
            and post.since <= day
            and (post.until is None or day <= post.until)
        }
        return [person for person in self.people if person.name in names]

    def party_members_on(self, day: datetime.date, group: int | None = None) -> list[Person]:
        """Full and probationary members of that day, of one Party group or of all."""
        return [person for person in self.people if person.belongs_on(day) and group in {None, person.group}]


def load_people(today: datetime.date, files: StoredFiles) -> Cast:
    """Profile (marked as a sample), Party groups, members with their records, posts and accounts."""
    BranchProfile.objects.update_or_create(pk=1, defaults={**PROFILE, "is_sample": True})
    groups = {
        number: PartyGroup.objects.create(name=name, name_en=name_en, order=number)
        for number, name, name_en in GROUPS
    }
    persons = people(today)
    members = {person.name: _member(person, number, groups) for number, person in enumerate(persons)}
    for post in POSTS:
        Position.objects.create(
            member=members[post.name],
            post=post.post,
            party_group=groups[post.group] if post.group else None,
            started_on=post.since,
            ended_on=post.until,
        )
    accounts = _accounts(members)
    load_records(members, persons, by=accounts[SECRETARY], today=today)
    expected = load_expected(len(persons), by=accounts[SECRETARY], today=today)
    members[expected.name] = expected
    load_papers(members, accounts, by=accounts[SECRETARY], files=files)
    return Cast(persons, groups, members, accounts)


def _member(person: Person, number: int, groups: dict[int, PartyGroup]) -> Member:
    # A candidate's entries come with their own days; by itself a row's timeline would begin today.
    if person.admitted is None:
        with pgtrigger.ignore("members.Member:begins_with_a_timeline"):
            return _create(person, number, groups)
    return _create(person, number, groups)


def _create(person: Person, number: int, groups: dict[int, PartyGroup]) -> Member:
    return Member.objects.create(
        name=person.name,
        reading=person.reading,
        gender=person.gender,
        birth_date=person.born,
        stage=person.stage,
        admitted_on=person.admitted,
        confirmed_on=person.confirmed,
        party_group=groups[person.group] if person.group else None,
        left_on=person.left,
        **record_fields(person, number),
    )


def _accounts(members: dict[str, Member]) -> dict[str, User]:
    """One password for all, so it is hashed once: hashing is slow on purpose."""
    hashed = make_password(PASSWORD)
    made = {}
    for number, account in enumerate(ACCOUNTS):
        member = members.get(account.name)
        user = User.objects.create(
            username=account.username,
            password=hashed,
            mobile=_MOBILE.format(number=number) if member else None,
            member=member,
            is_administrator=member is None,
            is_active=member is None or member.left_on is None,
        )
        made[account.name or account.username] = user
    return made
