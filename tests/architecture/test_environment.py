"""Settings read from the environment: the kept secret."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ImproperlyConfigured

from branch_portal.environment import kept_secret, web_address


def test_two_first_starts_at_once_agree_on_the_secret(tmp_path):
    path, found, ready = tmp_path / "var" / "secret_key", [], threading.Barrier(8)

    def start():
        ready.wait(timeout=10)
        found.append(kept_secret(path))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert [child.name for child in path.parent.iterdir()] == ["secret_key"]


def test_the_secret_is_for_its_owner_only_and_stays(tmp_path):
    path = tmp_path / "secret_key"
    first = kept_secret(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(first) >= 50
    assert kept_secret(path) == first


def test_an_empty_secret_is_refused(tmp_path):
    path = tmp_path / "secret_key"
    path.write_text("")
    with pytest.raises(ImproperlyConfigured):
        kept_secret(path)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", ""),
        ("https://portal.example.org/", "https://portal.example.org"),
        (" https://portal.example.org:8443 ", "https://portal.example.org:8443"),
    ],
)
def test_an_address_has_no_slash_at_its_end(monkeypatch, value, found):
    monkeypatch.setenv("SOME_ADDRESS", value)
    assert web_address("SOME_ADDRESS", secure=True) == found


@pytest.mark.parametrize(
    "value", ["http://a-secret", "ftp://a-secret", "a-secret", "https://", "https://h:a-secret"]
)
def test_what_is_no_address_is_refused_and_not_repeated(monkeypatch, value):
    monkeypatch.setenv("SOME_ADDRESS", value)
    with pytest.raises(ImproperlyConfigured, match="SOME_ADDRESS") as refusal:
        web_address("SOME_ADDRESS", secure=True)
    assert "a-secret" not in str(refusal.value)


def test_plain_http_is_for_a_try_out(monkeypatch):
    monkeypatch.setenv("SOME_ADDRESS", "http://127.0.0.1:8000")
    assert web_address("SOME_ADDRESS", secure=False) == "http://127.0.0.1:8000"
