"""The list of people, the same as a file, and the record of files that were taken."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branch_portal.paging import page_context
from members import actions
from members.columns import COLUMNS, USUAL, Column, chosen, offered_to
from members.forms.lists import BY_NAME, DESCENDING, ExportForm, PeopleFilter
from members.models import Export, PartyGroup
from members.permissions import Capability, requires
from members.spreadsheets import write_csv, write_xlsx
from members.views.listing import Listing

# Which columns a browser shows: a telephone and a desk want different ones, so the browser remembers, not the account.
_COOKIE = "people_columns"
_A_YEAR = 365 * 24 * 3600
_IN_MEMORY = 5 * 1024 * 1024
_TYPES = {
    Export.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Export.Format.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Heading:
    """Above a column. ``sort``: what the link to another order puts into the address, None for the usual order."""

    label: str
    name: str
    is_sortable: bool
    sort: str | None
    aria: str  # "ascending", "descending", or empty

    @classmethod
    def of(cls, column: Column | None, filters: PeopleFilter) -> Heading:
        """``column``: None for the name."""
        name, backwards = filters.order
        own = column.name if column else BY_NAME
        is_own = name == own
        forwards = own if column else None
        return cls(
            label=column.label if column else _("Name"),
            name=own,
            is_sortable=column is None or own in filters.sortable,
            sort=f"{DESCENDING}{own}" if is_own and not backwards else forwards,
            aria=("descending" if backwards else "ascending") if is_own else "",
        )


@requires(Capability.READ_MEMBERS)
def people(request: HttpRequest) -> HttpResponse:
    """Whoever chooses columns is led back to the list: the browser remembers them, the address stays short."""
    if "choose" in request.GET:
        return _remember_columns(request)
    listing = Listing(request, request.GET, _remembered_columns(request))
    found = page_context(listing.members, request.GET.get("page"))
    context = {
        **found,
        "listing": listing,
        "filters": listing.filters,
        "lines": [listing.line(member) for member in found["page"]],
        "headings": [Heading.of(column, listing.filters) for column in (None, *listing.columns)],
        "kept": [(name, request.GET[name]) for name in listing.filters.fields if request.GET.get(name)],
        "used": PeopleFilter.in_words(listing.filters.used, _names_of_groups())
        if listing.filters.used
        else [],
        "section": "members",
    }
    return render(request, "members/list.html", context)


@requires(Capability.EXPORT_MEMBERS)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The people of the page, of all its pages, with its order and columns. Recorded before it is sent."""
    wanted = ExportForm(request.POST)
    if not wanted.is_valid():
        raise BadRequest("no such format")
    format = Export.Format(wanted.cleaned_data["format"])
    listing = Listing(request, request.POST, request.POST.getlist("columns"))
    headings = [_("Name"), *(str(column.label) for column in listing.columns)]
    rows = ([line.member.name, *(cell.written for cell in line.cells)] for line in listing.lines())
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
    count = _write(file, format, headings, rows)
    actions.record_export(
        by=request.user,
        format=format,
        columns=[BY_NAME, *(column.name for column in listing.columns)],
        people=count,
        filters=listing.filters.used,
    )
    file.seek(0)
    name = f"{_('Members')} {timezone.localdate():%Y-%m-%d}.{format}"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=_TYPES[format])
    answer["Cache-Control"] = "private, no-store"
    return answer


def _write(file: IO[bytes], format: Export.Format, headings: list[str], rows: Iterable[list]) -> int:
    if format == Export.Format.CSV:
        return write_csv(file, headings, rows)
    return write_xlsx(file, _("Members"), headings, rows)


@requires(Capability.READ_EXPORTS)
def exports(request: HttpRequest) -> HttpResponse:
    """Who took which list out of the portal: what was in it, not who."""
    context = page_context(Export.objects.listed(), request.GET.get("page"))
    groups = _names_of_groups()
    context["lines"] = [
        {
            "export": one,
            "columns": [_label_of(name) for name in one.columns],
            "filters": PeopleFilter.in_words(one.filters, groups),
        }
        for one in context["page"]
    ]
    return render(request, "members/exports.html", {**context, "section": "members"})


def _names_of_groups() -> dict[str, str]:
    return {str(group.pk): str(group) for group in PartyGroup.objects.all()}


def _label_of(name: str) -> str:
    """Of a column; a name that is no column any more stands as it was recorded."""
    if name == BY_NAME:
        return _("Name")
    return COLUMNS[name].label if name in COLUMNS else name


def _remembered_columns(request: HttpRequest) -> list[str]:
    kept = request.COOKIES.get(_COOKIE)
    return list(USUAL) if kept is None else kept.split(".")


def _remember_columns(request: HttpRequest) -> HttpResponse:
    address = request.GET.copy()
    names = [column.name for column in chosen(address.getlist("columns"), offered_to(request.user))]
    for name in ("choose", "columns", "page"):
        address.pop(name, None)
    answer = HttpResponseRedirect(f"{request.path}?{address.urlencode()}" if address else request.path)
    answer.set_cookie(
        _COOKIE,
        ".".join(names),
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer
