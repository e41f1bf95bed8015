"""The order of Chinese names: by their reading, stored, since the database knows no Chinese collation."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def sort_key(name: str, reading: str = "") -> str:
    """A key that sorts names as a Chinese dictionary does, by sound with tones, then by character.

    ``reading``: pinyin given by hand where the usual one is wrong (单 is Shan as a surname).
    The plain pinyin stands first so that a search for letters finds it.
    """
    plain = reading.lower().split() or [part.lower() for part in lazy_pinyin(name)]
    toned = (
        "" if reading else " ".join(lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True)).lower()
    )
    # "!" sorts after the space between syllables and before every letter: a short name comes first.
    return " ".join([*plain, "!", toned, "!", name])[:200]


def initials(key: str) -> str:
    """The first letter of every syllable of a sort key: what people type to find a name quickly."""
    plain, _, _rest = key.partition(" !")
    return "".join(syllable[0] for syllable in plain.split())[:60]
