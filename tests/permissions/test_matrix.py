"""Every address is asked as every role, about own and others' objects, by every method, and answers as the matrix says.

How many answers were compared, and how many differed, is noted for the last lines of ``make test``.
"""

import logging
import uuid
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from members.permissions import Role
from tests.permissions.matrix import (
    ABOUT_A_PERSON,
    ABSENT,
    CLOSED,
    MATRIX,
    OF_THE_LED_GROUP,
    ROLES,
    SIGN_IN,
    Entry,
)
from tests.permissions.objects import World

REFUSALS = {CLOSED, ABSENT, SIGN_IN}
NOT_ALLOWED = "405"
METHODS = ("get", "head", "post", "put", "patch", "delete")


@pytest.fixture
def world(db, caplog):
    caplog.set_level(logging.CRITICAL, "django.request")  # hundreds of refusals are meant here
    return World()


class Comparison:
    """Answers compared with what they should be."""

    def __init__(self) -> None:
        self.checked = 0
        self.deviations: list[str] = []

    def compare(self, what: str, got: str, allowed: set[str]) -> None:
        self.checked += 1
        if got not in allowed:
            self.deviations.append(f"{what}: {got}, not {' or '.join(sorted(allowed))}")


@pytest.fixture
def comparison(request):
    """Its figures stand in the report of the run, whatever becomes of the test."""
    found = Comparison()
    yield found
    # What ``record_property`` does, without its warning: the launcher reads the report, and reads properties.
    request.node.user_properties += [
        ("permissions_checked", found.checked),
        ("permissions_deviations", len(found.deviations)),
        ("permissions_routes", len({entry.route for entry in MATRIX})),
    ]


def visitors(world: World) -> Iterator[tuple[Role, Client]]:
    """A browser of each role in turn; at last the member's again, who leads a group by now."""
    for role in ROLES:
        yield role, browser(world, role)
    world.make_the_member_a_group_leader()
    yield Role.GROUP_LEADER, browser(world, Role.MEMBER)


def browser(world: World, role: Role) -> Client:
    client, user = Client(), world.users[role]
    if user:
        client.force_login(user)
    return client


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


def address_of(world: World, entry: Entry) -> str:
    return reverse(entry.route, args=world.arguments[entry.of])


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_address_answers_every_role_as_the_matrix_says(world, comparison, language):
    with override(language):
        for role, client in visitors(world):
            for entry in MATRIX:
                got = outcome(client, entry.method, address_of(world, entry))
                comparison.compare(f"{entry} as {role}", got, {entry.outcome_for(role)})
    assert not comparison.deviations, "\n".join(comparison.deviations)


def test_no_method_opens_what_is_closed(world, comparison):
    """Whoever is refused is refused whatever the method; whoever is not gets from HEAD what GET gives, and a step is no
    page."""
    pages = {(entry.route, entry.of) for entry in MATRIX if entry.method == "get"}
    for role, client in visitors(world):
        for entry in MATRIX:
            expected, address = entry.outcome_for(role), address_of(world, entry)
            if expected in REFUSALS:
                asked = {method: {expected, NOT_ALLOWED} for method in METHODS if method != entry.method}
            elif entry.method == "get":
                asked = {"head": {expected}}
            else:
                asked = {} if (entry.route, entry.of) in pages else {"get": {NOT_ALLOWED}}
            for method, allowed in asked.items():
                comparison.compare(f"{method}: {entry} as {role}", outcome(client, method, address), allowed)
    assert not comparison.deviations, "\n".join(comparison.deviations)


def test_an_address_of_nothing_is_not_found_or_refused(world, comparison):
    """Nobody learns from the answer whether a number is in use."""
    for role, client in visitors(world):
        for entry in MATRIX:
            arguments = world.arguments[entry.of]
            if not arguments or entry.route.startswith("news:"):
                continue
            if not isinstance(arguments[0], (int, uuid.UUID)):
                continue
            nothing = 10**9 if isinstance(arguments[0], int) else uuid.uuid4()
            address = reverse(entry.route, args=[nothing, *arguments[1:]])
            expected = entry.outcome_for(role)
            allowed = {SIGN_IN} if role == Role.PUBLIC else {ABSENT, CLOSED} & {ABSENT, expected}
            comparison.compare(
                f"{entry} of nothing, as {role}", outcome(client, entry.method, address), allowed
            )
    assert not comparison.deviations, "\n".join(comparison.deviations)


def test_everything_about_a_person_is_asked_of_the_led_group_too(world):
    assert world.about_a_person == ABOUT_A_PERSON
    asked = {(entry.route, entry.method, entry.of) for entry in MATRIX}
    about = {each for each in asked if each[2] in ABOUT_A_PERSON}
    assert len({route for route, _method, _of in about}) > 30
    assert {(route, method, of + OF_THE_LED_GROUP) for route, method, of in about} <= asked


def test_a_deviation_would_be_noticed():
    found = Comparison()
    found.compare("get x as member", "200", {CLOSED})
    found.compare("get y as member", CLOSED, {CLOSED})
    assert (found.checked, found.deviations) == (2, ["get x as member: 200, not 403"])
