"""What the embedded database promises (branch_portal/embedded_postgres/cluster.py), each promise provoked."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from branch_portal.embedded_postgres import places

from .conftest import ROOT

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as somebody else")


def answers(home: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(places.socket_in(places.socket_folder(home)))) == 0


def test_the_log_says_what_failed_but_not_the_statement_nor_the_row(home, script):
    """Statements carry what people typed and voted: Django writes the values into them."""
    failing = (
        "ask('create table t (name text unique)')",
        "ask(\"insert into t values ('secret'), ('secret')\")",
        "ask(\"select 'secret', 1 / 0\")",
    )
    for statement in failing:
        script(f"import contextlib\nwith contextlib.suppress(Exception):\n    {statement}").finish()
    log = (home / "server.log").read_text()
    assert "division by zero" in log
    assert "secret" not in log


def test_server_runs_while_somebody_uses_it(home, script):
    first = script("ask('select 1'); print('ready', flush=True); input()")
    assert first.line() == "ready"
    assert script("print(ask('select 2'))").finish() == "[(2,)]"
    assert answers(home)  # the second was not the last
    first.finish()
    assert not answers(home)


def test_many_cold_starts_at_once_make_one_server(new_home, script):
    text = "ask('select 1'); print(connection.cluster.data.joinpath('postmaster.pid').read_text().split()[0]); input()"
    starters = [script(text) for _ in range(4)]
    assert len({each.line() for each in starters} - {""}) == 1
    for each in starters:
        each.finish()
    assert not answers(new_home)


def test_nothing_starts_without_a_connection(new_home, script):
    script("from django.db.models import F; connection.vendor").finish()
    assert not new_home.exists()


def test_kill_of_the_server_loses_nothing_committed(home, script):
    text = """
        ask("create table kept (n int)"); ask("insert into kept values (7)")
        transaction.set_autocommit(False); ask("insert into kept values (8)")
        number = int(connection.cluster.data.joinpath("postmaster.pid").read_text().split()[0])
        os.kill(number, 9); connection.close()
        print(ask("select n from kept"))
    """
    assert script(text).finish() == "[(7,)]"
    assert not answers(home)


def test_lock_file_that_names_another_program_is_not_believed(home, script):
    """As after a restart of a container, where the numbers begin anew."""
    user = places.server_user()
    identity = {"user": user.uid, "group": user.gid} if user.is_another else {}
    with subprocess.Popen(["sleep", "60"], **identity) as other:
        lock = f"{other.pid}\n{home / 'data'}\n0\n5432\n{home / 'run'}\n"
        (home / "data" / "postmaster.pid").write_text(lock)
        assert script("print(ask('select 1'))").finish() == "[(1,)]"
        other.kill()


def test_kill_of_a_client_leaves_the_server_to_the_next_one(home, script):
    killed = script("ask('select 1'); print('ready', flush=True); input()")
    killed.line()
    killed.process.kill()
    killed.process.wait()
    assert answers(home)
    script("ask('select 1')").finish()
    assert not answers(home)


def test_forked_child_keeps_the_server_after_its_parent(home, script):
    text = """
        import time
        ask("select 1")
        connection.close()
        if not os.fork():
            parent = os.getppid()
            print(ask("select 3"), flush=True)
            while os.getppid() == parent:
                time.sleep(0.05)
            time.sleep(0.5)  # the parent has let go by now
            print(ask("select 4"), flush=True)
            sys.exit()
        input()
    """
    parent = script(text)
    assert parent.line() == "[(3,)]"
    assert parent.finish() == "[(4,)]"  # the child's last words, through the pipe that it shares
    assert not answers(home)


def test_interrupted_making_of_the_cluster_is_done_again(new_home, script):
    for leftover in ("data", "data.new"):
        (new_home / leftover / "base").mkdir(parents=True)
    if os.geteuid() == 0:
        os.chown(new_home, *((user := places.server_user()).uid, user.gid))
    assert script("print(ask('select 1'))").finish() == "[(1,)]"


def test_letters_and_order_are_the_same_everywhere(new_home, script):
    text = """
        os.environ.update(TZ="Asia/Shanghai", LC_ALL="C")
        ask("create extension pg_trgm")
        print(ask("select datlocprovider, datlocale, pg_encoding_to_char(encoding) from pg_database limit 1"))
        print(len(ask("select unnest(show_trgm('安娜'))")), ask("select upper('é') = 'É'"))
        print(ask("select current_setting('listen_addresses'), current_setting('TimeZone')"))
    """
    first, second, third = script(text).finish().splitlines()
    assert first == "[('b', 'C.UTF-8', 'UTF8')]"
    assert second == "3 [(True,)]"
    assert third in {"[('', 'UTC')]", "[('', 'Etc/UTC')]"}


@pytest.mark.parametrize("name", ["组织 生活's", "a,b", "x" * 100], ids=["spaces", "comma", "long"])
def test_any_path_will_do(folder, made_once, script, name):
    home = folder / name / "pg"
    home.parent.mkdir()
    subprocess.run(["cp", "-a", made_once, home], check=True)
    assert script("print(ask('select 1'))", home).finish() == "[(1,)]"
    sockets = places.socket_folder(home)
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    if sockets.parent != home:
        sockets.rmdir()


def test_environment_for_another_server_is_ignored(home, script, monkeypatch):
    monkeypatch.setenv("PGPORT", "6543")
    text = "os.environ.update(PGPORT='6543', PGHOST='nowhere', PGDATA='/'); print(ask('select 1'))"
    assert script(text).finish() == "[(1,)]"


def test_test_database_goes_even_if_somebody_is_connected(home, script):
    text = """
        connection.creation.create_test_db(verbosity=0)
        late = connection.copy()
        late.connect()
        connection.creation.destroy_test_db("postgres", verbosity=0)
        print(ask("select count(*) from pg_database where datname like 'test%'"))
    """
    assert script(text).finish() == "[(0,)]"


def test_dbshell_is_the_servers_own_psql(home, script):
    text = "from django.core.management import call_command; call_command('dbshell', '--', '-Atc', 'select 40 + 2')"
    assert script(text).finish() == "42"


def test_dump_is_restored_elsewhere(home, folder, script):
    script("ask('create table kept as select 7 as n')").finish()
    dump = postgres_program(home, "pg_dump", "--format=custom").stdout
    other = folder / "other"
    restored = postgres_program(other, "pg_restore", "--dbname=postgres", input=dump)
    assert (restored.returncode, restored.stderr) == (0, b"")
    assert script("print(ask('select n from kept'))", other).finish() == "[(7,)]"


def test_program_that_is_not_there_is_one_clear_line(home):
    refused = postgres_program(home, "pg_dmup")
    assert (refused.returncode, refused.stderr.count(b"\n")) == (1, 1)
    assert refused.stderr.startswith(b"PostgreSQL has no program pg_dmup")


def postgres_program(home: Path, *arguments: str, **options) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "branch_portal.embedded_postgres", home, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, **options)


def test_data_of_another_version_is_one_clear_line(home, script):
    script("ask('select 1')").finish()
    (home / "data" / "PG_VERSION").write_text("12\n")
    complaint = script("ask('select 1')").fail()
    assert "initialized by PostgreSQL version 12" in complaint


def test_data_of_another_user_is_one_clear_line(tmp_path, monkeypatch):
    stranger = places.ServerUser("stranger", 4711, 4711)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(places.ClusterError, match=r"belongs to user \w+: run this as \w+, or move"):
        places.settle(tmp_path, stranger)


def test_socket_folder_of_somebody_else_is_refused(tmp_path):
    user = places.server_user()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "open").mkdir(mode=0o755)
    for name in ("link", "open"):
        with pytest.raises(places.ClusterError, match="not a private folder"):
            places.make_private(tmp_path / name, user)


@AS_ROOT
def test_roots_server_is_nobodys(home, script):
    script("ask('select 1')").finish()
    assert (home / "data").owner() == "nobody"
    assert (home / "data").stat().st_mode & 0o077 == 0


@AS_ROOT
def test_nothing_of_roots_is_opened_for_the_server(folder, script):
    """A checkout and a virtual environment that only root can enter: copies are used, no mode is changed."""
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    shared = folder / "lib"
    text = f"""
        import shutil
        from branch_portal.embedded_postgres import places
        closed = Path({str(closed)!r})
        site_packages = places.packaged_programs().parents[1]
        for part in (places.INSTALLATION, places.LIBRARIES):
            shutil.copytree(site_packages / part, closed / part, symlinks=True)
        places.packaged_programs = lambda: closed / places.INSTALLATION
        places.SHARED = Path({str(shared)!r})
        print(ask("select 1"))
    """
    assert script(text, closed / "pg").finish() == "[(1,)]"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert (closed / "pg").is_symlink()
    assert (closed / "pg").resolve().parent == shared
    assert sorted(path.name.split("-")[0] for path in shared.iterdir()) == ["data", "postgresql"]
