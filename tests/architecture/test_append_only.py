"""History and whatever happened once cannot be altered, through the ORM or past it, by the role that owns the tables.

The history's tables are found by themselves: a new tracked model is tried as the others are.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable

import pgtrigger
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import InternalError, connection, models, transaction
from django.utils import timezone
from pghistory.models import Event

from appraisals.ballots.models import SealedBallot, Step
from appraisals.models import MutualReview, Statement
from branch_portal.news.models import Authorship, Review
from meetings.decisions.models import FollowUp
from meetings.integrity.models import RiskReview
from meetings.models import Correction, Signature, SignatureVoid
from meetings.rectification.models import Evidence, LedgerEvent
from members.models import AccessGiven, Export, SensitiveLook
from members.models.changed import HistoryNote

pytestmark = pytest.mark.django_db

EVENTS = [model for model in apps.get_models() if issubclass(model, Event)]
# Named here, since a model that lost its triggers would tell nothing of itself.
HAPPENED_ONCE = [
    AccessGiven,
    Authorship,
    Correction,
    Evidence,
    Export,
    FollowUp,
    HistoryNote,
    LedgerEvent,
    MutualReview,
    Review,
    RiskReview,
    SealedBallot,
    SensitiveLook,
    Signature,
    SignatureVoid,
    Statement,
    Step,
]

# What a row's constraints ask for, where any value will not do.
FITTING = {
    Signature: {
        "capacity": "chair",
        "correction_id": None,
        "is_from_sign_off": True,
        "revision": None,
        "digest": "",
    }
}


def name_of(model: type[models.Model]) -> str:
    return model.__name__


@pytest.mark.parametrize("model", EVENTS + HAPPENED_ONCE, ids=name_of)
def test_nothing_is_changed_deleted_or_emptied(model):
    assert let_pass(model) == set()


@pytest.mark.parametrize("model", EVENTS, ids=name_of)
def test_every_write_comes_into_the_history(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'",
            [model.pgh_tracked_model._meta.db_table],
        )
        names = " ".join(name for (name,) in cursor.fetchall())
    assert all(f"pgtrigger_{word}_{word}" in names for word in ("insert", "update", "delete")), names


def test_every_table_that_says_it_only_grows_is_tried():
    known = {*EVENTS, *HAPPENED_ONCE}
    assert {model for model in apps.get_models() if says_it_only_grows(model)} <= known


@pytest.mark.parametrize("model", [EVENTS[0], SensitiveLook], ids=name_of)
def test_a_table_that_lost_a_trigger_is_found_out(model):
    on_rows, on_all = sorted(triggers_of(model), key=lambda name: "is_never_emptied" in name)
    assert without(on_rows, model) == {"UPDATE", "DELETE", "save", "update", "delete one", "delete all"}
    assert without(on_all, model) == {"TRUNCATE"}


def let_pass(model: type[models.Model]) -> set[str]:
    """What of all that one may try with a row of the table the database does not refuse."""
    return {name for name, act in acts(model).items() if not is_refused(model, name, act)}


def acts(model: type[models.Model]) -> dict[str, Callable]:
    table = connection.ops.quote_name(model._meta.db_table)
    column = connection.ops.quote_name(model._meta.concrete_fields[-1].column)
    update, delete = f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"  # noqa: S608 - the registry's names
    return {
        "UPDATE": lambda row: execute(update),
        "DELETE": lambda row: execute(delete),
        "TRUNCATE": lambda row: execute(f"TRUNCATE {table} CASCADE"),
        "save": lambda row: row.save(force_update=True),
        "update": lambda row: model._base_manager.update(
            **{model._meta.concrete_fields[-1].attname: getattr(row, model._meta.concrete_fields[-1].attname)}
        ),
        "delete one": lambda row: row.delete(),
        "delete all": lambda row: model._base_manager.all()._raw_delete(using="default"),
    }


def is_refused(model: type[models.Model], name: str, act: Callable) -> bool:
    """By the triggers. Whatever happened, the row is gone again afterwards. An empty table refuses TRUNCATE too, and of
    one with a row PostgreSQL would ask first whether its foreign keys were checked."""
    with transaction.atomic():
        row = None if name == "TRUNCATE" else put_in(model)
        words = ""
        try:
            with transaction.atomic():
                act(row)
        except InternalError as refusal:  # what a trigger raises, and nothing else does
            words = str(refusal)
        transaction.set_rollback(True)
    return "pgtrigger: Cannot" in words or "is never emptied" in words


def put_in(model: type[models.Model]) -> models.Model:
    """Some row, past every trigger and rule: only what happens to it afterwards counts here."""
    values = {field.attname: some_value(field) for field in model._meta.concrete_fields}
    row = model(**values | FITTING.get(model, {}))
    with pgtrigger.ignore():
        model._base_manager.bulk_create([row])
    return model._base_manager.get(pk=row.pk)


def some_value(field: models.Field):
    if field.is_relation:
        return some_value(field.target_field)
    kinds = {
        models.BooleanField: True,
        models.UUIDField: uuid.UUID(int=1),
        models.DateTimeField: timezone.now(),
        models.DateField: datetime.date(2025, 1, 1),
        models.JSONField: {},
        ArrayField: [],
    }
    for kind, value in kinds.items():
        if isinstance(field, kind):
            return value
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.CharField | models.TextField):
        return "x"
    return 1


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def without(trigger: str, model: type[models.Model]) -> set[str]:
    table = connection.ops.quote_name(model._meta.db_table)
    with transaction.atomic():
        execute(f"DROP TRIGGER {connection.ops.quote_name(trigger)} ON {table}")
        passing = let_pass(model)
        transaction.set_rollback(True)
    return passing


def triggers_of(model: type[models.Model]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [model._meta.db_table],
        )
        return [name for (name,) in cursor.fetchall()]


def says_it_only_grows(model: type[models.Model]) -> bool:
    return any(
        isinstance(trigger, pgtrigger.Protect)
        and trigger.condition is None
        and {str(pgtrigger.Update), str(pgtrigger.Delete)} <= set(str(trigger.operation).split(" OR "))
        for trigger in getattr(model._meta, "triggers", [])
    )
