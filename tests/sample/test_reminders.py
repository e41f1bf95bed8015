"""The sample's notices: of every kind, read and unread."""

import pytest

from branch_portal.reminders import actions
from branch_portal.reminders.models import Channels, Notice
from branch_portal.reminders.wording import words_of
from tests.sample.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_notices_of_the_kinds_that_the_sample_gives_rise_to():
    told = set(Notice.objects.values_list("kind", flat=True))
    assert told >= {"meeting", "task", "entry", "minutes", "ballot", "leave", "change"}
    steps = {notice.step for notice in Notice.objects.filter(kind="meeting")}
    assert steps == {"announced", "changed", "cancelled", "reminder"}


def test_some_are_read_and_some_are_not_and_all_have_words():
    assert set(Notice.objects.values_list("is_read", flat=True)) == {True, False}
    assert all(words_of(notice).subject for notice in Notice.objects.all())


def test_another_run_tells_nothing_again():
    assert actions.make_notices(NOW) == 0


def test_somebody_has_a_calendar_and_somebody_wants_no_mail():
    assert Channels.objects.filter(calendar_digest__isnull=False).count() == 2
    assert Channels.objects.filter(by_mail=False).count() == 1
