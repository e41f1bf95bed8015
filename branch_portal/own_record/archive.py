"""The own data to take away: one zip with a file for programs, a file for readers, and the person's papers."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO

from django.core.files import File
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from branch_portal.media.documents import open_document
from branch_portal.media.pictures import open_rendition
from branch_portal.media.uploads import display_name
from branch_portal.own_record.gathering import Part, parts_of, self_reviews
from members.models import User


def write(user: User) -> IO[bytes]:
    """An open file, at its start, that is gone when it is closed. Nothing of it stays on the server."""
    parts, now = parts_of(user), timezone.localtime()
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("record.json", _for_programs(parts, now))
        package.writestr("record.html", _for_readers(user, parts, now))
        for name, file in _files(user):
            with file:
                package.writestr(name, file.read())
    archive.seek(0)
    return archive


def _for_programs(parts: list[Part], now) -> str:
    data = {"made_at": now.isoformat(), **{part.name: part.values() for part in parts}}
    return json.dumps(data, ensure_ascii=False, indent=2)


def _for_readers(user: User, parts: list[Part], now) -> str:
    context = {"person": user.member, "parts": parts, "now": now, "lang": _html_language()}
    return render_to_string("own_record/export.html", context)


def _html_language() -> str:
    return "zh-Hans" if get_language() == "zh-hans" else get_language()


def _files(user: User) -> Iterator[tuple[str, File]]:
    """Each by its name in the archive; one whose file is gone is left out."""
    member = user.member
    wanted = (
        [("photograph.jpg", lambda: open_rendition(member.photograph, "full"))] if member.photograph else []
    )
    papers = [(paper.file_name, paper.key) for paper in member.files.visible_to(user)]
    papers += [
        (f"{_('self-review')} {row.participant.round.year} {row.file_name}", row.file_key)
        for row in self_reviews(member)
        if row.file_key
    ]
    for number, (name, key) in enumerate(papers, start=1):
        wanted.append((f"papers/{number:02} {display_name(name)}", lambda key=key: open_document(key)))
    for name, opened in wanted:
        try:
            yield name, opened()
        except (FileNotFoundError, ValueError):
            continue
