"""The kinds of matters, and the rules of the Party on each as data: from which day, from which source (handbook, 3.2)."""

from __future__ import annotations

import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from meetings.decisions.rules import DUE, PRESENT, Rule, Share
from meetings.kinds import InvitedBy, MeetingKind, invited_by


class Matter(TextChoices):
    """What is decided; the rule of quorum and majority hangs on it."""

    ORDINARY = "ordinary", _("ordinary resolution")
    ADMISSION = "admission", _("admission of a probationary member")
    CONFIRMATION = "confirmation", _("confirmation as full member")
    EXTENSION = "extension", _("extension of a probation")
    CANCELLATION = "cancellation", _("cancellation of a probation")
    ELECTION = "election", _("election of the committee")
    COMMITTEE = "committee", _("decision of the branch committee")


# One person at a time, by secret ballot.
ABOUT_A_PERSON = (
    Matter.ADMISSION,
    Matter.CONFIRMATION,
    Matter.EXTENSION,
    Matter.CANCELLATION,
    Matter.ELECTION,
)

_AT_LEAST_HALF, _MORE_THAN_HALF = Share(1, 2, True), Share(1, 2, False)
_DAY = datetime.date
_OF_MEMBERSHIP = (Matter.ADMISSION, Matter.CONFIRMATION, Matter.EXTENSION, Matter.CANCELLATION)


def _of_membership(since: datetime.date, source: str) -> list[Rule]:
    """On confirming, extending and cancelling the meeting votes as on admitting, so written opinions count there too."""
    return [
        Rule(matter, since, source, _MORE_THAN_HALF, _MORE_THAN_HALF, counts_written=True)
        for matter in _OF_MEMBERSHIP
    ]


RULES: tuple[Rule, ...] = (
    Rule(Matter.ORDINARY, _DAY(2018, 10, 28), "BR 11", _AT_LEAST_HALF, _MORE_THAN_HALF),
    Rule(Matter.COMMITTEE, _DAY(2018, 10, 28), "BR 12", _AT_LEAST_HALF, _MORE_THAN_HALF),
    *_of_membership(_DAY(2014, 5, 28), "AD14 21, 33"),
    *_of_membership(_DAY(2026, 5, 18), "AD26 20-22, 32-33"),
    Rule(
        Matter.ELECTION,
        _DAY(1990, 6, 27),
        "EL 1990",
        Share(4, 5, False),
        _MORE_THAN_HALF,
        majority_of=PRESENT,
    ),
    Rule(Matter.ELECTION, _DAY(2020, 7, 13), "EL 2020", Share(4, 5, True), _MORE_THAN_HALF, majority_of=DUE),
)

# What the short names of the sources stand for; a rule of the branch names its own.
SOURCES = {
    "BR 11": _("Regulations on the work of Party branches, article 11"),
    "BR 12": _("Regulations on the work of Party branches, article 12"),
    "AD14 21, 33": _("Rules on admitting members (2014), articles 21 and 33"),
    "AD26 20-22, 32-33": _("Rules on admitting members (2026), articles 20-22 and 32-33"),
    "EL 1990": _("Provisional regulations on elections in grass-roots organizations (1990)"),
    "EL 2020": _("Regulations on elections in grass-roots organizations (2020)"),
}


def matters_of(kinds: list[str]) -> list[Matter]:
    """What a meeting of these kinds may decide: the members' meeting everything but what is the committee's, and the
    committee that. A group meeting decides nothing for the branch."""
    found = []
    if invited_by(kinds) == InvitedBy.PARTY_MEMBERS:
        found = [matter for matter in Matter if matter != Matter.COMMITTEE]
    if MeetingKind.COMMITTEE_MEETING in kinds:
        found.append(Matter.COMMITTEE)
    return found
