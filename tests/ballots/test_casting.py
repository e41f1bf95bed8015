"""Casting over http: what is accepted, what is refused with which reason, and that a vote leaves no trace of its voter."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from appraisals.ballots import actions, link_keys
from appraisals.ballots.actions.casting import Refused, cast
from appraisals.ballots.models import Seat
from appraisals.ballots.protocol.ballots import ballot_size_limit
from appraisals.ballots.protocol.hashing import sha256_base64
from appraisals.ballots.receipts import is_genuine
from appraisals.ballots.texts import election_of
from tests.ballots import factories
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage():
    return factories.opened(voters=4, questions=2, smallest_count=2)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(stage, user, data: bytes, *, replaces: str = "", name: str = "cast", **headers):
    return client_of(user).post(
        reverse(f"ballots:{name}", args=[stage.ballot.pk]),
        data,
        content_type="application/json",
        headers={"X-Replaces": replaces, **headers},
    )


def reason(response) -> tuple[int, str]:
    return response.status_code, response.json()["reason"]


def tracker(voter, stage) -> str | None:
    handle = link_keys.load(stage.ballot.uuid).handle(stage.ballot.voters.get(member=voter.member).pk)
    return Seat.objects.get(pk=handle).tracker


# --- accepted -------------------------------------------------------------------------------------
def test_an_accepted_ballot_has_a_signed_receipt_that_is_always_the_same(stage):
    data = factories.seal(stage, stage.voters[0], [0, None])
    first, again = (post(stage, stage.voters[0], data).json() for _time in range(2))
    assert (first["was_there"], again["was_there"]) == (False, True)
    assert {**first, "was_there": True} == again
    assert first["tracker"] == tracker(stage.voters[0], stage)
    assert is_genuine(stage.ballot, first["receipt"], first["signature"])
    assert not is_genuine(stage.ballot, first["receipt"].replace("a", "b", 1), first["signature"])
    other = factories.opened(voters=3, questions=1, smallest_count=2)
    assert not is_genuine(other.ballot, first["receipt"], first["signature"])


def test_a_later_ballot_replaces_the_one_it_names(stage):
    voter = stage.voters[0]
    first = factories.vote(stage, voter, [0, 0])
    data = factories.seal(stage, voter, [1, 1])
    answer = post(stage, voter, data)
    assert reason(answer) == (409, "replaced")
    assert answer.json()["tracker"] == first
    assert tracker(voter, stage) == first
    assert post(stage, voter, data, replaces=first).status_code == 200
    assert tracker(voter, stage) == sha256_base64(data)


def test_a_replayed_earlier_ballot_does_not_come_back(stage):
    voter = stage.voters[0]
    old = factories.seal(stage, voter, [0, 0])
    first = post(stage, voter, old).json()["tracker"]
    second = factories.vote(stage, voter, [1, 1], replaces=first)
    assert reason(post(stage, voter, old)) == (409, "replaced")
    assert reason(post(stage, voter, old, replaces=first)) == (409, "replaced")
    assert tracker(voter, stage) == second


# --- refused --------------------------------------------------------------------------------------
def test_whoever_is_not_on_the_roll_is_not_let_near(stage):
    data = factories.seal(stage, stage.voters[0], [0, 0])
    assert post(stage, make_user(), data).status_code == 403
    with pytest.raises(Refused, match="not_on_roll"):
        cast(stage.ballot, make_user().member, data=data, replaces=None)


def test_before_opening_nothing_is_taken():
    stage = factories.set_up(voters=3, questions=1)
    assert reason(post(stage, stage.voters[0], b"{}")) == (409, "not_open_yet")
    assert reason(post(stage, stage.voters[0], b"", name="place")) == (409, "not_open_yet")


def test_after_closing_nothing_is_taken(stage):
    data = factories.seal(stage, stage.voters[0], [0, 0])
    factories.close(stage)
    assert reason(post(stage, stage.voters[0], data)) == (410, "closed")
    assert reason(post(stage, stage.voters[0], b"", name="place")) == (410, "closed")


def test_a_ballot_sent_again_after_closing_is_said_to_be_in_the_count(stage):
    """Its acknowledgement was lost: nobody is told that nothing of it was stored."""
    data, other = (factories.seal(stage, voter, [0, 0]) for voter in stage.voters[:2])
    code = post(stage, stage.voters[0], data).json()["tracker"]
    factories.close(stage)
    answer = post(stage, stage.voters[0], data)
    assert (answer.status_code, answer.json()) == (410, {"reason": "counted", "tracker": code})
    assert reason(post(stage, stage.voters[1], other)) == (410, "closed")
    too_long = data + b" " * ballot_size_limit(election_of(stage.ballot))
    assert post(stage, stage.voters[0], too_long).status_code == 413


def test_a_ballot_of_a_vote_that_became_void_is_in_no_count(stage):
    data = factories.seal(stage, stage.voters[0], [0, 0])
    assert post(stage, stage.voters[0], data).status_code == 200
    factories.close(stage)
    actions.declare_void(stage.ballot, by=stage.secretary, reason="…")
    assert reason(post(stage, stage.voters[0], data)) == (410, "closed")


def test_at_the_very_second_of_closing_nothing_is_taken():
    closes_at = timezone.now() + datetime.timedelta(hours=1)
    stage = factories.opened(voters=4, questions=1, smallest_count=2, closes_at=closes_at)
    early, late = (factories.seal(stage, voter, [0]) for voter in stage.voters[:2])
    second = datetime.timedelta(microseconds=1)
    cast(stage.ballot, stage.voters[0].member, data=early, replaces=None, clock=lambda: closes_at - second)
    with pytest.raises(Refused, match="closed"):
        cast(stage.ballot, stage.voters[1].member, data=late, replaces=None, clock=lambda: closes_at)
    clock = iter([closes_at - second, closes_at])  # sent in time, checked too long
    with pytest.raises(Refused, match="closed"):
        cast(stage.ballot, stage.voters[1].member, data=late, replaces=None, clock=lambda: next(clock))
    assert Seat.objects.taken().count() == 1


def test_another_members_credential_is_refused(stage):
    data = factories.seal(stage, stage.voters[0], [0, 0])
    assert reason(post(stage, stage.voters[1], data)) == (403, "not_yours")
    assert not Seat.objects.taken().exists()


def test_whoever_was_given_paper_is_refused(stage):
    data = factories.seal(stage, stage.voters[0], [0, 0])
    actions.issue_paper(
        stage.ballot, stage.ballot.voters.get(member=stage.voters[0].member), by=stage.secretary
    )
    assert reason(post(stage, stage.voters[0], data)) == (403, "paper")


def test_a_ballot_of_another_vote_is_refused(stage):
    other = factories.opened(voters=3, questions=2, smallest_count=2)
    data = factories.seal(other, other.voters[0], [0, 0])
    assert reason(post(stage, stage.voters[0], data)) == (400, "ballot: other election")


def test_an_altered_ballot_is_refused_by_name(stage):
    data = factories.seal(stage, stage.voters[0], [0, 0])
    ballot = json.loads(data)
    ballot["answers"][0]["choices"].reverse()
    swapped = json.dumps(ballot, separators=(",", ":")).encode()
    assert reason(post(stage, stage.voters[0], swapped)) == (400, "ballot: wrong hash")
    assert reason(post(stage, stage.voters[0], data + b" ")) == (400, "ballot: not canonical")
    assert reason(post(stage, stage.voters[0], b"\xff\x00")) == (400, "JSON: invalid")


def test_an_oversized_ballot_is_refused_unread(stage):
    limit = ballot_size_limit(election_of(stage.ballot))
    assert reason(post(stage, stage.voters[0], b" " * (limit + 1))) == (413, "too_large")


def test_a_lost_link_is_said_and_nothing_else_breaks(stage):
    data = factories.seal(stage, stage.voters[0], [0, 0])
    link_keys.destroy(stage.ballot.uuid)
    assert reason(post(stage, stage.voters[0], data)) == (503, "link_lost")
    client = client_of(stage.secretary)
    text = client.get(reverse("ballots:detail", args=[stage.ballot.pk])).content.decode()
    assert "declare the ballot void and repeat it" in text


def test_without_the_token_nothing_is_taken(stage):
    client = Client(enforce_csrf_checks=True)
    client.force_login(stage.voters[0])
    data = factories.seal(stage, stage.voters[0], [0, 0])
    answer = client.post(
        reverse("ballots:cast", args=[stage.ballot.pk]), data, content_type="application/json"
    )
    assert answer.status_code == 403
    assert not Seat.objects.taken().exists()


# --- the trace of a vote --------------------------------------------------------------------------
def everything() -> dict[str, list[str]]:
    """Every row of every table with PostgreSQL's own columns, and where every sequence stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT ctid, xmin, xmax, t::text FROM "{table}" t ORDER BY ctid')  # noqa: S608
            found[table] = [str(row) for row in cursor.fetchall()]
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
        )
        found["sequences"] = [str(row) for row in cursor.fetchall()]
    return found


