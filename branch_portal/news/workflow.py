"""Who may do what with a report in which state: one table (R-12.1: propose, review, publish).

A missing capability is a permission (403). The state, and having written the text oneself, are refusals
with a reason. The database knows both too (``locks``).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from branch_portal.news.models import Report
from members.models import User
from members.permissions import Capability

State = Report.State


class Act(TextChoices):
    SEE = "see", _("see the report")
    EDIT = "edit", _("edit")
    SEND_TO_REVIEW = "send_to_review", _("send to review")
    TAKE_BACK = "take_back", _("take back into draft")
    RETURN = "return", _("return with a reason")
    PUBLISH = "publish", _("publish")
    WITHDRAW = "withdraw", _("withdraw")
    REVISE = "revise", _("make a draft again")


class By(TextChoices):
    """What one must be to the text, beside having the capability."""

    ANYBODY = "anybody"
    AUTHOR = "author"
    NOT_AN_AUTHOR = "not_an_author"


@dataclass(frozen=True)
class Rule:
    """In which states, by which capability and relation, leading to which state."""

    states: frozenset[State]
    capability: Capability
    by: By = By.ANYBODY
    leads_to: State | None = None


def _in(*states: State) -> frozenset[State]:
    return frozenset(states)


RULES: dict[Act, Rule] = {
    Act.SEE: Rule(frozenset(State), Capability.WRITE_NEWS),
    Act.EDIT: Rule(_in(State.DRAFT), Capability.WRITE_NEWS),
    Act.SEND_TO_REVIEW: Rule(_in(State.DRAFT), Capability.WRITE_NEWS, leads_to=State.IN_REVIEW),
    Act.TAKE_BACK: Rule(_in(State.IN_REVIEW), Capability.WRITE_NEWS, By.AUTHOR, State.DRAFT),
    Act.RETURN: Rule(_in(State.IN_REVIEW), Capability.PUBLISH_NEWS, By.NOT_AN_AUTHOR, State.DRAFT),
    Act.PUBLISH: Rule(_in(State.IN_REVIEW), Capability.PUBLISH_NEWS, By.NOT_AN_AUTHOR, State.PUBLISHED),
    # An author too: what must leave the public page leaves it at once.
    Act.WITHDRAW: Rule(_in(State.PUBLISHED), Capability.PUBLISH_NEWS, leads_to=State.WITHDRAWN),
    Act.REVISE: Rule(_in(State.WITHDRAWN), Capability.WRITE_NEWS, leads_to=State.DRAFT),
}


def is_author(user: User, report: Report) -> bool:
    """Whether the user wrote any revision of it; one query."""
    return report.authorships.filter(user=user).exists()


def possible_acts(user: User, report: Report) -> frozenset[Act]:
    """Everything the user may do with the report now; one query."""
    related = _relations(is_author(user, report))
    return frozenset(
        act
        for act, rule in RULES.items()
        if user.may(rule.capability) and report.state in rule.states and rule.by in related
    )


def check(user: User, act: Act, report: Report) -> None:
    """PermissionDenied without the capability, ValidationError in words if not now or not by this user."""
    rule = RULES[act]
    if not user.may(rule.capability):
        raise PermissionDenied
    if report.state not in rule.states:
        raise ValidationError(
            _not_now(rule, report), code="state", params={"state": report.get_state_display()}
        )
    if rule.by not in _relations(is_author(user, report)):
        raise ValidationError(_NOT_BY_YOU[rule.by], code="relation")


def _relations(author: bool) -> frozenset[By]:
    return frozenset({By.ANYBODY, By.AUTHOR if author else By.NOT_AN_AUTHOR})


def _not_now(rule: Rule, report: Report):
    if report.state == rule.leads_to:
        return _("This has been done already: the report is in the state “%(state)s”.")
    return _("This cannot be done now: the report is in the state “%(state)s”.")


_NOT_BY_YOU = {
    By.AUTHOR: _("Only somebody who wrote the text can take it back; a reviewer returns it with a reason."),
    By.NOT_AN_AUTHOR: _("You wrote part of this text. Somebody who did not has to review it."),
}
