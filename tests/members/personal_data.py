"""A person of whom everything is entered that the models mark as personal."""

from __future__ import annotations

import datetime

from django.apps import apps
from django.utils.formats import date_format

from members import actions
from members.models import Member, MobileContact, MobilePeriod, User
from members.privacy import Privacy, fields_of
from tests.factories import make_event, make_member


def enter_everything(user: User) -> dict[str, str]:
    """Each value as a reader would know it, by model and field; a mark that is nowhere entered here is a mistake."""
    member = user.member
    Member.objects.filter(pk=member.pk).update(
        birth_date=datetime.date(1971, 2, 3),
        native_place="出生的村子",
        voteless_until=datetime.date(2031, 4, 5),
        work_started_on=datetime.date(1991, 6, 7),
        phone="13100000001",
        address="住处一号",
    )
    User.objects.filter(pk=user.pk).update(mobile="13100000002", email="someone@example.org")
    entry = make_event(member, "moved_in", note="从外地搬来")
    period = MobilePeriod.objects.create(
        member=member,
        since=datetime.date(2025, 1, 1),
        place="邻市",
        reason="work",
        contact_person=make_member(),
        contact_phone="13100000003",
        note="住在亲戚家",
    )
    contact = MobileContact.objects.create(
        period=period, on=datetime.date(2025, 2, 1), way="telephone", note="谈了家事"
    )
    request = actions.ask_for_change(
        Member.objects.get(pk=member.pk), "address", "住处二号", by=User.objects.get(pk=user.pk)
    )
    found = {}
    for row in (member, user, entry, period, contact, request):
        row.refresh_from_db()
        for field in fields_of(type(row), Privacy.PERSONAL):
            value = getattr(row, field.name)
            assert value, f"{field} is not entered"
            is_day = isinstance(value, datetime.date)
            found[f"{row._meta.label}.{field.name}"] = date_format(value, "DATE_FORMAT") if is_day else value
    assert found.keys() == {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in fields_of(model, Privacy.PERSONAL)
        if not hasattr(model, "pgh_tracked_model")
    }
    return found
