"""Secrecy proved, not claimed: what the database holds pairs nobody with a ballot, whatever one sorts by."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import math
import secrets
from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from appraisals.ballots import actions, link_keys
from appraisals.ballots.actions.setting_up import NewQuestion
from appraisals.ballots.models import SealedBallot, Seat, SecretBallot, Voter
from members.models import Member, User
from tests.ballots import factories

pytestmark = pytest.mark.django_db(transaction=True)
RUNS = 200
VOTERS = 4


# --- the schema -----------------------------------------------------------------------------------
def paths_between(start: type, targets: set[type], *, most: int = 4) -> set[str]:
    """Every way along foreign keys, in either direction, from one table to the targets."""
    neighbours: dict[type, set[tuple[str, type]]] = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            if field.is_relation and field.concrete and field.related_model:
                name = f"{model.__name__}.{field.name}"
                neighbours.setdefault(model, set()).add((name, field.related_model))
                neighbours.setdefault(field.related_model, set()).add((name, model))
    found = set()

    def walk(model: type, taken: tuple[str, ...], passed: frozenset[type]) -> None:
        for name, other in neighbours.get(model, ()):
            if other in passed or len(taken) >= most:
                continue
            if other in targets:
                found.add(" ".join([*taken, name]))
            else:
                walk(other, (*taken, name), passed | {other})

    walk(start, (), frozenset({start}))
    return found


@pytest.mark.parametrize("table", [Seat, SealedBallot], ids=["while open", "after closing"])
def test_every_path_from_a_sealed_ballot_to_a_person_goes_through_the_ballot_as_a_whole(table):
    """The ballot is the same for all of its voters: a way that goes through it pairs nobody."""
    found = paths_between(table, {Member, User, Voter})
    assert found
    assert {path.split()[0] for path in found} == {f"{table.__name__}.ballot"}


def test_nothing_else_holds_a_handle_a_credential_or_a_tracker():
    columns = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if any(word in field.name for word in ("handle", "credential", "tracker"))
    }
    assert columns == {
        "Seat.handle",
        "Seat.credential",
        "Seat.tracker",
        "SealedBallot.tracker",
        "SecretBallot.credentials",  # all of them together, in their own order
    }


# --- pairing after closing ------------------------------------------------------------------------
def ask(sql: str, parameters: list) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def run_sql(sql: str, parameters: list | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


# What an attacker with the whole database may sort people and ballots by.
PEOPLE_BY = ["ctid", "xmin::text::bigint, ctid", "id", "member_id", "cmin::text::bigint, ctid"]
BALLOTS_BY = ["ctid", "xmin::text::bigint, ctid", "hash", "tracker", "cmin::text::bigint, ctid"]


def hits(people: list, ballots: list, truth: dict) -> int:
    """How many are paired rightly by laying both lists side by side."""
    return sum(truth.get(person) == ballot for person, ballot in zip(people, ballots, strict=True))


def is_chance(found: int, runs: int) -> bool:
    """Of any number of pairs, chance finds one on average, with a variance of one: five standard deviations."""
    return abs(found - runs) < 5 * math.sqrt(runs)


def test_pairing_roll_and_ballots_is_no_better_than_chance():
    """People vote in the order of the roll, which is the worst case: any order that survives would pair them all."""
    first = factories.set_up(voters=VOTERS, questions=1, smallest_count=2)
    actions.declare_void(first.ballot, by=first.secretary, reason="…")
    users = sorted(first.voters, key=lambda user: user.member_id)
    came = [user.member_id for user in users]
    found: Counter = Counter()
    while_open = planted = 0
    run_sql("CREATE TABLE planted (tracker text)")
    for run in range(RUNS):
        stage = ballot_among(first, users)
        truth = {}
        for user in users:
            truth[user.member_id] = factories.vote(stage, user, [secrets.randbelow(2)])
            if (
                run % 5 == 0
            ):  # what a fault would do that writes down ballots as they come, and only sometimes
                run_sql("INSERT INTO planted VALUES (%s)", [truth[user.member_id]])
        seats = ask(
            "SELECT tracker FROM ballots_seat WHERE ballot_id = %s ORDER BY xmin::text::bigint",
            [stage.ballot.pk],
        )
        while_open += hits(came, seats, truth)
        actions.close(stage.ballot, by=stage.secretary)
        for people_by, ballots_by in itertools.product(PEOPLE_BY, BALLOTS_BY):
            people = ask(
                f"SELECT member_id FROM ballots_voter WHERE ballot_id = %s ORDER BY {people_by}",  # noqa: S608
                [stage.ballot.pk],
            )
            ballots = ask(
                f"SELECT tracker FROM ballots_sealedballot WHERE ballot_id = %s ORDER BY {ballots_by}",  # noqa: S608
                [stage.ballot.pk],
            )
            found[people_by, ballots_by] += hits(people, ballots, truth)
        leaked = ask("SELECT tracker FROM planted ORDER BY ctid DESC LIMIT %s", [VOTERS])[::-1]
        chance = ask("SELECT tracker FROM ballots_sealedballot WHERE ballot_id = %s", [stage.ballot.pk])
        planted += hits(came, leaked if run % 5 == 0 else chance, truth)
    run_sql("DROP TABLE planted")
    # The method finds an order where there is one: that in which people came, which is there while voting is open …
    assert while_open == RUNS * VOTERS
    # … and one that a fault left in one run of five.
    assert not is_chance(planted, RUNS)
    assert {pair: number for pair, number in found.items() if not is_chance(number, RUNS)} == {}


def ballot_among(first, users):
    """A small ballot of the same people, opened."""
    ballot = actions.set_up(
        by=first.secretary,
        title="民主测评",
        questions=[NewQuestion("甲", ["是", "否"])],
        voters=[user.member for user in users],
        scrutineers=[each.member for each in first.scrutineers],
        smallest_count=2,
    )
    stage = factories.Stage(ballot, first.secretary, users, first.scrutineers)
    factories.hand_in_keys(stage)
    actions.open_voting(ballot, by=first.secretary)
    stage.refresh()
    return stage


def test_all_rows_are_of_one_transaction_and_in_new_files_after_closing():
    stage = factories.opened(voters=5, questions=1, smallest_count=2)
    tables = (
        "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relname IN ('ballots_voter', 'ballots_seat')"
    )
    before = ask(tables, [])
    for voter in stage.voters[:4]:
        factories.vote(stage, voter, [0])
    factories.close(stage)
    assert set(before).isdisjoint(ask(tables, []))
    transactions = ask(
        "SELECT DISTINCT xmin::text FROM ballots_voter WHERE ballot_id = %s UNION "
        "SELECT DISTINCT xmin::text FROM ballots_sealedballot WHERE ballot_id = %s",
        [stage.ballot.pk, stage.ballot.pk],
    )
    assert len(transactions) == 1
    assert ask("SELECT DISTINCT xmax::text FROM ballots_voter", []) == ["0"]


# --- a copy of the database, made while people vote ------------------------------------------------
def test_a_copy_made_while_voting_is_open_leads_nowhere_without_the_key():
    """Handles cannot be guessed from anything that a copy or the settings hold."""
    stage = factories.opened(voters=4, questions=1, smallest_count=2)
    handles = set(Seat.objects.values_list("handle", flat=True))
    right = link_keys.load(stage.ballot.uuid)
    assert {right.handle(voter.pk) for voter in stage.ballot.voters.all()} == handles
    guesses = [
        settings.SECRET_KEY.encode(),
        stage.ballot.uuid.encode(),
        stage.ballot.series.bytes,
        stage.ballot.receipt_key.encode(),
        b"",
        b"\0" * 32,
    ]
    for voter in stage.ballot.voters.all():
        for guess, about in itertools.product(
            guesses, [voter.pk.bytes, str(voter.pk).encode(), str(voter.member_id).encode()]
        ):
            assert hmac.new(guess, b"seat\0" + about, hashlib.sha256).hexdigest() not in handles
            assert hashlib.sha256(guess + about).hexdigest() not in handles
    factories.close(stage)
    with pytest.raises(link_keys.LinkLost):
        link_keys.load(stage.ballot.uuid)


def test_the_key_is_readable_by_its_owner_alone_and_overwritten_before_it_goes(monkeypatch):
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    path = settings.BALLOT_KEYS / f"{stage.ballot.uuid}.link"
    assert path.stat().st_mode & 0o077 == 0
    secret = path.read_bytes()
    witness = path.with_name("witness")
    witness.hardlink_to(path)  # sees what is left on the disk under another name
    factories.close(stage)
    assert not path.exists()
    assert witness.read_bytes() != secret
    witness.unlink()


def test_a_crash_between_closing_and_destroying_is_made_good_by_the_next_closing(monkeypatch):
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    monkeypatch.setattr("appraisals.ballots.actions.closing._destroy_links", lambda: None)
    factories.close(stage)
    assert stage.ballot.uuid in link_keys.kept()
    monkeypatch.undo()
    other = factories.opened(voters=3, questions=1, smallest_count=2)
    still_open = factories.opened(voters=3, questions=1, smallest_count=2)
    factories.close(other)
    assert stage.ballot.uuid not in link_keys.kept()
    assert still_open.ballot.uuid in link_keys.kept()


def test_closing_one_ballot_leaves_the_seats_and_the_roll_of_another():
    first, second = (factories.opened(voters=4, questions=1, smallest_count=2) for _number in range(2))
    tracker = factories.vote(second, second.voters[0], [1])
    factories.vote(first, first.voters[0], [1])
    factories.close(first)
    assert list(Seat.objects.taken().values_list("tracker", flat=True)) == [tracker]
    factories.vote(second, second.voters[0], [0], replaces=tracker)
    factories.vote(second, second.voters[1], [0])
    factories.close(second)
    factories.decrypt(second)
    assert SecretBallot.objects.get(pk=second.ballot.pk).state == SecretBallot.State.COUNTED
