"""Two runs at the same moment, on two real connections."""

from __future__ import annotations

import pytest
from django.core import mail

from branch_portal.reminders import actions, delivering, posting
from branch_portal.reminders.models import Channels, GroupPost, Notice
from tests.factories import make_meeting, make_user
from tests.meetings.test_races import at_once
from tests.reminders.moments import NOW, after
from tests.reminders.robots import robot

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_runs_at_once_tell_everybody_once(meeting, secretary):
    people = [make_user().member for _number in range(10)]
    for days in (2, 3, 4):
        make_meeting(by=secretary, invited=people, starts_at=after(days=days))
    made = at_once(*[lambda: actions.make_notices(NOW)] * 4)
    assert sum(made) == 32 == Notice.objects.count()


def test_two_runs_at_once_send_one_letter_each(meeting, secretary, settings):
    settings.EMAIL_HOST = "mail.example.org"
    people = [make_user(email=f"person{number}@example.org").member for number in range(8)]
    make_meeting(by=secretary, invited=people, starts_at=after(days=2))
    actions.make_notices(NOW)
    outcomes = at_once(*[lambda: delivering.send_mails(NOW)] * 3)
    assert sum(outcome.people for outcome in outcomes) == 10
    assert len(mail.outbox) == 10
    assert set(Notice.objects.values_list("mail", flat=True)) == {"sent"}


def test_two_runs_at_once_post_once_and_keep_the_limit(secretary, settings):
    settings.WECOM_PER_MINUTE = 3
    for days in (2, 3, 4, 5):
        make_meeting(by=secretary, starts_at=after(days=days))
    with robot() as group:
        settings.WECOM_WEBHOOK_SECRET = group.webhook
        made = at_once(*[lambda: actions.make_group_posts(NOW)] * 2)
        outcomes = at_once(*[lambda: posting.send_posts(NOW)] * 3)
    assert not [each for each in [*made, *outcomes] if isinstance(each, Exception)]
    assert GroupPost.objects.count() == 4
    assert sum(outcome.count for outcome in outcomes) == len(group.texts) == len(set(group.texts)) == 3


def test_two_addresses_asked_for_at_once_leave_one(member):
    first, second = at_once(*[lambda: actions.renew_calendar(member.member, NOW)] * 2)
    kept = Channels.objects.get(member=member.member).calendar_digest
    assert kept in {actions.digest_of(first), actions.digest_of(second)}
