"""The last part of a report's address: readable, in plain letters, made once from its title."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.text import slugify
from pypinyin import lazy_pinyin

from branch_portal.news.models import LONGEST_SLUG

_NAMELESS = "report"


def slug_of(title_zh: str, title_en: str) -> str:
    """From the English title, or else from the sound of the Chinese one."""
    words = slugify(title_en.replace("_", " ")) or slugify(" ".join(lazy_pinyin(title_zh)).replace("_", " "))
    return _cut(words, LONGEST_SLUG) or _NAMELESS


def free_slug(slug: str, taken: Collection[str]) -> str:
    """The slug itself, or with the first number that makes it unlike those taken."""
    number, candidate = 1, slug
    while candidate in taken:
        number += 1
        ending = f"-{number}"
        candidate = _cut(slug, LONGEST_SLUG - len(ending)) + ending
    return candidate


def _cut(slug: str, length: int) -> str:
    """At most that long, ending with a whole word where possible."""
    if len(slug) <= length:
        return slug.strip("-")
    head, _hyphen, _rest = slug[: length + 1].rpartition("-")
    return (head or slug[:length]).strip("-")
