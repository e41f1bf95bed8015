"""Readers are told what is the matter, not which rule of the handbook says so."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"\bR-\d+\.\d+")
TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def texts_of_code(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATED:
            yield from (each.value for each in node.args if isinstance(each, ast.Constant))


@pytest.mark.parametrize("app", ["members", "meetings", "appraisals", "branch_portal"])
def test_no_text_of_the_code_names_a_rule_by_number(app):
    found = [text for path in (ROOT / app).rglob("*.py") for text in texts_of_code(path)]
    assert found
    assert [text for text in found if CODE.search(str(text))] == []


def test_no_page_names_a_rule_by_number():
    pages = list((ROOT / "templates").rglob("*.html"))
    assert pages
    assert [page.name for page in pages if CODE.search(page.read_text())] == []
