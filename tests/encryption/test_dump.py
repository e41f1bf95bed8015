"""A dump of the database, as a backup makes it, tells no identity number, hardship, discipline or pay to who has no key."""

from __future__ import annotations

import base64
import binascii
import os
import re
import subprocess
import zlib
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from branch_portal.embedded_postgres.cluster import Cluster
from members import actions
from members.importing import columns, files, headings
from members.importing.at_once import bring_in
from members.models import Export, ImportPart, Member, SensitiveLook, SensitiveRecord
from members.permissions import Role
from tests.factories import make_branch, make_member, make_user
from tests.members.importing import nasty

pytestmark = pytest.mark.django_db(transaction=True)

D = nasty.D
# Of one who was imported, one whose import waits, one typed in and then corrected, one mistyped.
NUMBERS = [nasty.id_number(D(1980, 1, day), day, is_male=True) for day in range(1, 7)]
SUMS = ["918273.64", "827364.55", "736455.46", "645546.37", "554637.28", "463728.19"]
HARDSHIPS = [f"独子长年透析第{number}例" for number in "甲乙丙丁戊己"]
DISCIPLINE = [f"留党察看一年第{number}号" for number in "甲乙丙丁戊己"]
# Of a number its 17 digits: the check character may come in small. Of a sum the yuan: it may come without its cents.
SECRETS = [
    *(number[:-1] for number in NUMBERS),
    *(text.partition(".")[0] for text in SUMS),
    *HARDSHIPS,
    *DISCIPLINE,
]
ORDER = ("id_number", "difficulties", "discipline", "dues_base")
HEAD = ["姓名", "性别", "人员类别", "身份证号", "困难情况", "处分情况", "党费基数"]


def test_a_dump_holds_nothing_sensitive_in_clear(client):
    make_branch()
    secretary = make_user(Role.SECRETARY)
    client.force_login(secretary)
    live_through(client, secretary)
    dump = dumped()
    for table in (
        "members_sensitiverecord",
        "members_sensitiverecordevent",
        "members_importpart",
        "members_changerequest",
        "django_session",
    ):
        assert re.search(rf"COPY public\.{table} [^;]*;\n(?!\\\.)".encode(), dump), f"{table} is empty"
    assert found_in(dump) == set()


def live_through(client, secretary) -> None:
    """Everything that takes such data in, shows it or keeps a trace of it."""
    text = [
        dict(zip(ORDER, texts, strict=True))
        for texts in zip(NUMBERS, HARDSHIPS, DISCIPLINE, SUMS, strict=True)
    ]
    member = make_member("郑以宁", phone="10000000009")
    page = f"/en/desk/members/{member.pk}/"
    # Typed in, corrected, taken out again: the history has it three times. Mistyped: the page comes again.
    assert client.post(f"{page}sensitive/edit/", text[0]).status_code == 302
    client.post(f"{page}sensitive/edit/", {**text[1], "seen": ""})
    actions.change_sensitive(member, text[2], by=secretary)
    actions.change_sensitive(member, dict.fromkeys(text[2], ""), by=secretary)
    actions.change_sensitive(member, text[2], by=secretary)
    assert SensitiveRecord.objects.get(member=member).id_number == NUMBERS[2]
    refused = client.post(f"{page}sensitive/edit/", {**text[3], "id_number": NUMBERS[3][:-1] + "Z"})
    assert refused.status_code == 200
    # Shown, printed, taken out, searched for, asked to be changed.
    assert NUMBERS[2] in client.post(f"{page}sensitive/").content.decode()
    assert NUMBERS[2] in client.post(f"{page}card/", {"with_sensitive": "on"}).content.decode()
    client.get("/en/desk/members/", {"q": NUMBERS[2]})
    wanted = {"format": "csv", "columns": ["name", "phone"], "q": NUMBERS[2]}
    client.post("/en/desk/members/export/", wanted).getvalue()
    assert Export.objects.get().filters == {"q": "****X" if NUMBERS[2].endswith("X") else "****"}
    assert {"page", "print"} <= set(SensitiveLook.objects.values_list("occasion", flat=True))
    actions.ask_for_change(member, "phone", "13800000002", by=make_user(member=member))
    # Brought in by a table, and a table that waits for its confirmation.
    row = ["陆秉文", "男", "申请人", *(text[4][name] for name in ORDER)]
    read = files.read(nasty.excel([HEAD, row]), "花名册.xlsx")
    bring_in(read, headings.propose(read.headings, columns.ALL), by=secretary)
    assert SensitiveRecord.objects.get(member=Member.objects.get(name="陆秉文")).discipline == DISCIPLINE[4]
    wait_with(client, [HEAD, ["田嘉禾", "女", "申请人", *(text[5][name] for name in ORDER)]])


