"""Which ways lead from a sealed ballot to a person, read off the models of the whole portal and off the database itself.

A new foreign key or column that could pair the two has to be entered here by hand, and so be seen.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from appraisals.ballots.models import SealedBallot, Seat, SecretBallot, Voter
from members.models import Member, User


def neighbours(model: type) -> set[tuple[str, type]]:
    """The foreign keys that leave the table or end at it, each with the table at the other end."""
    found = set()
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.get_fields(include_hidden=True):
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            if other is model:
                found.add((f"{model.__name__}.{field.name}", field.related_model))
            if field.related_model is model:
                found.add((f"{other.__name__}.{field.name}", other))
    return found


def reachable_without(start: type, hub: type) -> set[str]:
    """All tables that some way along foreign keys reaches from the table without passing the hub."""
    seen, waiting = {start}, [start]
    while waiting:
        for _name, other in neighbours(waiting.pop()):
            if other is not hub and other not in seen:
                seen.add(other)
                waiting.append(other)
    return {model.__name__ for model in seen - {start}}


@pytest.mark.parametrize(
    "table", [Seat, SealedBallot], ids=["while open: seats", "after closing: sealed ballots"]
)
def test_a_sealed_ballot_refers_to_its_vote_as_a_whole_and_to_nothing_else(table):
    assert neighbours(table) == {(f"{table.__name__}.ballot", SecretBallot)}
    assert reachable_without(table, SecretBallot) == set()


def test_the_walk_does_find_ways_where_there_are_any():
    assert ("Voter.member", Member) in neighbours(Voter)
    assert {"Member", "User"} <= reachable_without(Voter, SecretBallot)


def test_a_place_on_the_roll_is_referred_to_by_nothing():
    """Such a reference would be a second link; and closing empties the table, which a foreign key would forbid."""
    assert neighbours(Voter) == {("Voter.ballot", SecretBallot), ("Voter.member", Member)}


def test_a_person_meets_a_vote_only_in_the_tables_that_name_nobodys_ballot():
    """From the vote to a person in two steps: the roll, the watch, the rows, the history, the paper totals."""
    ours = {
        name
        for model in apps.get_app_config("ballots").get_models()
        for name, other in neighbours(model)
        if other in (Member, User) and name.startswith(f"{model.__name__}.")
    }
    assert ours == {
        "Voter.member",
        "Scrutineer.member",
        "Question.subject",
        "Step.by",
        "Step.about",
        "PaperCount.entered_by",
    }


COLUMNS = {
    "ballots_seat": {"handle", "ballot_id", "credential", "data", "tracker"},
    "ballots_sealedballot": {"hash", "ballot_id", "tracker", "data"},
    "ballots_voter": {"id", "ballot_id", "member_id", "way", "returned"},
}


@pytest.mark.django_db
def test_the_tables_have_these_columns_and_no_time_no_number_in_turn():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type, column_default, is_identity FROM information_schema.columns "
            "WHERE table_name = ANY(%s)",
            [list(COLUMNS)],
        )
        rows = cursor.fetchall()
    found: dict[str, set[str]] = {}
    for table, column, *_rest in rows:
        found.setdefault(table, set()).add(column)
    assert found == COLUMNS
    for table, column, kind, default, identity in rows:
        assert "timestamp" not in kind, (table, column)
        assert "date" not in kind, (table, column)
        # Only the ballot's and the member's own numbers: a number in turn would tell in which order rows came.
        assert (default, identity) == (None, "NO"), (table, column)


@pytest.mark.django_db
def test_no_other_column_of_the_database_holds_a_handle_a_code_or_a_credential():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND column_name ~ '(handle|tracker|credential|seat|receipt|sealed)'"
        )
        found = {name for (name,) in cursor.fetchall()}
    assert found == {
        "ballots_seat.handle",
        "ballots_seat.tracker",
        "ballots_seat.credential",
        "ballots_sealedballot.tracker",
        "ballots_secretballot.credentials",  # public, all together, sorted
        "ballots_secretballot.receipt_key",  # public half
    }


@pytest.mark.django_db
def test_no_history_is_kept_of_the_roll_the_seats_or_the_sealed_ballots():
    """Neither a table of events nor a trigger that could write one: ours only refuse."""
    models = {model._meta.db_table for model in apps.get_models()}
    assert {name for name in models if name.startswith("ballots_")} == {
        "ballots_secretballot",
        "ballots_question",
        "ballots_scrutineer",
        "ballots_voter",
        "ballots_seat",
        "ballots_sealedballot",
        "ballots_papercount",
        "ballots_step",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND t.tgrelid = ANY(%s::regclass[])",
            [list(COLUMNS)],
        )
        bodies = [body for (body,) in cursor.fetchall()]
    assert len(bodies) == 8
    for body in bodies:
        # A word at the beginning of a statement; 'INSERT' in quotes is only asked for.
        assert not any(
            f"{word} " in body for word in ("INSERT INTO", "UPDATE ballots", "DELETE FROM", "NOTIFY")
        )
