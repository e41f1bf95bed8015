import pytest

from members.permissions import Role
from tests.factories import make_branch, make_member, make_user


@pytest.fixture(autouse=True)
def _database(db):
    make_branch()


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


@pytest.fixture
def user():
    return make_user(member=make_member("钱会员", phone="13800000001"))


@pytest.fixture
def own(client, user):
    """A browser in which the member is signed in."""
    client.force_login(user)
    return client
