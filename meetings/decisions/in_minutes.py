"""What the official form of the minutes says of the decisions of a meeting."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from branch_portal.documents.paper import Text
from meetings.decisions.models import Decision
from meetings.models import Meeting


def decisions_of(meeting: Meeting) -> Text | None:
    """Every matter that was discussed: text, discussion, vote and outcome with its reason; None if there was none. A
    constant number of queries."""
    matters = Decision.objects.on_record_of(meeting).discussed().with_names()
    matters = matters.prefetch_related("recusals__member", "dissents__member")
    told = [line for number, each in enumerate(matters, start=1) for line in _matter(number, each)]
    return Text(_("Decisions"), told) if told else None


def _matter(number: int, matter: Decision) -> Iterable[str]:
    yield f"({number}) {matter.title}"
    yield matter.text
    yield _line(_("Discussion"), matter.discussion)
    for one in matter.dissents.all():
        yield _line(_("Differing view of %(name)s") % {"name": one.member}, one.text)
    for one in matter.recusals.all():
        yield _("%(name)s withdrew.") % {"name": one.member}
    if matter.was_voted_on:
        yield _vote(matter)
        yield matter.reason
    if matter.deferred_because:
        yield _line(_("Deferred"), matter.deferred_because)
    if matter.owner:
        yield _line(_("Person in charge"), str(matter.owner))


def _vote(matter: Decision) -> str:
    numbers = {name: getattr(matter, name) for name in ("due", "present", "yes", "no", "abstain")}
    told = (
        _("Vote: due %(due)d, present %(present)d; yes %(yes)d, no %(no)d, abstentions %(abstain)d.")
        % numbers
    )
    if matter.written_yes or matter.written_no or matter.written_abstain:
        written = {
            "yes": matter.written_yes,
            "no": matter.written_no,
            "abstain": matter.written_abstain,
        }
        told += " " + _("In writing: yes %(yes)d, no %(no)d, abstentions %(abstain)d.") % written
    return told


def _line(label: str, text: str) -> str:
    return _("%(label)s: %(text)s") % {"label": label, "text": text}
