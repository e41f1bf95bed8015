"""What a signature under minutes covers of the decisions: the matters on their record and every voice about them. What
becomes of a decision afterwards is no part of it."""

from __future__ import annotations

from collections.abc import Iterable

from meetings.covered import rows
from meetings.decisions.models import Decision, Dissent, Exclusion, Recusal, WrittenOpinion
from meetings.decisions.models.decision import CONTENT


def covered_rows(meeting: int) -> Iterable[dict]:
    """A query for each kind of rows."""
    found = [*Decision.objects.filter(meeting=meeting).order_by("pk").values("pk", *CONTENT)]
    for model in (Dissent, Recusal, WrittenOpinion):
        found += rows(model.objects.filter(decision__meeting=meeting))
    return found + rows(Exclusion.objects.filter(attendance__meeting=meeting))
