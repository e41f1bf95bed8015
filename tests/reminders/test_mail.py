"""Mails: to whom, in which language, with what in them; each notice once at most, whatever fails."""

from __future__ import annotations

import pytest
from django.core import mail

from branch_portal.reminders import actions, delivering
from branch_portal.reminders.models import Notice
from tests.factories import make_event
from tests.rectification.factories import make_entry
from tests.reminders.moments import NOW, TODAY, after
from tests.reminders.post_offices import Killed

pytestmark = pytest.mark.django_db
OFFICES = "tests.reminders.post_offices"


@pytest.fixture(autouse=True)
def _mail_server(settings):
    settings.EMAIL_HOST = "mail.example.org"
    settings.PORTAL_ADDRESS = "https://portal.example.org"


@pytest.fixture
def office(settings):
    def take(name: str) -> None:
        settings.EMAIL_BACKEND = (
            f"{OFFICES}.{name}" if name else "django.core.mail.backends.locmem.EmailBackend"
        )

    return take


def addressees() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_everybody_with_an_address_gets_one_letter(meeting):
    actions.make_notices(NOW)
    assert delivering.send_mails(NOW).people == 2
    assert addressees() == ["chen@example.org", "secretary@example.org"]
    assert delivering.send_mails(NOW).people == 0
    assert len(mail.outbox) == 2


def test_a_letter_in_the_readers_language_with_a_way_to_the_portal(meeting, member):
    member.language = "en"
    member.save()
    actions.make_notices(NOW)
    delivering.send_mails(NOW)
    (letter,) = [each for each in mail.outbox if each.to == ["chen@example.org"]]
    assert letter.subject == "Test Association Party Branch: You are invited: 十二月党员大会"
    assert "Place: 会议室" in letter.body
    assert "https://portal.example.org/en/desk/notices/" in letter.body
    assert "https://portal.example.org/en/desk/notices/channels/" in letter.body
    assert letter.content_subtype == "plain"
    assert letter.extra_headers == {"Auto-Submitted": "auto-generated"}
    (chinese,) = [each for each in mail.outbox if each.to != ["chen@example.org"]]
    assert "https://portal.example.org/zh-hans/desk/notices/" in chinese.body


def test_without_an_address_of_its_own_the_portal_names_no_page(meeting, settings):
    settings.PORTAL_ADDRESS = ""
    actions.make_notices(NOW)
    delivering.send_mails(NOW)
    assert not [each for each in mail.outbox if "http" in each.body]


def test_a_letter_says_nothing_of_others_and_nothing_that_people_typed(secretary, member, meeting):
    make_entry(
        by=secretary,
        in_charge=member.member,
        problem="学习不够",
        measure="每周",
        started_on=TODAY,
        due_on=TODAY,
    )
    actions.make_notices(NOW)
    delivering.send_mails(NOW)
    (letter,) = [each for each in mail.outbox if each.to == ["chen@example.org"]]
    assert "2024-01" in letter.body
    for word in ("学习不够", "每周", "周书记", "陈一", "secretary@example.org"):
        assert word not in letter.body + letter.subject


@pytest.mark.parametrize(
    "why", ["switched off", "no address", "closed", "gone", "read", "no server", "old", "over"]
)
def test_who_gets_no_letter(meeting, member, settings, why):
    actions.make_notices(NOW)
    mine, now = Notice.objects.of(member.member_id), NOW
    if why == "switched off":
        actions.choose_mail(member.member, by_mail=False)
    elif why == "no address":
        member.email = ""
    elif why == "closed":
        member.is_active = False
    elif why == "gone":
        make_event(member.member, "moved_out", TODAY)
    elif why == "read":
        actions.mark_read(mine.get())
    elif why == "no server":
        settings.EMAIL_HOST = ""
    elif why == "old":
        now = after(days=3)
    else:
        now = after(days=6)
    member.save()
    delivering.send_mails(now)
    assert "chen@example.org" not in addressees()


def test_switched_on_again_it_comes(meeting, member):
    actions.make_notices(NOW)
    actions.choose_mail(member.member, by_mail=False)
    delivering.send_mails(NOW)
    actions.choose_mail(member.member, by_mail=True)
    delivering.send_mails(NOW)
    assert addressees() == ["chen@example.org", "secretary@example.org"]


# --- failures -------------------------------------------------------------------------------------
def test_an_address_that_fails_keeps_nobody_waiting_and_is_tried_again(meeting, office):
    actions.make_notices(NOW)
    office("RefusesChen")
    outcome = delivering.send_mails(NOW)
    assert (outcome.people, dict(outcome.refused)) == (1, {"SMTPRecipientsRefused": 1})
    office("")
    assert delivering.send_mails(after(minutes=5)).people == 1
    assert addressees() == ["chen@example.org", "secretary@example.org"]


def test_a_server_that_is_not_there_loses_nothing(meeting, office):
    actions.make_notices(NOW)
    office("NobodyThere")
    assert dict(delivering.send_mails(NOW).refused) == {"ConnectionRefusedError": 2}
    office("")
    assert delivering.send_mails(NOW).people == 2


def test_a_letter_of_unknown_outcome_is_not_sent_again(meeting, office):
    actions.make_notices(NOW)
    office("BreaksOff")
    outcome = delivering.send_mails(NOW)
    assert dict(outcome.unknown) == {"SMTPServerDisconnected": 2}
    assert not outcome.is_whole
    office("")
    assert delivering.send_mails(NOW).people == 0
    assert len(mail.outbox) == 2


def test_a_run_that_is_cut_off_between_sending_and_noting_sends_nothing_twice(meeting, office):
    actions.make_notices(NOW)
    office("EndsTheProcess")
    with pytest.raises(Killed):
        delivering.send_mails(NOW)
    office("")
    delivering.send_mails(NOW)
    assert addressees() == ["chen@example.org", "secretary@example.org"]
    assert Notice.objects.filter(mail="sending").count() == 1
    assert Notice.objects.of_unknown_outcome(after(minutes=61)).count() == 1


def test_a_title_with_a_line_break_makes_no_header(meeting, member):
    actions.make_notices(NOW)
    notice = Notice.objects.of(member.member_id).get()
    notice.facts["title"] = "大会\r\nBcc: x@example.org"
    letter = delivering.letter(member, [notice])
    assert letter.subject.endswith("大会 Bcc: x@example.org")
    assert letter.recipients() == ["chen@example.org"]


def test_letters_of_one_person_are_one_letter(secretary, member, meeting):
    for _number in range(3):
        make_entry(by=secretary, in_charge=member.member, started_on=TODAY, due_on=TODAY)
    actions.make_notices(NOW)
    delivering.send_mails(NOW)
    (letter,) = [each for each in mail.outbox if each.to == ["chen@example.org"]]
    assert "4" in letter.subject


def test_what_is_being_sent_is_marked_before_it_leaves(meeting, settings, monkeypatch):
    actions.make_notices(NOW)
    seen = []
    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages",
        lambda self, messages: seen.append(set(Notice.objects.values_list("mail", flat=True))),
    )
    delivering.send_mails(NOW)
    assert seen == [{"sending", "waiting"}, {"sending", "sent"}]
