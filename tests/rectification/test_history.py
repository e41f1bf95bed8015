"""The history of the ledger: chained by the database, checked by Python, and what becomes of every kind of tampering."""

from __future__ import annotations

import datetime
import json
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, connection, transaction

from branch_portal.media.documents import document_path, read_document
from meetings.rectification import actions, chain
from meetings.rectification.models import Evidence, LedgerEntry, LedgerEvent
from meetings.rectification.states import State
from meetings.rectification.verification import head_of_history, verify
from members.models import User
from members.permissions import Role
from tests.factories import make_user
from tests.media import samples
from tests.rectification.factories import add_evidence, make_entry, make_keeper

ODD_TEXT = '引号"\\ 斜线/ 换行\n制表\t控制\x01\x1f 退格\x08 换页\x0c 表情😀 \u2028 \x7f é Ω'


@pytest.fixture
def ledger(db):
    """Two entries of the branch, one closed, and a personal one; texts with everything JSON must spell."""
    secretary, keeper = make_user(Role.SECRETARY), make_keeper()
    make_entry(by=keeper, state=State.CLOSED, checker=secretary)
    second = make_entry(by=keeper, problem=ODD_TEXT, state=State.CLAIMED)
    add_evidence(second, by=keeper, text=ODD_TEXT)
    make_entry(by=secretary, level="member", problem="私人的问题", state=State.LONG_TERM)
    return second


def verified(*arguments) -> str:
    out = StringIO()
    call_command("verify_history", *arguments, stdout=out)
    return out.getvalue()


def broken(*arguments) -> str:
    with pytest.raises(CommandError) as failure:
        verified(*arguments)
    assert failure.value.returncode == 1
    assert "\n" not in str(failure.value)
    return str(failure.value)


