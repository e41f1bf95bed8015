"""Choosing a person in many forms of one page: the names are loaded once."""

from __future__ import annotations

from django import forms

from members.models import Member


def choices() -> list[tuple[str, str]]:
    """The people of the branch, in their order. One query."""
    return [(str(pk), name) for pk, name in Member.objects.current().values_list("pk", "name")]


def offer(field: forms.ModelChoiceField, names: list[tuple[str, str]], chosen: Member | None = None) -> None:
    """The names as the field's choices, and whoever is chosen already, though gone meanwhile."""
    field.queryset = Member.objects.current() | Member.objects.filter(pk=chosen.pk if chosen else None)
    known = {key for key, _name in names}
    also = [(str(chosen.pk), str(chosen))] if chosen and str(chosen.pk) not in known else []
    field.choices = [("", "—"), *also, *names]
