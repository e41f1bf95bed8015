"""A lock reads its row alone: joined rows would be those of before the wait, or make the row vanish (PostgreSQL reads only the
locked row anew)."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("appraisals", "branch_portal", "meetings", "members")


def calls_of(statement: ast.stmt) -> set[str]:
    return {
        node.func.attr
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }


def test_no_lock_joins():
    locks, joined = 0, []
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Assign | ast.Expr | ast.Return | ast.AugAssign):
                    continue
                called = calls_of(node)
                locks += "select_for_update" in called
                if {"select_for_update", "select_related"} <= called:
                    joined.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert locks > 10
    assert joined == []
