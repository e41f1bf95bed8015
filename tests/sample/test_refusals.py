"""When the sample is not loaded, and that nothing is left of a loading that failed."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from branch_portal.sample.loading import Database, database_holds, load_sample
from members.models import BranchProfile, Member, User
from tests import factories
from tests.sample.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    "own", [factories.make_member, factories.make_user, factories.make_meeting, factories.make_branch]
)
def test_a_database_with_data_of_its_own_is_refused(own):
    own()
    with pytest.raises(CommandError, match="other data"):
        call_command("load_sample")
    assert not BranchProfile.load().is_sample


def test_with_if_empty_such_a_database_is_left_alone_quietly(capsys):
    factories.make_member()
    call_command("load_sample", "--if-empty")
    assert Member.objects.count() == 1
    assert capsys.readouterr() == ("", "")


def test_a_server_is_refused(settings):
    settings.LOCAL = False
    with pytest.raises(CommandError, match="--on-a-public-server"):
        call_command("load_sample")
    assert database_holds() == Database.EMPTY


def test_a_failure_leaves_nothing_behind(media):
    """The papers come after the people and the pictures; here they find no place."""
    (media / "documents").write_text("no folder")
    with pytest.raises(OSError, match="documents"):
        load_sample(now=NOW)
    assert database_holds() == Database.EMPTY
    assert User.objects.count() == 0
    folders, _files = default_storage.listdir("pictures")
    assert [one for folder in folders for one in default_storage.listdir(f"pictures/{folder}")[0]] == []


def test_without_the_sample_no_log_ins_are_shown(capsys):
    call_command("show_sample_logins")
    assert capsys.readouterr().out == "The sample branch is not loaded.\n"
