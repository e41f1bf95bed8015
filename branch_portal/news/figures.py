"""Pictures in a text: how they are written into it, taken out of it, and shown to a reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from branch_portal.media.pictures import RENDITIONS
from branch_portal.news.languages import Language
from branch_portal.news.models import ReportPicture
from branch_portal.richtext.sanitise import allow_listed

WIDTHS = ("480", "960", "1600")
_MIDDLE = "960"
# As the sanitiser writes it: attributes in double quotes, in which a quote is escaped.
_IMG = r'<img(?:\s+[a-z]+="[^"]*")*\s*/?>'
_KEY = re.compile(r'\ssrc="/pictures/([0-9a-f]{32})/')
_IN_TEXT = "(min-width: 48rem) 43rem, 100vw"


def picture_address(key: str, rendition: str = _MIDDLE) -> str:
    return reverse("pictures:file", args=[key, RENDITIONS[rendition].file_name])


def figure(key: str, *, alt: str, caption: str) -> str:
    """A figure as the editor writes it."""
    words = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
    return f'<figure><img src="{picture_address(key)}" alt="{escape(alt)}">{words}</figure>'


def keys_in(html: str) -> list[str]:
    """The keys of the pictures in a stored text, in their order."""
    return _KEY.findall(html)


def without_picture(html: str, key: str) -> str:
    """The stored text without the figures of that picture, their captions included."""
    figure = (
        rf"<figure>(?=<img[^<]*?/pictures/{re.escape(key)}/){_IMG}(?:<figcaption>.*?</figcaption>)?</figure>"
    )
    return re.sub(figure, "", html, flags=re.DOTALL)


@dataclass(frozen=True)
class ShownPicture:
    """A picture with the words that one reader gets, from the other language where theirs is missing.

    ``alt_lang`` and ``caption_lang`` are HTML's ``lang`` for such foreign words, "" otherwise.
    """

    picture: ReportPicture
    alt: str
    alt_lang: str
    caption: str
    caption_lang: str

    @property
    def srcset(self) -> str:
        """One address for each width the picture really has."""
        widths = {
            RENDITIONS[name].size(self.picture.width, self.picture.height)[0]: name
            for name in reversed(WIDTHS)
        }
        return ", ".join(f"{picture_address(self.picture.key, widths[one])} {one}w" for one in sorted(widths))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the middle rendition, in pixels."""
        return RENDITIONS[_MIDDLE].size(self.picture.width, self.picture.height)

    def img(self, *, sizes: str = _IN_TEXT, eager: bool = False) -> SafeString:
        width, height = self.size
        return format_html(
            '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{} {}>',
            picture_address(self.picture.key),
            self.srcset,
            sizes,
            width,
            height,
            self.alt,
            format_html(' lang="{}"', self.alt_lang) if self.alt_lang else "",
            mark_safe('fetchpriority="high"' if eager else 'loading="lazy" decoding="async"'),  # noqa: S308
        )


def shown(picture: ReportPicture, language: Language) -> ShownPicture:
    alt, alt_lang = _words(picture, "alt", language)
    caption, caption_lang = _words(picture, "caption", language)
    return ShownPicture(picture, alt, alt_lang, caption, caption_lang)


def _words(picture: ReportPicture, field: str, language: Language) -> tuple[str, str]:
    if words := picture.text(field, language):
        return words, ""
    foreign = picture.text(field, language.other)
    return foreign, language.other.tag if foreign else ""


def with_pictures(html: str, pictures: Iterable[ReportPicture], language: Language) -> SafeString:
    """A stored text for the page: safe, each picture in several sizes and with its own text alternative.

    A picture that does not belong to the report leaves no trace.
    """
    known = {picture.key: picture for picture in pictures}

    def image(found: re.Match) -> str:
        key = _KEY.search(found[0])
        picture = known.get(key[1]) if key else None
        return shown(picture, language).img() if picture else ""

    return mark_safe(re.sub(_IMG, image, allow_listed(html)))  # noqa: S308
