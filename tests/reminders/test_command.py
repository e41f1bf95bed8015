"""``manage.py send_reminders`` and the clock: one line, and an exit code that cron can tell of."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from branch_portal.reminders.models import Notice
from tests.reminders.robots import robot

pytestmark = pytest.mark.django_db(transaction=True)


def send(*options: str) -> str:
    output = StringIO()
    call_command("send_reminders", *options, stdout=output)
    return output.getvalue()


def test_a_run_says_what_it_did_in_one_line(meeting, settings):
    settings.EMAIL_HOST = "mail.example.org"
    with robot() as group:
        settings.WECOM_WEBHOOK_SECRET = group.webhook
        assert send() == "Notices made: 2; people mailed: 2; posts to the group: 1.\n"
        assert send() == "Notices made: 0; people mailed: 0; posts to the group: 0.\n"


def test_a_dry_run_does_nothing(meeting, settings):
    settings.EMAIL_HOST = "mail.example.org"
    with robot() as group:
        settings.WECOM_WEBHOOK_SECRET = group.webhook
        expected = "Would be done, nothing was: Notices made: 2; people mailed: 2; posts to the group: 1.\n"
        assert send("--dry-run") == expected
        assert send("--dry-run") == expected
        assert group.texts == []
    assert mail.outbox == []
    assert Notice.objects.count() == 0


def test_a_failure_is_one_line_without_addresses_and_secrets(meeting, settings):
    settings.EMAIL_HOST = "mail.example.org"
    settings.EMAIL_BACKEND = "tests.reminders.post_offices.RefusesChen"
    with robot() as group:
        group.answers = [{"errcode": 93000, "errmsg": "a-secret-key"}]
        settings.WECOM_WEBHOOK_SECRET = group.webhook
        with pytest.raises(CommandError) as failure:
            send()
    assert failure.value.returncode == 1
    assert str(failure.value) == (
        "Notices made: 2; people mailed: 1; posts to the group: 0; FAILED: mails refused and tried again: 1 "
        "(SMTPRecipientsRefused); posts failed and tried again: 1 (errcode 93000)."
    )


def test_the_clock_makes_notices_and_sends_nothing(meeting, settings):
    settings.EMAIL_HOST = "mail.example.org"
    output = StringIO()
    call_command("tick", stdout=output)
    assert (output.getvalue(), Notice.objects.count(), mail.outbox) == ("", 2, [])
