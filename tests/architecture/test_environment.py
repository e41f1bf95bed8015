"""Settings read from the environment: the kept secret."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ImproperlyConfigured

from branch_portal.environment import kept_secret


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
