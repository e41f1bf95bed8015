import hashlib

import pytest


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Every test has a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def stored_files(media_root):
    """Lists the files under the storage."""
    return lambda: sorted(path.relative_to(media_root) for path in media_root.rglob("*") if path.is_file())


def pytest_make_parametrize_id(config, val, argname: str) -> str | None:
    """A file's content is a long name for a test; a hash of it will do."""
    return f"{argname}-{hashlib.sha256(val).hexdigest()[:8]}" if isinstance(val, bytes) else None