def wait_with(client, rows) -> None:
    """An import whose rows are checked and not confirmed."""
    table = SimpleUploadedFile("花名册.xlsx", nasty.excel(rows))
    address = client.post("/en/desk/members/import/", {"file": table}).headers["Location"]
    form = client.get(address).context["form"]
    response = client.post(address, {name: field.initial for name, field in form.fields.items()})
    client.post(response.headers["Location"])
    part = ImportPart.objects.get(is_checked=True)
    assert all(secret in part.rows for secret in (NUMBERS[5], HARDSHIPS[5], DISCIPLINE[5]))


def dumped() -> bytes:
    """The whole database by PostgreSQL's own pg_dump, which comes with the embedded server and is never missing."""
    at = connection.connection.info
    account = {"PGHOST": at.host, "PGPORT": at.port, "PGUSER": at.user, "PGDATABASE": at.dbname}
    environment = {**os.environ, **{name: str(value) for name, value in account.items()}}
    if at.password:
        environment["PGPASSWORD"] = at.password
    return subprocess.run(
        [Cluster.program("pg_dump")], env=environment, capture_output=True, check=True
    ).stdout


# --- the search -----------------------------------------------------------------------------------
def found_in(dump: bytes) -> set[str]:
    """Which secrets the dump holds: as they are, in a common spelling, or inside what is encoded or packed."""
    texts = [dump, *unpacked(dump)]
    return {
        secret for secret in SECRETS for spelling in spellings(secret) for text in texts if spelling in text
    }


def spellings(text: str) -> Iterator[bytes]:
    for raw in (text.encode(), text.encode("gb18030"), text.encode("utf-16-le"), text.encode("utf-16-be")):
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        for before in range(
            3
        ):  # where in a group of three bytes it begins; what its neighbours decide is left out
            inner = base64.b64encode(b"\0" * before + raw)[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]
            yield inner
            yield inner.translate(bytes.maketrans(b"+/", b"-_"))
    yield text.encode("unicode_escape")
    yield text.encode("unicode_escape").replace(b"\\", b"\\\\")  # in JSON, inside a dump
    yield quote(text).encode()
    yield text[::-1].encode()


def unpacked(dump: bytes) -> Iterator[bytes]:
    """What is packed and then encoded, as sessions are."""
    for word in set(re.findall(rb"[A-Za-z0-9+/_-]{24,}", dump)):
        plain = word.translate(bytes.maketrans(b"-_", b"+/"))
        try:
            yield zlib.decompress(base64.b64decode(plain + b"=" * (-len(plain) % 4)))
        except (binascii.Error, zlib.error):
            continue


@pytest.mark.parametrize("secret", [NUMBERS[0][:-1], HARDSHIPS[0]])
@pytest.mark.parametrize(
    "written",
    [
        lambda raw: raw,
        lambda raw: b"\\\\x" + raw.hex().encode(),
        lambda raw: base64.b64encode(raw),
        lambda raw: base64.b64encode(b"a" + raw + b"b"),
        lambda raw: base64.urlsafe_b64encode(b"ab" + raw + b"c"),
        lambda raw: base64.urlsafe_b64encode(zlib.compress(b'{"seen": "' + raw + b'"}')).rstrip(b"="),
        lambda raw: quote(raw).encode(),
    ],
    ids=["plain", "hex", "base64", "base64+1", "base64+2", "session", "address"],
)
def test_what_is_in_clear_is_found_out(secret, written):
    """In the dump itself, from a column of a table, however it is written there."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted (text text)")
        try:
            cursor.execute("INSERT INTO planted VALUES (%s)", [written(secret.encode()).decode()])
            assert found_in(dumped()) == {secret}
        finally:
            cursor.execute("DROP TABLE planted")
