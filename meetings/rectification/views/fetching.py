"""Fetching is authorising: the entry, task or meeting a request speaks of, if its user may see it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from meetings.models import Meeting
from meetings.rectification.models import LedgerEntry, Task


def visible_entry(request: HttpRequest, pk: int) -> LedgerEntry:
    entries = LedgerEntry.objects.visible_to(request.user).select_related(
        "meeting", "leader", "in_charge", "checker", "recurs_from", "changed_by__member"
    )
    return get_object_or_404(entries, pk=pk)


def visible_task(request: HttpRequest, pk: int) -> Task:
    tasks = Task.objects.visible_to(request.user).select_related("meeting", "owner")
    return get_object_or_404(tasks, pk=pk)


def visible_meeting(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)


def page_key(request: HttpRequest) -> uuid.UUID:
    """The name that the page gave to what it makes: a double click or a retry makes one."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()
