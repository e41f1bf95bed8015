"""Every text of the portal has its Chinese: a new one without a translation fails here, until ``make messages``
has put it into the catalogue and somebody has translated it. Needs no GNU gettext.
"""

from __future__ import annotations

import ast
import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError
from django.utils.translation.template import templatize

from branch_portal.management.commands.compile_catalogues import compile_catalogue
from meetings.record_texts import record_texts

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
PYTHON = [
    *ROOT.glob("*.py"),
    *(file for app in ROOT.glob("*/__init__.py") for file in app.parent.rglob("*.py")),
]
SOURCES = [file for file in PYTHON if file.relative_to(ROOT).parts[0] != "tests"]
TEMPLATES = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("templates/**/*.txt")]

# Which arguments of each function are texts; "context" is told apart from the message.
MARKERS = {
    "gettext": ("message",),
    "gettext_noop": ("message",),
    "ngettext": ("message", "plural"),
    "pgettext": ("context", "message"),
    "npgettext": ("context", "message", "plural"),
}
MARKERS |= {f"{name}_lazy": arguments for name, arguments in MARKERS.items() if name != "gettext_noop"}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z%]|\{\w+\}")
HAN = r"[\u3400-\u9fff]"


@dataclass(frozen=True)
class Text:
    """What a catalogue knows a text by."""

    message: str
    context: str | None = None
    plural: str = ""


@dataclass(frozen=True)
class Call:
    """One call of a function that translates; no text where an argument is put together at run time."""

    where: str
    text: Text | None


# --- what the sources say -------------------------------------------------------------------------
def calls_in_python(source: str, where: str) -> list[Call]:
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: MARKERS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in MARKERS
    }
    return [
        Call(f"{where}:{node.lineno}", _text(names[node.func.id], node.args))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def _text(roles: tuple[str, ...], arguments: list[ast.expr]) -> Text | None:
    given = arguments[: len(roles)]
    if not all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in given):
        return None
    return Text(**dict(zip(roles, (one.value for one in given), strict=True)))


_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(({_STRING}(?:\s*,\s*{_STRING})*)")


def texts_in_template(source: str) -> list[Text]:
    """Django itself turns a template into something that looks like calls."""
    found = _IN_TEMPLATE.finditer(templatize(source))
    return [
        Text(**dict(zip(MARKERS[name.replace("_", "gettext")], ast.literal_eval(f"({words},)"), strict=True)))
        for name, words in (match.groups() for match in found)
    ]


def _all_calls() -> list[Call]:
    calls = []
    for file in SOURCES:
        calls += calls_in_python(file.read_text(encoding="utf-8"), str(file.relative_to(ROOT)))
    for file in TEMPLATES:
        texts = texts_in_template(file.read_text(encoding="utf-8"))
        calls += [Call(str(file.relative_to(ROOT)), text) for text in texts]
    return calls


@pytest.fixture(scope="module")
def calls() -> list[Call]:
    return _all_calls()


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def _in_chinese(entry: polib.POEntry) -> str:
    return entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr


# --- the catalogue --------------------------------------------------------------------------------
def test_every_text_is_in_the_catalogue(calls, catalogue):
    known = {(entry.msgid, entry.msgctxt) for entry in catalogue}
    missing = [call for call in calls if call.text and (call.text.message, call.text.context) not in known]
    assert missing == [], "Run `make messages`, then translate what is new."


def test_nothing_in_the_catalogue_is_said_nowhere(calls, catalogue):
    said = {(call.text.message, call.text.context) for call in calls if call.text}
    unused = [entry.msgid for entry in catalogue if (entry.msgid, entry.msgctxt) not in said]
    assert unused == [], "Run `make messages`."


def test_the_catalogue_is_complete(catalogue):
    assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def test_the_catalogue_holds_no_leftovers_of_a_merge():
    """gettext's own tools refuse half a "previous" comment, and with it the whole file; polib reads over it."""
    left = [line for line in CATALOGUE.read_text().splitlines() if line.startswith("#|")]
    assert left == []


def test_translations_are_chinese_with_chinese_punctuation(catalogue):
    words = {entry.msgid: _in_chinese(entry) for entry in catalogue}
    glued = {
        "%(others)s and %(last)s",
        "%(title)s (%(day)s)",
        "%(who)s, %(when)s",
        "%(time)s by %(name)s",
        "%(label)s: %(error)s",
        "%(name)s (%(stage)s)",
        "%(name)s: %(value)s",
        "%(field)s: %(reason)s",
        "%(total)s of %(target)s",
        "%(came)s of %(due)s",
        "%(kept)d of %(asked)d",
        "%(label)s: %(text)s",
        "%(kind)s: %(group)s",
        "%(name)s (%(what)s)",
        ", ",
    }
    assert {said for said, text in words.items() if not re.search(HAN, text)} <= glued
    assert [
        text for text in words.values() if re.search(rf"{HAN}[,;:!?()]|[,;:!?()]{HAN}|{HAN}\.$", text)
    ] == []


def test_placeholders_survive_translation(catalogue):
    for entry in catalogue:
        expected = PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)
        assert Counter(PLACEHOLDER.findall(_in_chinese(entry))) == Counter(expected), entry.msgid


