"""What the records hold beside names and posts: timelines, work, sealed data, times away, letters, awards, courses."""

from __future__ import annotations

import datetime

from branch_portal.sample import papers, records
from branch_portal.sample.days import working_day
from branch_portal.sample.shapes import Paper, Person
from branch_portal.sample.stored_files import StoredFiles
from members import actions
from members.actions.files import use_photograph
from members.models import (
    Award,
    Member,
    MemberFile,
    MobileContact,
    MobilePeriod,
    SensitiveLook,
    TimelineEntry,
    Training,
    Transfer,
    User,
)


def record_fields(person: Person, number: int) -> dict[str, object]:
    """What the record of a person, the so many-th, says of work, education and contact."""
    employer, department, title = records.WORK[number % len(records.WORK)]
    education, degree, school = records.SCHOOLS[number % len(records.SCHOOLS)]
    return {
        "ethnic_group": "汉族",
        "native_place": records.NATIVE_PLACES[number % len(records.NATIVE_PLACES)],
        "education": education,
        "degree": degree,
        "school": school,
        "work_started_on": datetime.date(person.born.year + 24, 8, 1),
        "employer": employer,
        "department": department,
        "duty": "医师" if "医师" in title else "职员",
        "title": title,
        "introducers": "、".join(records.INTRODUCERS)
        if person.admitted and person.admitted.year > 2000
        else "",
        "phone": records.telephone(number),
        "address": f"澜川市青溪路{number + 1}号（虚构）",
    }


def load_records(
    members: dict[str, Member], persons: tuple[Person, ...], *, by: User, today: datetime.date
) -> None:
    """``members``: the rows by name, ``by``: the secretary, who keeps the records."""
    _load_timelines(members, persons, today)
    _load_sensitive_data(members, persons, by)
    _load_times_away(members, by, today)
    for letter in records.LETTERS:
        _load_letter(letter, members[letter.name], by, today)
    for name, title, day, level, given_by in records.awards(today):
        award = Award(member=members[name], title=title, on=day, level=level, given_by=given_by)
        actions.enter_merit(award, by=by)
    for name, title, first, last, hours in records.courses(today):
        course = Training(
            member=members[name],
            title=title,
            organizer="澜川市社会组织党校",
            started_on=first,
            ended_on=last,
            hours=hours,
        )
        actions.enter_merit(course, by=by)


def load_expected(number: int, *, by: User, today: datetime.date) -> Member:
    """Somebody whom a letter of introduction brings; the so many-th person of the sample."""
    told, person = records.EXPECTED, records.EXPECTED.person
    issued = working_day(today, -told.issued)
    member = Member(
        name=person.name,
        gender=person.gender,
        birth_date=person.born,
        stage=person.stage,
        admitted_on=person.admitted,
        confirmed_on=person.confirmed,
        standing=Member.Standing.EXPECTED,
        left_on=issued,
        **record_fields(person, number),
    )
    actions.add_member(member, by=by)
    actions.change_sensitive(
        member, {"id_number": records.id_number(person.born, number, person.gender)}, by=by
    )
    letter = Transfer(
        member=member,
        direction=Transfer.Direction.IN,
        other_branch=told.other_branch,
        letter_number=told.number,
        reason=told.reason,
    )
    actions.issue_letter(actions.draft_letter(letter, by=by), on=issued, by=by)
    return member


def load_papers(
    members: dict[str, Member], accounts: dict[str, User], *, by: User, files: StoredFiles
) -> None:
    """Papers of candidates, photographs, and what a member asks to have changed."""
    for name in records.PHOTOGRAPHED:
        use_photograph(members[name], files.portrait(), by=by)
    for name, kind, title in records.PAPERS:
        made = papers.document(Paper(f"{title}.docx", f"{title}（示例）", ("本材料为示例，内容均为虚构。",)))
        MemberFile.objects.create(
            member=members[name],
            kind=kind,
            title=title,
            key=files.document(made),
            content_type=made.content_type,
            size=made.size,
            changed_by=by,
        )
    name, field, value = records.ASKED
    actions.ask_for_change(members[name], field, value, by=accounts[name])
    name, field, value, reason = records.REFUSED
    request = actions.ask_for_change(members[name], field, value, by=accounts[name])
    actions.refuse_request(request, by=by, reason=reason)


def _load_timelines(members: dict[str, Member], persons: tuple[Person, ...], today: datetime.date) -> None:
    """The way to admission. The rows themselves brought the entries of their dates along."""
    entries = []
    for person in persons:
        member = members[person.name]
        if person.admitted is None:
            start, steps = today, records.CANDIDATES[person.name]
        else:
            start, steps = person.admitted, records.BEFORE_ADMISSION
        entries += [
            TimelineEntry(member=member, kind=kind, on=working_day(start, -days))
            for kind, days in steps.items()
        ]
        if person.extended:
            decided, until = records.extension(person.admitted, today)
            entries.append(
                TimelineEntry(
                    member=member, kind="extended", on=decided, until=until, note="学习笔记与思想汇报尚有欠缺"
                )
            )
    TimelineEntry.objects.bulk_create(entries)


def _load_sensitive_data(members: dict[str, Member], persons: tuple[Person, ...], by: User) -> None:
    for number, person in enumerate(persons):
        texts = {"id_number": records.id_number(person.born, number, person.gender)}
        if person.name in records.HARDSHIPS:
            texts["difficulties"] = records.HARDSHIPS[person.name]
        if person.name in records.DISCIPLINES:
            texts["discipline"] = records.DISCIPLINES[person.name]
        if person.name in records.DUES_BASES:
            texts["dues_base"] = records.DUES_BASES[person.name]
        actions.change_sensitive(members[person.name], texts, by=by)
    actions.look_at(members[records.LOOKED_AT], ["id_number"], by=by, occasion=SensitiveLook.Occasion.PAGE)


def _load_times_away(members: dict[str, Member], by: User, today: datetime.date) -> None:
    for number, away in enumerate(records.AWAY):
        period = MobilePeriod(
            member=members[away.name],
            since=working_day(today, -away.since),
            until=working_day(today, -away.back) if away.back else None,
            place=away.place,
            reason=away.reason,
            host_branch=away.host_branch,
            contact_person=members[away.contact_person],
            contact_phone=records.telephone(900 + number),
        )
        actions.enter_time_away(period, by=by)
        contact = MobileContact(
            period=period,
            on=working_day(today, -away.last_contact),
            way=MobileContact.Way.TELEPHONE,
            note="工作生活情况正常，按时参加线上学习。",
        )
        actions.enter_contact(contact, by=by)


def _load_letter(told: records.Letter, member: Member, by: User, today: datetime.date) -> None:
    letter = Transfer(
        member=member,
        direction=Transfer.Direction.OUT,
        other_branch=told.other_branch,
        letter_number=told.number,
        reason=told.reason,
    )
    letter = actions.issue_letter(
        actions.draft_letter(letter, by=by), on=working_day(today, -told.issued), by=by
    )
    if told.sent_back:
        back = working_day(today, 20 - told.issued)
        actions.reject_letter(letter, on=back, by=by, note=told.sent_back)
