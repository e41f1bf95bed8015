"""What every view with a form does: its page, and what an action refused."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def accepted(form: BaseForm, act: Callable[[], object]) -> bool:
    """The form is in order and the action done; what the action refused stands in the form."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        with transaction.atomic():
            act()
    except ValidationError as refusal:
        for field, errors in _by_field(refusal):
            form.add_error(field if field in form.fields else None, errors)
        return False
    return True


def form_page(
    request: HttpRequest,
    form: BaseForm,
    title: str,
    button: str,
    back: str,
    *,
    section: str,
    template: str = "members/form.html",
    **context,
) -> HttpResponse:
    """A form by itself on a page. ``key`` in the context: the page's name for what it makes."""
    values = {"form": form, "title": title, "button": button, "back": back, "section": section}
    return render(request, template, {**values, **context})


def _by_field(refusal: ValidationError) -> list[tuple[str | None, list]]:
    if hasattr(refusal, "error_dict"):
        return list(refusal.error_dict.items())
    return [(None, refusal.error_list)]
