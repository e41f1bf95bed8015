"""A talk is for two people and the secretary; pairs are told by names alone."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from meetings.talks import actions
from meetings.talks.models import Talk
from meetings.talks.reading import pairs_of_year
from members.permissions import Role
from tests.factories import make_branch, make_member, make_user
from tests.talks.factories import DAY, make_talk

pytestmark = pytest.mark.django_db
SECRET = "家庭困难需要帮助"


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY)


@pytest.fixture
def talker(secretary):
    return make_user(Role.COMMITTEE)


@pytest.fixture
def talk(talker):
    return make_talk(by=talker, partner=make_user(Role.MEMBER).member, problems=SECRET)


def url(name, *args):
    return reverse(f"talks:{name}", args=args)


def opens(client, user, talk):
    client.force_login(user)
    return client.get(url("talk", talk.pk)).status_code


def test_both_and_the_secretary_read_it_nobody_else(client, secretary, talker, talk):
    for user in (talker, talk.partner.user, secretary):
        assert opens(client, user, talk) == 200
    others = [make_user(Role.COMMITTEE), make_user(Role.MEMBER), make_user(Role.ADMINISTRATOR)]
    assert [opens(client, user, talk) for user in others] == [404, 404, 404]


def test_what_was_said_is_sealed_in_the_table_and_in_its_history(talk):
    with connection.cursor() as cursor:
        for table in ("talks_talk", "talks_talkevent"):
            cursor.execute(f"SELECT problems, points FROM {table}")  # noqa: S608 - a name from above
            rows = cursor.fetchall()
            assert rows
            assert all(text.startswith("sealed1.") for row in rows for text in row)
    assert Talk.objects.get().problems == SECRET


def test_only_who_entered_it_changes_it(client, secretary, talker, talk):
    client.force_login(talk.partner.user)
    assert client.get(url("edit", talk.pk)).status_code == 403
    client.force_login(talker)
    typed = {"on": DAY, "kind": "care", "points": "改后的要点"}
    client.post(url("edit", talk.pk), typed)
    talk.refresh_from_db()
    assert (talk.kind, talk.points, talk.talker) == ("care", "改后的要点", talker.member)


def test_a_member_enters_own_talks_alone(client, secretary):
    member, partner = make_user(Role.MEMBER), make_member()
    client.force_login(member)
    form = client.get(url("new")).context["form"]
    assert list(form.fields["talker"].queryset) == [member.member]
    typed = {
        "on": DAY,
        "kind": "exchange",
        "talker": member.member_id,
        "partner": partner.pk,
        "points": "谈心",
        "key": form.instance.key,
    }
    for _time in range(2):
        client.post(url("new"), typed)
    assert Talk.objects.get().recorded_by == member
    with pytest.raises(PermissionDenied):
        make_talk(by=member, talker=make_member(), partner=partner)


def test_the_secretary_enters_talks_of_others(secretary):
    talk = make_talk(by=secretary, talker=make_member(), partner=make_member())
    assert talk.recorded_by == secretary


def test_it_takes_two_and_has_happened(secretary):
    with pytest.raises(ValidationError) as refusal:
        make_talk(by=secretary, partner=secretary.member)
    assert refusal.value.message_dict == {"partner": ["A talk takes two."]}
    make_talk(by=secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        Talk.objects.update(partner=secretary.member)
    with pytest.raises(ValidationError) as refusal:
        make_talk(by=secretary, on=timezone.localdate() + datetime.timedelta(days=1))
    assert "on" in refusal.value.message_dict


def test_a_talk_is_never_deleted(talk):
    with pytest.raises(DatabaseError), transaction.atomic():
        talk.delete()


def test_pairs_are_names_without_a_word_of_what_was_said(client, secretary, talker, talk):
    client.force_login(talker)
    page = client.get(url("pairs", 2026)).content.decode()
    assert SECRET not in page
    client.force_login(make_user(Role.MEMBER))
    assert client.get(url("pairs", 2026)).status_code == 403


def test_a_talk_counts_for_its_year(secretary, talker, talk):
    before = pairs_of_year(2026, DAY)
    assert frozenset({talk.talker_id, talk.partner_id}) not in before.missing.with_the_committee
    last = pairs_of_year(2025, DAY)
    assert last.done == 0


def test_queries_do_not_grow(client, secretary, django_assert_num_queries, django_assert_max_num_queries):
    client.force_login(secretary)
    make_talk(by=secretary)
    for name, *args in (("list",), ("pairs", 2026)):
        with django_assert_max_num_queries(14) as first:
            client.get(url(name, *args))
        for _number in range(4):
            make_talk(by=secretary)
        with django_assert_num_queries(len(first.captured_queries)):
            client.get(url(name, *args))


def test_somebody_without_a_person_enters_nothing(client, secretary):
    client.force_login(make_user(Role.ADMINISTRATOR))
    assert client.get(url("new")).status_code == 403


def test_a_second_form_is_refused_to_whoever_did_not_enter_it(secretary, talk):
    talk.points = "别的"
    with pytest.raises(PermissionDenied):
        actions.change(talk, by=secretary)
