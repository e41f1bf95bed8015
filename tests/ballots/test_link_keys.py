"""The secret of an open ballot: what is derived from it, how it lies on the disk, how it goes."""

from __future__ import annotations

import uuid

import pytest

from appraisals.ballots import link_keys
from appraisals.ballots.link_keys import LinkKey, LinkLost
from appraisals.ballots.protocol.credentials import derive_credential

VOTER, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BALLOT_KEYS = tmp_path / "links"
    return settings.BALLOT_KEYS


def test_what_is_derived_is_always_the_same_and_another_for_each_voter_and_secret():
    one, same, other = LinkKey(b"a" * 32), LinkKey(b"a" * 32), LinkKey(b"b" * 32)
    assert one.handle(VOTER) == same.handle(VOTER)
    assert one.credential(VOTER) == same.credential(VOTER)
    assert one.receipt_key == same.receipt_key != other.receipt_key
    assert len({one.handle(VOTER), one.handle(OTHER), other.handle(VOTER), other.handle(OTHER)}) == 4
    assert len({one.credential(VOTER), one.credential(OTHER), other.credential(VOTER)}) == 3
    assert derive_credential("A" * 14, one.credential(VOTER)).private == one.credential(VOTER)


def test_the_secret_is_in_no_representation():
    secret = b"0123456789abcdef0123456789abcdef"
    link = LinkKey(secret)
    for shown in (repr(link), str(link), f"{link!r:>10}"):
        assert secret.decode() not in shown
        assert secret.hex() not in shown


def test_a_signature_holds_for_its_text_and_key_alone():
    link, other = LinkKey(b"a" * 32), LinkKey(b"b" * 32)
    signature = link.sign(b"text")
    assert link_keys.is_signed(link.receipt_key, b"text", signature)
    assert signature == link.sign(b"text")
    assert not link_keys.is_signed(link.receipt_key, b"Text", signature)
    assert not link_keys.is_signed(other.receipt_key, b"text", signature)


@pytest.mark.parametrize("signature", ["", "x", "AAAA", "é", "\ud800", "=" * 88, "A" * 88, "A" * 200, "\0"])
def test_a_signature_of_any_form_is_judged_and_breaks_nothing(signature):
    assert not link_keys.is_signed(LinkKey(b"a" * 32).receipt_key, b"text", signature)


def test_a_new_secret_is_on_the_disk_for_its_owner_alone(folder):
    link = link_keys.create("ballot")
    assert [path.name for path in folder.iterdir()] == ["ballot.link"]
    path = folder / "ballot.link"
    assert (path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert len(path.read_bytes()) == 32
    assert link_keys.load("ballot").handle(VOTER) == link.handle(VOTER)
    assert link_keys.create("ballot").handle(VOTER) != link.handle(VOTER)


def test_a_secret_of_another_ballot_or_a_broken_one_counts_as_lost(folder):
    right = link_keys.create("ballot")
    assert link_keys.load("ballot", receipt_key=right.receipt_key).receipt_key == right.receipt_key
    with pytest.raises(LinkLost):
        link_keys.load("ballot", receipt_key=LinkKey(b"a" * 32).receipt_key)
    with pytest.raises(LinkLost):
        link_keys.load("none")
    for broken in (b"", b"x" * 31, b"x" * 33):
        (folder / "ballot.link").write_bytes(broken)
        with pytest.raises(LinkLost):
            link_keys.load("ballot")


def test_destroying_overwrites_before_it_removes_and_may_be_done_twice(folder, tmp_path):
    link_keys.create("ballot")
    link_keys.create("other")
    secret = (folder / "ballot.link").read_bytes()
    (tmp_path / "witness").hardlink_to(folder / "ballot.link")
    link_keys.destroy("ballot")
    link_keys.destroy("ballot")
    assert link_keys.kept() == ["other"]
    assert (tmp_path / "witness").read_bytes() != secret


def test_where_there_is_no_folder_nothing_is_kept(folder):
    assert not folder.exists()
    assert link_keys.kept() == []
    assert "ballot" not in link_keys.kept()
    link_keys.destroy("ballot")