def tamper(sql: str, *values) -> None:
    """As a superuser who takes the triggers away."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = origin")


def test_the_two_reckonings_agree(ledger):
    assert "The history holds" in verified()
    events = list(LedgerEvent.objects.all())
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert all(chain.digest(event.link) == event.hash for event in events)
    assert all(chain.canonical(json.loads(event.payload)) == event.payload for event in events)


def test_every_step_is_an_event_with_its_moment_person_and_words(ledger):
    acts = list(ledger.events.values_list("act", flat=True))
    assert acts == ["enter", "note", "claim", "evidence"]
    note = ledger.events.get(act="note")
    assert (note.row["note"], note.row["state"], note.by.member_id) == (
        "已开始",
        "in_progress",
        note.row["changed_by_id"] and note.by.member_id,
    )
    assert ledger.events.get(act="evidence").row["text"] == ODD_TEXT


def test_a_change_past_the_actions_is_in_the_history_too(ledger):
    LedgerEntry.objects.filter(pk=ledger.pk).update(
        revision=ledger.revision + 1,
        act="extend",
        state="extended",
        due_on="2031-01-01",
        note="x",
        claimed_on=None,
    )
    assert ledger.events.last().row["due_on"] == "2031-01-01"
    assert "holds" in verified()


@pytest.mark.parametrize("write", ["update", "delete", "insert"])
def test_the_history_is_append_only(ledger, write):
    event = LedgerEvent.objects.last()
    forged = LedgerEvent(
        sequence=99, entry=ledger, subject="entry", at=event.at, by=event.by, act="close", payload="{}"
    )
    writes = {
        "update": lambda: LedgerEvent.objects.filter(pk=event.pk).update(payload="{}"),
        "delete": event.delete,
        "insert": lambda: forged.save(force_insert=True),
    }
    with pytest.raises(InternalError), transaction.atomic():
        writes[write]()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("payload", '{"id":1}'),
        ("act", "close"),
        ("at", datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)),
        ("hash", "f" * 64),
        ("previous_hash", "e" * 64),
        ("subject", "evidence"),
    ],
)
def test_a_changed_event_is_found(ledger, column, value):
    statement = f"UPDATE rectification_ledgerevent SET {column} = %s WHERE sequence = 3"  # noqa: S608
    tamper(statement, value)
    assert broken().startswith("event 3: ")
    assert verify().sequence == 3


def test_an_event_whose_hash_was_made_to_fit_is_found_at_the_next_one(ledger):
    event = LedgerEvent.objects.get(sequence=3)
    event.payload = event.payload.replace("已", "未")
    tamper(
        "UPDATE rectification_ledgerevent SET payload = %s, hash = %s WHERE sequence = 3",
        event.payload,
        chain.digest(event.link),
    )
    assert broken() == "event 4: does not follow the event before it"


def test_a_deleted_event_is_found(ledger):
    tamper("DELETE FROM rectification_ledgerevent WHERE sequence = 2")
    assert broken() == "event 2: is missing"


def test_a_deleted_beginning_is_found(ledger):
    tamper("DELETE FROM rectification_ledgerevent WHERE sequence = 1")
    assert broken() == "event 1: is missing"


def test_an_inserted_event_is_found(ledger):
    tamper("UPDATE rectification_ledgerevent SET sequence = -sequence WHERE sequence >= 3")
    tamper("UPDATE rectification_ledgerevent SET sequence = 1 - sequence WHERE sequence < 0")
    event = LedgerEvent.objects.get(sequence=2)
    forged = chain.Link(3, event.entry_id, "entry", event.at, event.by_id, "note", "{}", event.hash, "")
    tamper(
        "INSERT INTO rectification_ledgerevent"
        " (sequence, entry_id, subject, at, by_id, act, payload, previous_hash, hash)"
        " VALUES (3, %s, 'entry', %s, %s, 'note', '{}', %s, %s)",
        forged.entry,
        forged.at,
        forged.by,
        "d" * 64,
        chain.digest(forged),
    )
    assert broken().startswith("event 3: ")


def test_reordered_events_are_found(ledger):
    tamper("UPDATE rectification_ledgerevent SET sequence = -2 WHERE sequence = 2")
    tamper("UPDATE rectification_ledgerevent SET sequence = 2 WHERE sequence = 3")
    tamper("UPDATE rectification_ledgerevent SET sequence = 3 WHERE sequence = -2")
    assert broken().startswith("event 2: ")


def test_a_truncated_end_is_found_by_the_ledger_itself(ledger):
    tamper(
        "DELETE FROM rectification_ledgerevent WHERE sequence = (SELECT max(sequence) FROM rectification_ledgerevent)"
    )
    assert "is not as event" in broken()


def test_a_truncated_end_with_a_ledger_made_to_fit_is_found_by_a_printed_head(ledger):
    number, head = head_of_history()
    assert f"The printed head is event {number}" in verified("--head", head)
    assert "printed head" in verified("--head", " ".join([head[:8].upper(), head[8:16]]))
    personal = LedgerEntry.objects.get(level="member")
    before = personal.events.order_by("-sequence")[1].row
    tamper("DELETE FROM rectification_ledgerevent WHERE sequence = %s", number)
    tamper(
        "UPDATE rectification_ledgerentry SET state = %s, act = %s, note = %s, due_on = %s, revision = %s WHERE id = %s",
        *(before[name] for name in ("state", "act", "note", "due_on", "revision")),
        personal.pk,
    )
    tamper(
        "UPDATE rectification_ledgerentry SET changed_by_id = %s WHERE id = %s",
        before["changed_by_id"],
        personal.pk,
    )
    assert "holds" in verified()  # nothing in the database tells
    assert "is not in the chain" in broken("--head", head)


def test_a_head_of_few_digits_proves_nothing(ledger):
    _number, head = head_of_history()
    assert "is not in the chain" in broken("--head", head[:8])


def test_a_changed_entry_is_found_though_the_chain_holds(ledger):
    tamper("UPDATE rectification_ledgerentry SET problem = '改过的' WHERE id = %s", ledger.pk)
    assert (
        broken()
        == f"entry {ledger.pk}: is not as event {ledger.events.filter(subject='entry').last().sequence} left it"
    )


def test_a_deleted_entry_and_deleted_evidence_are_found(ledger):
    evidence = Evidence.objects.get(entry=ledger)
    with transaction.atomic():
        tamper("DELETE FROM rectification_evidence WHERE id = %s", evidence.pk)
        assert "but it is gone" in broken()
        transaction.set_rollback(True)
    tamper("UPDATE rectification_evidence SET size = 1 WHERE id = %s", evidence.pk)
    assert f"evidence {evidence.pk}" in broken()


def test_a_paper_that_is_changed_or_gone_is_found(ledger, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    paper = read_document(samples.upload(samples.pdf(), "记录.pdf"))
    evidence = actions.add_evidence(Evidence(entry=ledger), paper, by=make_keeper())
    assert "The history holds" in verified()
    path = tmp_path / document_path(evidence.file)
    path.write_bytes(path.read_bytes() + b" ")
    assert broken() == f"evidence {evidence.pk}: its paper is not the one that was added"
    path.unlink()
    assert broken() == f"evidence {evidence.pk}: its paper is gone or cannot be read"


def test_an_entry_that_no_event_made_is_found(ledger):
    tamper(
        "INSERT INTO rectification_ledgerentry SELECT (r).* FROM (SELECT jsonb_populate_record(e, %s) AS r"
        " FROM rectification_ledgerentry e WHERE id = %s) AS copies",
        json.dumps({"id": 999999, "number": 77, "key": "00000000-0000-4000-8000-000000000000"}),
        ledger.pk,
    )
    assert broken() == "entry 999999: stands in the ledger, but no event made it"


def test_as_json(ledger):
    said = json.loads(verified("--json"))
    number, head = head_of_history()
    assert (said["holds"], said["events"], said["head"], said["sequence"]) == (True, number, head, None)
    tamper("DELETE FROM rectification_ledgerevent WHERE sequence = 2")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_history", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert (said["holds"], said["sequence"], said["fault"]) == (False, 2, "event 2: is missing")


def test_nothing_of_what_entries_say_is_told(ledger):
    tamper("UPDATE rectification_ledgerentry SET problem = problem || '！' WHERE level = 'member'")
    assert "私人" not in broken()


def test_an_empty_history_holds(db):
    assert verified() == "The history holds: 0 events, 0 entries.\n"


@pytest.mark.django_db(transaction=True)
def test_concurrent_steps_make_one_chain():
    secretary = make_user(Role.SECRETARY)
    entries = [make_entry(by=secretary) for _ in range(4)]
    barrier, failures = threading.Barrier(4), []

    def work(entry):
        try:
            by = User.objects.get(pk=secretary.pk)
            barrier.wait(timeout=20)
            for number in range(5):
                actions.note_progress(entry, f"进展{number}", by=by)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(entry,)) for entry in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert LedgerEvent.objects.count() == 4 + 20
    assert verify().holds
