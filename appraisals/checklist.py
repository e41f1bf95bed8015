"""What each step of a round still needs: for the page of the round."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from appraisals.actions.assessing import problems
from appraisals.ballots.models import SecretBallot
from appraisals.figures import lines_of
from appraisals.models import Round

State = Round.State
_ORDER = list(State)


@dataclass(frozen=True)
class Item:
    text: str
    is_done: bool
    address: str = ""


@dataclass(frozen=True)
class Step:
    state: str
    label: str
    is_past: bool
    is_now: bool
    items: list[Item]


def steps_of(round: Round) -> list[Step]:
    """Every state in its order; only the present one has items, so a page asks only for what it shows."""
    here = _ORDER.index(State(round.state))
    return [
        Step(state, state.label, place < here, place == here, _items(round) if place == here else [])
        for place, state in enumerate(_ORDER)
    ]


def _items(round: Round) -> list[Item]:
    return {
        State.PLAN: _plan,
        State.SELF_REVIEW: _self_review,
        State.MUTUAL_REVIEW: _mutual_review,
        State.BALLOT: _ballot,
        State.ASSESSED: _feedback,
        State.FED_BACK: _report,
        State.ARCHIVED: lambda round: [],
    }[State(round.state)](round)


def _address(name: str, round: Round) -> str:
    return reverse(f"appraisals:{name}", args=[round.pk])


def _plan(round: Round) -> list[Item]:
    people = round.participants.count()
    return [
        Item(
            _("%(count)d people take part") % {"count": people}, people > 0, _address("participants", round)
        ),
        Item(_("The plan is written"), bool(round.plan), _address("plan", round)),
        Item(
            _("A day for the self-reviews is set"), bool(round.self_reviews_due_on), _address("plan", round)
        ),
        Item(_("The committee approves the plan at a meeting"), False, _address("approve_plan", round)),
    ]


def _self_review(round: Round) -> list[Item]:
    everybody = round.participants.count()
    done = round.participants.filter(self_review__handed_in_at__isnull=False).count()
    text = _("%(done)d of %(all)d self-reviews are handed in") % {"done": done, "all": everybody}
    return [Item(text, done == everybody, _address("papers", round))]


def _mutual_review(round: Round) -> list[Item]:
    reviewed = round.participants.filter(reviews__isnull=False).distinct().count()
    everybody = round.participants.count()
    text = _("%(done)d of %(all)d members have been reviewed by others") % {
        "done": reviewed,
        "all": everybody,
    }
    return [
        Item(text, reviewed == everybody, _address("reviews", round)),
        Item(
            _("The meeting of the appraisal is named"),
            round.meeting_id is not None,
            _address("meeting", round),
        ),
    ]


def _ballot(round: Round) -> list[Item]:
    ballot = round.ballot
    address = reverse("ballots:detail", args=[ballot.pk]) if ballot else _address("ballot", round)
    is_set_up = ballot is not None and ballot.state != SecretBallot.State.VOID
    items = [
        Item(
            _("The meeting of the appraisal is named"),
            round.meeting_id is not None,
            _address("meeting", round),
        ),
        Item(_("The ballot is set up"), is_set_up, address),
    ]
    if is_set_up and ballot.state == SecretBallot.State.COUNTED:
        # Before, it is the first of the problems below.
        items.append(Item(_("The ballot is counted"), True, address))
    assess = _address("assess", round)
    items += [Item(str(problem), False, assess) for problem in problems(round, lines_of(round))]
    items.append(Item(_("A meeting approves the assessments"), False, _address("approve", round)))
    return items


def _feedback(round: Round) -> list[Item]:
    graded = round.participants.graded().count()
    said = round.participants.filter(statement__isnull=False).count()
    return [
        Item(
            _("Every member is told the own result, in person or in writing"),
            round.fed_back_on is not None,
            _address("finish_feedback", round),
        ),
        Item(_("%(said)d of %(all)d members added a statement") % {"said": said, "all": graded}, True),
    ]


def _report(round: Round) -> list[Item]:
    is_reported = round.reported_on is not None
    return [
        Item(
            _("The result is reported to the higher Party committee"), is_reported, _address("report", round)
        ),
        Item(_("The round is archived"), False, _address("archive", round) if is_reported else ""),
    ]
