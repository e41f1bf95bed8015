"""Numbered pages of a list; a number that does not exist leads to the nearest page, never to an error."""

from __future__ import annotations

from django.core.paginator import Page, Paginator


def page_context(rows, number: str | None, *, per_page: int = 20) -> dict:
    """What ``components/_pages.html`` shows: the page and the numbers around it. Two queries."""
    page: Page = Paginator(rows, per_page).get_page(number)
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return {"page": page, "page_numbers": numbers}
