"""What templates about reports need beside Django's own."""

from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString

from branch_portal.news.figures import ShownPicture

register = template.Library()
_SENTENCE_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+")


@register.simple_tag
def picture(shown: ShownPicture, sizes: str, *, eager: bool = False) -> SafeString:
    """``{% picture reading.lead sizes="…" %}``: in several sizes. ``eager`` for what stands on top."""
    return shown.img(sizes=sizes, eager=eager)


@register.filter
def local(branch, field: str) -> str:
    """``{{ branch|local:"introduction" }}``: the field in the reader's language."""
    return branch.local(field)


@register.filter
def sentences(text: str, count: int) -> str:
    """The first sentences of a text."""
    found = [one for one in _SENTENCE_END.split(text.strip()) if one]
    return (" " if re.search(r"[.!?]\s", text) else "").join(found[:count])
