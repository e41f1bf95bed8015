import pytest

from members.permissions import Role
from tests.factories import make_branch, make_user


@pytest.fixture(autouse=True)
def _database(db):
    """Every test of people has one."""
    make_branch()


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def desk(client, secretary):
    """A browser in which the secretary is signed in."""
    client.force_login(secretary)
    return client