def test_a_vote_touches_nothing_but_its_seat(stage):
    voter = stage.voters[0]
    client = client_of(voter)
    client.get(reverse("ballots:booth", args=[stage.ballot.pk]))
    data = factories.seal(stage, voter, [0, 1])
    before = everything()
    address = {
        name: reverse(f"ballots:{name}", args=[stage.ballot.pk]) for name in ("booth", "place", "cast")
    }
    client.get(address["booth"])
    client.post(address["place"])
    client.post(address["cast"], data, content_type="application/json")
    after = everything()
    assert {table for table in after if after[table] != before[table]} == {"ballots_seat"}
    assert len(after["ballots_seat"]) == len(before["ballots_seat"])
    changed = set(after["ballots_seat"]) - set(before["ballots_seat"])
    assert len(changed) == 1


def columns() -> dict[str, list[dict]]:
    """Every row of every table as its columns, without PostgreSQL's own."""
    with connection.cursor() as cursor:
        found = {}
        for table in everything():
            if table != "sequences":
                cursor.execute(f'SELECT to_jsonb(t) FROM "{table}" t ORDER BY t::text')  # noqa: S608
                found[table] = [json.loads(row) for (row,) in cursor.fetchall()]
        return found


def changes(before: dict[str, list[dict]], after: dict[str, list[dict]]) -> dict[tuple[str, str], list]:
    """What each column holds afterwards, of the rows that are not as they were."""
    found: dict[tuple[str, str], list] = {}
    for table, rows in after.items():
        old = [row for row in before[table] if row not in rows]
        new = [row for row in rows if row not in before[table]]
        assert len(rows) == len(before[table])
        assert len(old) == len(new)
        for row_before, row_after in zip(old, new, strict=True):
            for column in row_after:
                if row_before[column] != row_after[column]:
                    found.setdefault((table, column), []).append(row_after[column])
    return found


