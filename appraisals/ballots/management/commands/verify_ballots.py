"""``manage.py verify_ballots ARCHIVE.bel``: verify everything in the archive of an election, without any secret.

Exit code 0: everything holds. 1: something does not; one line names the event and the reason. 2: the file cannot be read as
an archive, or needs a part of the protocol that is not built here.
"""

from __future__ import annotations

import json
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from appraisals.ballots.protocol.archive import NotAnArchive
from appraisals.ballots.protocol.errors import NotSupported, ProtocolError
from appraisals.ballots.protocol.verification import Progress, Report, verify_archive

_REFUSED, _UNREADABLE, _STOPPED = 1, 2, 130


class Command(BaseCommand):
    help = "Verify the archive of an election, of this portal or of belenios-tool. Needs no database."
    requires_system_checks = []
    requires_migrations_checks = False

    def create_parser(self, *args, **options) -> CommandParser:
        parser = super().create_parser(*args, **options)
        parser.print_usage = lambda file=None: None  # a wrong command line is one line; --help says the rest
        return parser

    def add_arguments(self, parser) -> None:
        parser.add_argument("archive", metavar="ARCHIVE.bel", type=Path)
        parser.add_argument("--json", action="store_true", help="Print the outcome as JSON.")

    def handle(self, *args, archive: Path, **options) -> None:
        try:
            with _ProgressLine(self.stderr) as progress:
                report = verify_archive(archive, progress=progress)
        except (OSError, NotAnArchive) as error:
            reason = error.strerror if isinstance(error, OSError) else "not an archive of an election"
            raise self._failed(options["json"], _UNREADABLE, reason or "unreadable", archive) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped; nothing was verified.", returncode=_STOPPED) from None
        except BrokenProcessPool:
            raise self._failed(
                options["json"], _UNREADABLE, "a process that checked ballots was killed", archive
            ) from None
        except NotSupported as error:
            raise self._failed(options["json"], _UNREADABLE, str(error), archive) from None
        except ProtocolError as error:
            raise self._failed(options["json"], _REFUSED, str(error), archive, error.event) from None
        self.stdout.write(
            json.dumps(_as_json(report), ensure_ascii=False) if options["json"] else _as_text(report)
        )

    def _failed(self, as_json: bool, code: int, reason: str, archive: Path, event: str = "") -> CommandError:
        """One line on the error stream; with --json the same on standard output for programs."""
        if as_json:
            self.stdout.write(json.dumps({"valid": False, "event": event or None, "reason": reason}))
        where = event if code == _REFUSED else archive
        return CommandError(f"{where}: {reason}", returncode=code)


class _ProgressLine:
    """A line on a terminal that counts the ballots, and is gone when it has done so; nothing where there is none."""

    def __init__(self, stream) -> None:
        self._stream = stream
        self._shown = False

    def __enter__(self) -> Progress | None:
        return self._show if self._stream.isatty() else None

    def _show(self, done: int, total: int) -> None:
        self._stream.write(f"\rChecked {done} of {total} ballots", ending="")
        self._stream.flush()
        self._shown = True

    def __exit__(self, *failure: object) -> None:
        if self._shown:
            self._stream.write("\r\033[K", ending="")


def _as_text(report: Report) -> str:
    election, counted = report.election, report.counted
    lines = [
        f"{election.name} ({election.uuid})",
        "Everything holds:",
        f"  election     fingerprint {election.fingerprint}",
        f"  credentials  {len(report.credentials.weights)}, fingerprint {report.credentials.fingerprint}",
        *(
            f"  trustee {number}    {trustee.fingerprint}{f' {trustee.name}' if trustee.name else ''}"
            for number, trustee in enumerate(report.trustees.members, 1)
        ),
        f"  ballots      {report.ballots} checked, {counted.num_tallied} counted",
        "  tally        recomputed from the ballots",
        f"  decryption   by all {report.partial_decryptions} trustees, and the counts recomputed",
        f"  last event   {report.last_event}",
    ]
    for question in _counts(report):
        lines += ["", _one_line(question["question"])]
        if question["blank"] is not None:
            lines.append(f"  {question['blank']:>6}  (blank)")
        lines += [f"  {each['count']:>6}  {_one_line(each['answer'])}" for each in question["answers"]]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    """A text of the election, which must not move the reader's cursor or forge a line of this report."""
    return "".join(character if character.isprintable() else " " for character in text)


def _counts(report: Report) -> list[dict[str, Any]]:
    questions = []
    for question, counts in zip(report.election.questions, report.result.counts, strict=True):
        blank, marked = (counts[0], counts[1:]) if question.blank else (None, counts)
        answers = [
            {"answer": answer, "count": count} for answer, count in zip(question.answers, marked, strict=True)
        ]
        questions.append({"question": question.question, "blank": blank, "answers": answers})
    return questions


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "valid": True,
        "uuid": report.election.uuid,
        "name": report.election.name,
        "fingerprint": report.election.fingerprint,
        "credentials": {
            "number": len(report.credentials.weights),
            "fingerprint": report.credentials.fingerprint,
        },
        "trustees": [
            {"name": trustee.name, "fingerprint": trustee.fingerprint} for trustee in report.trustees.members
        ],
        "ballots": {"checked": report.ballots, "counted": report.counted.num_tallied},
        "total_weight": report.counted.total_weight,
        "encrypted_tally": report.counted.encrypted_tally,
        "partial_decryptions": report.partial_decryptions,
        "last_event": report.last_event,
        "questions": _counts(report),
    }
