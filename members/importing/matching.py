"""Whose record a row is about: by identity number, else by telephone, else by name and day of birth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from members.actions.sensitive import id_number_digests
from members.importing.rows import Row
from members.models import Member, SensitiveRecord, TimelineEntry


@dataclass
class Person:
    """A record as it stands, with all that a table can speak of."""

    member: Member
    sensitive: SensitiveRecord | None
    days: dict[str, set]  # of the timeline, by kind

    @property
    def digest(self) -> str | None:
        return self.sensitive.id_number_digest if self.sensitive else None


class People:
    """Everybody whom one of the rows may be about. Five queries, however many rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.digests = id_number_digests(row.values["id_number"] for row in rows if "id_number" in row.values)
        phones = {row.values["phone"] for row in rows if row.values.get("phone")}
        names = {row.name for row in rows if row.name}
        numbered = dict(
            SensitiveRecord.objects.filter(id_number_digest__in=self.digests.values()).values_list(
                "id_number_digest", "member"
            )
        )
        found = Member.objects.filter(pk__in=numbered.values())
        found = found | Member.objects.filter(phone__in=phones) | Member.objects.filter(name__in=names)
        people = _whole(found.select_related("party_group"))
        self._by_digest = {digest: people[pk] for digest, pk in numbered.items() if pk in people}
        self._by_phone = _grouped(people.values(), lambda person: person.member.phone)
        self._by_name = _grouped(people.values(), lambda person: person.member.name)

    def match(self, row: Row) -> Person | None:
        """The person, or None for somebody new. What stays in doubt is an error of the row."""
        digest = self.digests.get(row.values.get("id_number"))
        if digest in self._by_digest:
            return self._by_digest[digest]
        phone, born = row.values.get("phone"), row.values.get("birth_date")
        if phone and (found := self._by_phone.get(phone)):
            return self._by_telephone(row, found, digest)
        namesakes = self._by_name.get(row.name, [])
        if born and (found := [person for person in namesakes if person.member.birth_date == born]):
            return self._only(row, "name", found, digest)
        self._refuse_doubt(row, namesakes, digest)
        return None

    def _refuse_doubt(self, row: Row, namesakes: list[Person], digest: str | None) -> None:
        """Nobody is added twice because one of the two entries says too little."""
        born = row.values.get("birth_date")
        for person in namesakes:
            is_another = digest and person.digest and digest != person.digest
            if not is_another and not (born and person.member.birth_date):
                row.refuse(
                    "name",
                    _(
                        "A record of this name is there already. Give telephone, date of birth or identity number, here "
                        "and there, so that it can be told whether it is the same person."
                    ),
                )
                return

    def _by_telephone(self, row: Row, found: list[Person], digest: str | None) -> Person | None:
        person = self._only(row, "phone", found, digest)
        if person and row.name and person.member.name != row.name:
            row.refuse(
                "phone",
                _(
                    "%(name)s has this telephone number. If it is the same person, correct the name in the record first."
                )
                % {"name": person.member.name},
            )
        return person

    def _only(self, row: Row, name: str, found: list[Person], digest: str | None) -> Person | None:
        if len(found) > 1:
            row.refuse(name, _("Several records fit this row: give the identity number."))
            return None
        (person,) = found
        if digest and person.digest and person.digest != digest:
            row.refuse(
                "id_number",
                _("The record of %(name)s, which fits otherwise, has another identity number.")
                % {"name": person.member.name},
            )
        return person


def _whole(members: Iterable[Member]) -> dict[int, Person]:
    people = {member.pk: Person(member, None, defaultdict(set)) for member in members}
    for record in SensitiveRecord.objects.filter(member__in=people):
        people[record.member_id].sensitive = record
    for pk, kind, on in TimelineEntry.objects.filter(member__in=people).values_list("member", "kind", "on"):
        people[pk].days[kind].add(on)
    return people


def _grouped(people: Iterable[Person], key) -> dict[object, list[Person]]:
    grouped = defaultdict(list)
    for person in people:
        grouped[key(person)].append(person)
    return grouped
