"""A report as one reader meets it: in their language or, where that is missing, in the other one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from branch_portal.news.figures import ShownPicture, keys_in, shown, with_pictures
from branch_portal.news.languages import Language
from branch_portal.news.models import Report
from branch_portal.richtext.sanitise import plain_text

_SUMMARY_LENGTH = {Language.ZH: 110, Language.EN: 240}  # characters


@dataclass
class Reading:
    """``wanted`` is the language of the page; drafts may be read before they are whole."""

    report: Report
    wanted: Language

    @cached_property
    def language(self) -> Language:
        """The one the text is really in."""
        whole = self.report.languages()
        if self.wanted in whole:
            return self.wanted
        if whole:
            return whole[0]
        return self.wanted if self.report.text("title", self.wanted) else self.wanted.other

    @property
    def is_foreign(self) -> bool:
        """The reader's language has no text."""
        return self.language != self.wanted

    @property
    def lang(self) -> str:
        return self.language.tag

    @property
    def title(self) -> str:
        return self.report.text("title", self.language)

    @property
    def author_line(self) -> str:
        return self.report.text("author_line", self.language)

    @cached_property
    def summary(self) -> str:
        """As written, or the beginning of the text."""
        return self.report.text("summary", self.language) or _beginning(
            self.report.text("body", self.language), self.language
        )

    @cached_property
    def body(self) -> SafeString:
        return with_pictures(self.report.text("body", self.language), self.report.picture_list, self.language)

    @property
    def lead(self) -> ShownPicture | None:
        """The picture for lists."""
        picture = self.report.lead_picture
        return shown(picture, self.language) if picture else None

    @cached_property
    def loose_pictures(self) -> list[ShownPicture]:
        """Those that do not stand in the text."""
        placed = set(keys_in(self.report.text("body", self.language)))
        return [shown(one, self.language) for one in self.report.picture_list if one.key not in placed]


def _beginning(html: str, language: Language) -> str:
    """The first paragraph; in English cut between words, in Chinese anywhere."""
    first = re.search(r"<p>(.*?)</p>", html, re.DOTALL)
    text = plain_text(first[0] if first else html).replace("\n", " ")
    length = _SUMMARY_LENGTH[language]
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    if language == Language.EN:
        cut = cut.rpartition(" ")[0] or cut
    return f"{cut.rstrip(' ,;:，；：、')}…"