# --- how texts are marked -------------------------------------------------------------------------
def test_texts_are_whole_sentences_in_the_sources(calls):
    """An f-string or a sum is another text each time: no catalogue can hold it."""
    assert [call.where for call in calls if call.text is None] == []


def test_the_extraction_sees_what_it_should():
    source = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
_("a" " b"), ngettext("one", "many", 3), pgettext_lazy("post", "member"), _(f"{x}"), other("no")
"""
    found = [call.text for call in calls_in_python(source, "here")]
    assert found == [Text("a b"), Text("one", plural="many"), Text("member", "post"), None]
    template = """{% load i18n %}{% translate "it's" %}{% blocktranslate count n=x trimmed %}
        one {{ n }}{% plural %}many {{ n }}{% endblocktranslate %}{% include "a" with b=_("c") %}"""
    assert texts_in_template(template) == [Text("it's"), Text("one %(n)s", plural="many %(n)s"), Text("c")]


# --- texts of scripts -----------------------------------------------------------------------------
_ENTRY = re.compile(r'(\w+):\s*"((?:[^"\\]|\\.)*)"')


@pytest.mark.parametrize(
    ("file", "chinese", "english"),
    [
        ("richtext/texts.js", r"const ZH = \{(.*?)\n\}", r"const EN = \{(.*?)\n\}"),
        ("site/drafts.js", r'"zh-Hans": \{(.*?)\s\},\n', r"\ben: \{(.*?)\s\},\n"),
    ],
)
def test_a_script_says_the_same_in_both_languages(file, chinese, english):
    script = (ROOT / "static/js" / file).read_text(encoding="utf-8")
    zh, en = (dict(_ENTRY.findall(re.search(which, script, re.S)[1])) for which in (chinese, english))
    assert en
    assert zh.keys() == en.keys()
    for key, words in en.items():
        assert re.search(HAN, zh[key]), key
        assert Counter(PLACEHOLDER.findall(zh[key])) == Counter(PLACEHOLDER.findall(words)), key


def test_the_record_page_has_every_sentence_its_script_says():
    scripts = (ROOT / "static/js").glob("record*/**/*.js")
    said = {key for script in scripts for key in re.findall(r'\btext\("([\w-]+)"', script.read_text("utf-8"))}
    assert said
    assert said <= record_texts().keys()


# --- compiling ------------------------------------------------------------------------------------
def test_compiles_what_is_newer_and_only_that(tmp_path):
    source, compiled = tmp_path / "django.po", tmp_path / "django.mo"
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'

    def chinese_of(words: str, written_at: int) -> list[str]:
        source.write_text(f'{header}msgid "a"\nmsgstr "{words}"\n', "utf-8")
        os.utime(source, (written_at, written_at))
        compile_catalogue(source)
        return [entry.msgstr for entry in polib.mofile(str(compiled))]

    assert chinese_of("甲", written_at=1_000) == ["甲"]
    os.utime(compiled, (2_000, 2_000))
    assert chinese_of("乙", written_at=1_500) == ["甲"]
    assert chinese_of("丙", written_at=2_500) == ["丙"]


def test_says_in_one_line_what_cannot_be_compiled(tmp_path):
    source = tmp_path / "django.po"
    source.write_text('msgid "a\nmsgstr', "utf-8")
    with pytest.raises(CommandError, match=r"\A.*django\.po cannot be compiled: .+\Z"):
        compile_catalogue(source)
    assert [file.name for file in tmp_path.iterdir()] == ["django.po"]
