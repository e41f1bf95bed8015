"""What is sealed is not in the database in clear, cannot be moved or altered, and survives a change of keys."""

import pytest
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from branch_portal.encryption import keys, master, rotation
from branch_portal.encryption.models import DataKey
from members import actions
from members.models import SensitiveRecord
from members.permissions import Role
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db

NEW, OLD = "n" * 40, "o" * 40


@pytest.fixture(autouse=True)
def _nothing_opened():
    """Keys that another test opened are not known here."""
    keys._opened.clear()


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


def stored(column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM members_sensitiverecord')  # noqa: S608 - names of this file
        return cursor.fetchone()[0]


def write(secretary, **texts) -> SensitiveRecord:
    return actions.change_sensitive(make_member(), texts, by=secretary)


def test_a_text_comes_back_and_is_not_in_the_row(secretary):
    write(secretary, difficulties="长期患病")
    assert SensitiveRecord.objects.get().difficulties == "长期患病"
    assert stored("difficulties").startswith("sealed1.")


def test_equal_texts_are_sealed_differently(secretary):
    assert keys.seal("1", "a.b") != keys.seal("1", "a.b")


@given(text=st.text(max_size=60))
def test_every_text_comes_back(text):
    assert keys.unseal(keys.seal(text, "a.b"), "a.b") == text


def test_a_sealed_text_of_another_column_is_refused(secretary):
    sealed = keys.seal("1", "a.b")
    with pytest.raises(keys.Tampered):
        keys.unseal(sealed, "a.c")


def test_an_altered_text_is_refused_wherever_it_is_altered():
    """Every character, by another one and by its other case: also those that a lenient reader would take as the same."""
    sealed = keys.seal("1234567890", "a.b")
    for place, was in enumerate(sealed):
        for other in {"A" if was != "A" else "B", was.swapcase()} - {was}:
            with pytest.raises((keys.Tampered, DataKey.DoesNotExist)):
                keys.unseal(sealed[:place] + other + sealed[place + 1 :], "a.b")


def test_sealed_columns_cannot_be_searched():
    with pytest.raises(FieldError):
        SensitiveRecord.objects.filter(difficulties="x").exists()


def test_the_history_is_sealed_too(secretary):
    write(secretary, discipline="警告")
    with connection.cursor() as cursor:
        cursor.execute("SELECT discipline FROM members_sensitiverecordevent")
        assert [text for (text,) in cursor if "警告" in text] == []
    assert SensitiveRecord.pgh_event_model.objects.get().discipline == "警告"


def test_equal_numbers_have_equal_digests_of_one_place_only():
    assert keys.digest("1", "a") == keys.digest("1", "a") != keys.digest("1", "b")
    assert keys.digest("1", "a") != keys.digest("2", "a")


def test_a_new_master_key_opens_what_the_old_one_sealed(secretary, settings, capsys):
    settings.RECORD_KEYS = [OLD]
    write(secretary, difficulties="旧钥匙", id_number="")
    settings.RECORD_KEYS = [NEW, OLD]
    call_command("rotate_record_keys")
    settings.RECORD_KEYS = [NEW]
    keys._opened.clear()
    assert SensitiveRecord.objects.get().difficulties == "旧钥匙"
    assert SensitiveRecord.pgh_event_model.objects.get().difficulties == "旧钥匙"


def test_without_the_key_nothing_is_opened(secretary, settings):
    settings.RECORD_KEYS = [OLD]
    write(secretary, difficulties="旧钥匙")
    settings.RECORD_KEYS = [NEW]
    keys._opened.clear()
    with pytest.raises(master.KeyMissing):
        SensitiveRecord.objects.get()
    with pytest.raises(CommandError, match="RECORD_KEYS holds no key"):
        call_command("rotate_record_keys")


def test_a_renewed_data_key_seals_every_text_anew(secretary):
    write(secretary, difficulties="甲", discipline="乙")
    before = keys.key_of(stored("difficulties"))
    assert rotation.renew() == 2
    assert {keys.key_of(stored(name)) for name in ("difficulties", "discipline")} != {before}
    record = SensitiveRecord.objects.get()
    assert (record.difficulties, record.discipline) == ("甲", "乙")
    assert DataKey.objects.filter(purpose="texts", retired_at=None).count() == 1
