"""Every address is asked as every role, in both languages, and answers as the matrix says."""

import logging

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from members.permissions import Role
from tests.permissions.matrix import ABSENT, CLOSED, MATRIX, ROLES, SIGN_IN
from tests.permissions.objects import World

REFUSALS = {CLOSED, ABSENT, SIGN_IN}


@pytest.fixture
def world(db, caplog):
    caplog.set_level(logging.CRITICAL, "django.request")  # hundreds of refusals are meant here
    return World()


def browsers(world: World) -> dict[str, Client]:
    clients = {role: Client() for role in ROLES}
    for role, user in world.users.items():
        if user:
            clients[role].force_login(user)
    return clients


def outcome(client: Client, method: str, address: str) -> str:
    """What the address answers, with everything undone that it did."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        if response.streaming:
            response.getvalue()  # a file is closed by reading it to its end
        transaction.set_rollback(True)
    if response.get("Location") == f"{reverse('account_login')}?next={address}":
        return SIGN_IN
    return str(response.status_code)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_address_answers_every_role_as_the_matrix_says(world, language):
    clients = browsers(world)
    deviations = []
    with override(language):
        for entry in MATRIX:
            address = reverse(entry.route, args=world.arguments[entry.of])
            for role, expected in zip(ROLES, entry.outcomes, strict=True):
                got = outcome(clients[role], entry.method, address)
                if got != expected:
                    deviations.append(f"{entry} as {role}: {got}, not {expected}")
    assert deviations == []


def test_whoever_may_not_read_a_page_may_not_post_to_it(world):
    clients = browsers(world)
    deviations = []
    for entry in MATRIX:
        address = reverse(entry.route, args=world.arguments[entry.of])
        for role, expected in zip(ROLES, entry.outcomes, strict=True):
            if entry.method == "get" and expected in REFUSALS:
                got = outcome(clients[role], "post", address)
                if got not in {expected, "405"}:
                    deviations.append(f"post {entry.route} ({entry.of}) as {role}: {got}, not {expected}")
    assert deviations == []


def test_an_address_of_nothing_is_not_found_or_refused(world):
    """Nobody learns from the answer whether a number is in use."""
    clients = browsers(world)
    deviations = []
    for entry in MATRIX:
        arguments = world.arguments[entry.of]
        if not arguments or not isinstance(arguments[0], int) or entry.route.startswith("news:"):
            continue
        address = reverse(entry.route, args=[10**9, *arguments[1:]])
        for role, expected in zip(ROLES, entry.outcomes, strict=True):
            allowed = {SIGN_IN} if role == Role.PUBLIC else {ABSENT, CLOSED} & {ABSENT, expected}
            if (got := outcome(clients[role], entry.method, address)) not in allowed:
                deviations.append(f"{entry} of nothing, as {role}: {got}, not {allowed}")
    assert deviations == []
