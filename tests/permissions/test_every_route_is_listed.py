"""A new address without a rule fails here, and so does a rule whose address is gone."""

from collections import Counter

import pytest
from django.conf import settings
from django.utils.translation import override

from members.permissions import Capability, Role
from tests.permissions.addresses import routes
from tests.permissions.matrix import MATRIX, ROLES, SIGN_IN

LISTED = {entry.route for entry in MATRIX}


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_address_is_in_the_matrix_and_every_entry_has_an_address(language):
    with override(language):
        assert {route for route, _view in routes()} == LISTED


def test_every_name_leads_to_one_address():
    assert [route for route, times in Counter(route for route, _view in routes()).items() if times > 1] == []


def test_every_view_says_who_may_ask_it():
    silent = [
        route for route, view in routes() if not isinstance(getattr(view, "access", None), Capability | Role)
    ]
    assert silent == []


def test_exactly_the_views_declared_public_are_open_without_an_account():
    declared = {route for route, view in routes() if view.access == Role.PUBLIC}
    closed = {entry.route for entry in MATRIX if entry.outcomes[ROLES.index(Role.PUBLIC)] == SIGN_IN}
    assert declared == LISTED - closed


def test_the_matrix_is_whole():
    assert [str(entry) for entry in MATRIX if len(entry.outcomes) != len(ROLES)] == []
    assert [entry for entry, times in Counter(map(str, MATRIX)).items() if times > 1] == []
