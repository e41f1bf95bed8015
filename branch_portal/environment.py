"""Settings read from the environment, each refusal one line that names the variable."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str | None = None) -> str:
    """The variable's text; without a default a missing or empty one is refused."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is not set: docs/operations.md lists the settings; LOCAL=1 is enough for a try on this machine."
        )
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """1/0, true/false, yes/no, on/off; anything else is refused."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: it takes 1 or 0.")


def number(name: str, default: int) -> int:
    """A whole number of 0 or more."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} is {value!r}: it takes a whole number.")
    return int(value)


def web_address(name: str, *, secure: bool) -> str:
    """An address beginning with https:// (or http:// unless ``secure``), without a slash at its end; "" if not given. It may
    be a secret: the refusal does not repeat it."""
    value = os.environ.get(name, "").strip().rstrip("/")
    schemes = {"https"} if secure else {"https", "http"}
    try:
        parts = urlsplit(value)
        is_good = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_good = False
    if value and not is_good:
        raise ImproperlyConfigured(f"{name} takes an address that begins with https://.")
    return value


def words(name: str, default: list[str] | None = None) -> list[str]:
    """A list separated by commas; without a default an empty one is refused."""
    value = text(name, "" if default is not None else None)
    return [word.strip() for word in value.split(",") if word.strip()] or (default or [])


def kept_secret(path: Path) -> str:
    """A secret made at the first call and kept in a file that only its owner reads.

    Two first calls at once agree: the file appears whole, and the second one reads the first one's.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _put_whole(path, secrets.token_urlsafe(50))
    value = path.read_text().strip()
    if not value:
        raise ImproperlyConfigured(f"{path} is empty: delete it and start again.")
    return value


def _put_whole(path: Path, value: str) -> None:
    descriptor, written = tempfile.mkstemp(dir=path.parent)  # mkstemp lets only its owner read
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(value)
        with contextlib.suppress(FileExistsError):
            os.link(written, path)
    finally:
        os.unlink(written)