def test_two_votes_with_different_marks_differ_in_nothing_but_the_sealed_text(stage):
    """One changes exactly what the other does, in places and lengths: what was marked is in none of them."""
    voter = stage.voters[0]
    client = client_of(voter)
    address = reverse("ballots:cast", args=[stage.ballot.pk])
    client.get(reverse("ballots:booth", args=[stage.ballot.pk]))
    found, standing = [], ""
    for marks in ([None, 0], [3, 3], [1, 2]):
        data = factories.seal(stage, voter, marks)
        before = columns()
        answer = client.post(address, data, content_type="application/json", headers={"X-Replaces": standing})
        assert answer.status_code == 200
        standing = answer.json()["tracker"]
        found.append(changes(before, columns()))
        assert found[-1] == {
            ("ballots_seat", "data"): [data.decode()],
            ("ballots_seat", "tracker"): [standing],
        }
        # Numbers of 252 bits are a digit shorter now and then; a mark more or less would be hundreds of characters.
        assert shape(data) == shape(factories.seal(stage, voter, [None, None]))


def shape(data: bytes) -> str:
    """The sealed text without what looks drawn by lot."""
    return re.sub(r'"[^"]{20,}"', '""', data.decode())


def test_casting_asks_the_database_the_same_whatever_the_roll():
    def queries(voters: int, rows: int) -> int:
        stage = factories.opened(voters=voters, questions=rows, smallest_count=2)
        data = factories.seal(stage, stage.voters[0], [0] * rows)
        client = client_of(stage.voters[0])
        address = reverse("ballots:cast", args=[stage.ballot.pk])
        with CaptureQueriesContext(connection) as captured:
            assert client.post(address, data, content_type="application/json").status_code == 200
        return len(captured)

    assert queries(3, 1) == queries(9, 3)
