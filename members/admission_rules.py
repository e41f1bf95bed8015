"""The rules on admitting members as data: each step in each version of the rules, with the day from which it holds.

Source: the handbook, section 4. A person's case uses the version in force on the day of the step (``version_on``).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Step(TextChoices):
    """The way into the Party, in its order."""

    APPLICATION = "application", _("application in writing")
    TALK = "talk", _("talk with the applicant")
    ACTIVIST = "activist", _("recognised as activist")
    MENTORS = "mentors", _("mentors named")
    HALF_YEAR = "half_year", _("half-yearly review")
    TARGET = "target", _("recognised as development target")
    INTRODUCERS = "introducers", _("introducers named")
    POLITICAL_REVIEW = "political_review", _("political review")
    TRAINING = "training", _("training")
    PRE_REVIEW = "pre_review", _("review by the committee, pre-review above")
    ADMISSION = "admission", _("vote of the members' meeting on the admission")
    DECISION = "decision", _("decision of the higher Party committee on the admission")
    OATH = "oath", _("oath")
    PROBATION_REQUEST = "probation_request", _("application for confirmation")
    CONFIRMATION = "confirmation", _("vote of the members' meeting on the probation")
    FINAL_DECISION = "final_decision", _("decision of the higher Party committee on the probation")
    ARCHIVE = "archive", _("papers to the archive")


class Paper(TextChoices):
    """What the file of a person must hold by a step; the words are those of the files' kinds."""

    APPLICATION = "application", _("application")
    REVIEW = "review", _("political review")
    TRAINING = "training", _("certificate of training")
    ADMISSION = "admission", _("admission form")
    CONFIRMATION = "confirmation", _("application for confirmation")


@dataclass(frozen=True)
class Rule:
    """One step in one version. Months are counted from the day of ``after``; ``article`` is "" where none is known."""

    step: Step
    article: str = ""
    after: Step | None = None
    earliest_months: int | None = None
    due_months: int | None = None
    at_most_months: int | None = None
    again_months: int | None = None
    needs: Paper | None = None
    note: Promise | str = ""


@dataclass(frozen=True)
class Version:
    """The rules as they were in force from one day on."""

    name: Promise
    valid_from: datetime.date
    rules: tuple[Rule, ...]

    def rule(self, step: Step) -> Rule | None:
        """What this version says of the step; None if it does not know it."""
        return next((rule for rule in self.rules if rule.step == step), None)


OF_AGE_YEARS = 18
PROBATION_MONTHS = 12
EXTENSION_MONTHS = (6, 12)
NOTICE_WORKING_DAYS = 5
TRAINING_DAYS, TRAINING_HOURS = 3, 24

_S, _P = Step, Paper

AD14 = Version(
    _("rules of 2014"),
    datetime.date(2014, 1, 1),
    (
        Rule(_S.APPLICATION, "5", needs=_P.APPLICATION, note=_("From the age of 18.")),
        Rule(
            _S.TALK, "6", after=_S.APPLICATION, due_months=1, note=_("Within one month of the application.")
        ),
        Rule(_S.ACTIVIST, "8", note=_("Decided by the branch committee, filed with the higher committee.")),
        Rule(_S.MENTORS, "9", note=_("One or two full members.")),
        Rule(_S.HALF_YEAR, "11", after=_S.ACTIVIST, again_months=6, note=_("Every half-year.")),
        Rule(
            _S.TARGET,
            "13",
            after=_S.ACTIVIST,
            earliest_months=12,
            note=_(
                "After a year or more; group, mentors, members and others are heard. The committee agrees and files it."
            ),
        ),
        Rule(
            _S.INTRODUCERS,
            "14-15",
            note=_("Two full members, none of them under probation within the Party."),
        ),
        Rule(_S.POLITICAL_REVIEW, "16", needs=_P.REVIEW, note=_("Its result must be known.")),
        Rule(
            _S.TRAINING, "17", needs=_P.TRAINING, note=_("At least three days or 24 hours; either is enough.")
        ),
        Rule(_S.PRE_REVIEW, "19", note=_("The admission form is handed out afterwards.")),
        Rule(
            _S.ADMISSION,
            "20-21",
            needs=_P.ADMISSION,
            note=_("Secret ballot, one person at a time, more than half of the full members due."),
        ),
        Rule(
            _S.DECISION,
            after=_S.ADMISSION,
            due_months=3,
            at_most_months=6,
            note=_(
                "A vote not sent up within three months is taken again; after six months the case starts over."
            ),
        ),
        Rule(
            _S.PROBATION_REQUEST,
            "33",
            needs=_P.CONFIRMATION,
            note=_("In writing, before the probation ends."),
        ),
        Rule(
            _S.CONFIRMATION,
            "32-33",
            note=_(
                "One year from the vote on the admission. Confirm, extend once by 6 to 12 months, or cancel: "
                "the meeting decides."
            ),
        ),
        Rule(_S.FINAL_DECISION, "34", after=_S.CONFIRMATION, due_months=3, note=_("Within three months.")),
    ),
)


def _changed(version: Version, changes: dict[Step, dict], added: tuple[Rule, ...]) -> tuple[Rule, ...]:
    rules = [replace(rule, **changes.get(rule.step, {})) for rule in version.rules]
    order = list(Step)
    return tuple(sorted([*rules, *added], key=lambda rule: order.index(rule.step)))


AD26 = Version(
    _("rules of 2026"),
    datetime.date(2026, 5, 18),
    _changed(
        AD14,
        {
            _S.APPLICATION: {"article": "5-6"},
            _S.TALK: {"article": "7"},
            _S.TARGET: {
                "note": _(
                    "After a year or more; group, mentors, members and others are heard; public notice of at least "
                    "5 working days. Whether the higher committee agrees or takes it on file: look up the text."
                )
            },
            _S.PRE_REVIEW: {"article": "18"},
            _S.ADMISSION: {
                "article": "19-22",
                "note": _(
                    "Within one month of the pre-review. Secret ballot, one person at a time, more than half of the "
                    "full members due."
                ),
            },
            _S.DECISION: {"article": "25"},
            _S.PROBATION_REQUEST: {"article": "32"},
            _S.CONFIRMATION: {"article": "31-33"},
            _S.FINAL_DECISION: {"article": "33"},
        },
        (
            Rule(_S.OATH, "29", note=_("Normally within one month of the approval.")),
            Rule(_S.ARCHIVE, "36"),
        ),
    ),
)

VERSIONS = (AD14, AD26)


def version_on(day: datetime.date) -> Version:
    """The rules in force on the day; for days before the oldest version that is known, that one."""
    return next((version for version in reversed(VERSIONS) if version.valid_from <= day), VERSIONS[0])
