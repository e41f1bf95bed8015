"""The pages of notices: one's own, and nobody else's."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from branch_portal.reminders import actions
from branch_portal.reminders.calendar_secrets import digest_of
from branch_portal.reminders.models import Channels, Notice
from members.permissions import Role
from tests.factories import make_meeting, make_user
from tests.rectification.factories import make_entry, make_task
from tests.reminders.moments import NOW, TODAY, after

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client, member):
    client.force_login(member)
    return client


def page(client, name: str = "list", *args, **query) -> str:
    response = client.get(reverse(f"reminders:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def masthead(text: str) -> str:
    return re.search(r'<nav class="masthead-tools".*?</nav>', text, re.DOTALL)[0]


def test_the_unread_ones_are_counted_on_every_page_of_the_desk(own, meeting):
    assert "masthead-count" not in masthead(own.get(reverse("desk:home")).content.decode())
    actions.make_notices(NOW)
    text = masthead(own.get(reverse("desk:home")).content.decode())
    assert re.search(r'masthead-count">1<', text)


def test_a_notice_is_read_by_opening_it_and_leads_to_its_page(own, meeting, member):
    actions.make_notices(NOW)
    notice = Notice.objects.of(member.member_id).get()
    assert "You are invited: 十二月党员大会" in page(own)
    response = own.post(reverse("reminders:open", args=[notice.pk]))
    assert response.url == reverse("meetings:detail", args=[meeting.pk])
    assert own.get(response.url).status_code == 200
    assert not Notice.objects.of(member.member_id).unread().exists()
    assert "masthead-count" not in page(own)


def test_looking_at_the_list_reads_nothing(own, meeting, member):
    actions.make_notices(NOW)
    page(own)
    assert Notice.objects.of(member.member_id).unread().count() == 1


def test_all_that_the_page_showed_is_read_and_nothing_that_came_since(own, meeting, secretary, member):
    actions.make_notices(NOW)
    make_meeting(by=secretary, invited=[member.member], starts_at=after(days=2))
    actions.make_notices(after(minutes=2))
    own.post(reverse("reminders:read_all"), {"shown_at": after(minutes=1).isoformat()})
    assert Notice.objects.of(member.member_id).unread().count() == 1
    assert "You have read everything." not in page(own, show="unread")


@pytest.mark.parametrize("shown_at", ["", "x", "2026-13-45T00:00", "2026-01-01T00:00"])
def test_a_moment_that_is_none_is_now(own, meeting, member, shown_at):
    actions.make_notices(after(days=-1))
    own.post(reverse("reminders:read_all"), {"shown_at": shown_at})
    assert not Notice.objects.of(member.member_id).unread().exists()


def test_a_ballots_notice_is_opened_without_a_trace(own, member):
    Notice.objects.create(
        member=member.member,
        kind="ballot",
        subject="1",
        occasion="open",
        facts={"title": "测评", "title_en": "", "closes_at": ""},
        made_at=after(days=-1),
    )
    text = page(own)
    assert f'href="{reverse("ballots:detail", args=[1])}"' in text
    assert "/open/" not in text


def test_anothers_notice_is_not_found(client, meeting, member, secretary):
    actions.make_notices(NOW)
    client.force_login(secretary)
    theirs = Notice.objects.of(member.member_id).get()
    assert client.post(reverse("reminders:open", args=[theirs.pk])).status_code == 404
    assert not Notice.objects.get(pk=theirs.pk).is_read
    client.post(reverse("reminders:read_all"))
    assert Notice.objects.of(member.member_id).unread().count() == 1


def test_an_administrator_who_is_none_of_the_branch_has_none(client, secretary):
    client.force_login(make_user(Role.ADMINISTRATOR))
    assert client.get(reverse("reminders:list")).status_code == 404
    assert reverse("reminders:list") not in client.get(reverse("desk:home")).content.decode()


def test_as_many_queries_for_many_notices_as_for_one(
    own, meeting, secretary, member, django_assert_max_num_queries, django_assert_num_queries
):
    actions.make_notices(after(hours=-30))
    with django_assert_max_num_queries(12) as few:
        page(own)
    for number in range(12):
        make_meeting(by=secretary, invited=[member.member], starts_at=after(days=number + 1))
        make_task(by=secretary, owner=member.member, due_on=TODAY)
        make_entry(in_charge=member.member, started_on=TODAY, due_on=TODAY)
    actions.make_notices(after(hours=-29))
    with django_assert_num_queries(len(few)):
        assert "page-link" in page(own)


# --- by which ways --------------------------------------------------------------------------------
def test_mail_is_switched_off_and_on(own, member, settings):
    settings.EMAIL_HOST = "mail.example.org"
    assert "Mails go to chen@example.org." in page(own, "channels")
    own.post(reverse("reminders:channels"), {})
    assert Channels.objects.get(member=member.member).by_mail is False
    own.post(reverse("reminders:channels"), {"by_mail": "on"})
    assert Channels.objects.get(member=member.member).by_mail is True


def test_whoever_gets_no_mail_is_told_why(own, member, settings):
    assert "sends no mail at present" in page(own, "channels")
    settings.EMAIL_HOST = "mail.example.org"
    member.email = ""
    member.save()
    assert "has no e-mail address" in page(own, "channels")


def test_the_address_is_shown_once_and_replaces_the_one_before(own, member, client):
    addresses = []
    for _time in range(2):
        response = own.post(reverse("reminders:renew"))
        assert response.headers["Cache-Control"] == "private, no-store"
        addresses.append(re.search(r"http://testserver(/calendar/[\w-]+\.ics)", response.content.decode())[1])
        assert '<svg xmlns="http://www.w3.org/2000/svg"' in response.content.decode()
    assert [own.get(address).status_code for address in addresses] == [404, 200]
    assert "/calendar/" not in page(own, "channels").replace("/channels/calendar/", "")
    secret = addresses[1].removeprefix("/calendar/").removesuffix(".ics")
    assert Channels.objects.get(member=member.member).calendar_digest == digest_of(secret)
    own.post(reverse("reminders:end"))
    assert own.get(addresses[1]).status_code == 404


def test_choosing_mail_leaves_the_calendar_and_the_other_way_round(own, member):
    own.post(reverse("reminders:channels"), {})
    own.post(reverse("reminders:renew"))
    chosen = Channels.objects.get(member=member.member)
    assert (chosen.by_mail, chosen.has_calendar) == (False, True)
    own.post(reverse("reminders:channels"), {"by_mail": "on"})
    chosen.refresh_from_db()
    assert (chosen.by_mail, chosen.has_calendar) == (True, True)


def test_coming_back_to_the_address_by_a_link_makes_no_new_one(own, member):
    own.post(reverse("reminders:renew"))
    before = Channels.objects.get(member=member.member).calendar_digest
    assert own.get(reverse("reminders:renew")).url == reverse("reminders:channels")
    assert Channels.objects.get(member=member.member).calendar_digest == before
