"""What a paper says, apart from how it is written: one description becomes a Word file and a page to print.

No field of a paper stays blank (handbook 10): where there is nothing, it says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

# For what the reader may not see, or did not ask for.
HIDDEN = "******"


def filled(value: object) -> str:
    """The value as a reader reads it; "none" for nothing."""
    if isinstance(value, datetime.date):
        return date_format(value, "DATE_FORMAT")
    return str("" if value is None else value).strip() or _("none")


@dataclass(frozen=True)
class Fact:
    """A label and its value; a wide one takes a line of its own."""

    label: str
    value: object
    is_wide: bool = False

    @property
    def cells(self) -> tuple[str, str]:
        return capfirst(str(self.label)), filled(self.value)


@dataclass(frozen=True)
class Facts:
    """Labels with their values, two a line. ``level``, here and below: of the heading, 1 or 2."""

    facts: Sequence[Fact]
    heading: str = ""
    level: int = 1

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """The facts in lines of two; a wide one, and one left over, alone."""
        lines: list[list[tuple[str, str]]] = []
        has_room = False
        for each in self.facts:
            if has_room and not each.is_wide:
                lines[-1].append(each.cells)
                has_room = False
            else:
                lines.append([each.cells])
                has_room = not each.is_wide
        return lines


@dataclass(frozen=True)
class Table:
    """Rows under a header; ``widths`` in millimetres. Without rows it has one that says so."""

    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    heading: str = ""
    widths: Sequence[int] = ()
    level: int = 1

    @property
    def titles(self) -> list[str]:
        return [capfirst(str(text)) for text in self.header]

    @property
    def lines(self) -> list[list[str]]:
        rows = self.rows or [[""] * len(self.header)]
        return [[_compact(value) for value in row] for row in rows]


@dataclass(frozen=True)
class Text:
    """A heading with paragraphs under it; without any it says so."""

    heading: str
    paragraphs: Sequence[str]
    level: int = 1
    is_text: ClassVar[bool] = True

    @property
    def lines(self) -> list[str]:
        found = [line for text in self.paragraphs for line in text.splitlines() if line.strip()]
        return found or [filled("")]


@dataclass(frozen=True)
class Blank:
    """What the portal does not keep, and somebody writes by hand: ``words`` say what and who, under them stand an empty
    table (a row for each of ``labels``), or so many ``ruled`` lines."""

    heading: str
    words: str
    header: Sequence[str] = ()
    labels: Sequence[str] = ()
    widths: Sequence[int] = ()
    ruled: int = 4
    level: int = 1
    is_blank: ClassVar[bool] = True

    @property
    def titles(self) -> list[str]:
        return [capfirst(str(text)) for text in self.header]

    @property
    def lines(self) -> list[list[str]]:
        """The rows of the table, empty but for their labels."""
        return [[str(label), *[""] * (len(self.header) - 1)] for label in self.labels]

    @property
    def rules(self) -> range:
        """The lines to write on, where there is no table."""
        return range(0 if self.header else self.ruled)


def _compact(value: object) -> str:
    """Columns are narrow: days as 2025-06-30."""
    return value.isoformat() if isinstance(value, datetime.date) else filled(value)


@dataclass(frozen=True)
class Photograph:
    """``address``: for the page; ``read`` gives the JPEG for the Word file, None if it is gone."""

    address: str
    description: str
    read: Callable[[], bytes | None]


@dataclass(frozen=True)
class Signed:
    """A signature that was given in the portal, in words; without them a line for the pen."""

    label: str
    told: str = ""


@dataclass(frozen=True)
class Paper:
    """One paper: its title, its parts in order, who signs (a label alone is a line for the pen). ``is_landscape``: for wide
    tables."""

    title: str
    parts: Sequence[Facts | Table | Text | Blank]
    signatures: Sequence[str | Signed] = ()
    note: str = ""
    is_landscape: bool = field(default=False)
    photograph: Photograph | None = None

    @property
    def signature_lines(self) -> list[Signed]:
        return [each if isinstance(each, Signed) else Signed(each) for each in self.signatures]
