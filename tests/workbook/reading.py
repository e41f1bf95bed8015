"""What a book says, as its reader sees it."""

from __future__ import annotations

import datetime

from django.utils import translation

from branch_portal.documents.book import Book
from branch_portal.documents.paper import Paper
from branch_portal.workbook.making import workbook

TODAY = datetime.date(2026, 6, 1)


def book_of(year: int = 2025, *, today: datetime.date = TODAY, language: str = "en") -> Book:
    with translation.override(language):
        return workbook(year, today)


def chapter(book: Book, title: str) -> Paper:
    """By its title without its number."""
    return next(each for each in book.chapters if each.title.split(". ", 1)[1] == title)


def lines_of(paper: Paper) -> list[str]:
    """Everything that is printed, a line a text or a row of a table; what is labelled follows its label."""
    lines = [paper.title]
    for part in paper.parts:
        lines += [part.heading, getattr(part, "words", "")]
        lines += [" | ".join(part.titles)] if getattr(part, "header", ()) else []
        for line in part.lines:
            cells = [line] if isinstance(line, str) else line
            lines.append(" | ".join(cell if isinstance(cell, str) else ": ".join(cell) for cell in cells))
    return [line for line in [*lines, paper.note, *paper.signatures] if line]


def text_of(what: Book | Paper) -> str:
    if isinstance(what, Paper):
        return "\n".join(lines_of(what))
    return "\n".join([what.title, what.subtitle, *what.cover, *map(text_of, what.chapters)])
