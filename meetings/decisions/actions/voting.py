"""The vote of a meeting on one matter: its numbers are checked, its outcome follows from them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.decisions.actions.locking import locked
from meetings.decisions.models import Decision
from meetings.decisions.roll_call import RollCall
from meetings.decisions.rules import Tally, due_with_recusals, verdict
from meetings.decisions.workflow import Act
from meetings.models import Meeting
from members.models import User

State = Decision.State


@dataclass(frozen=True)
class Votes:
    """What was counted. ``present``: who of those with a vote was in the room for it; None for all that came, but for
    those who withdrew."""

    yes: int
    no: int
    abstain: int
    written_yes: int = 0
    written_no: int = 0
    written_abstain: int = 0
    present: int | None = None
    is_secret: bool = False


@dataclass(frozen=True)
class Electorate:
    """Who votes on one matter: due and present as they are for it, and who is in the way of a vote."""

    due: int
    present: int
    recused: int
    unmarked: int
    written: int
    wrote_and_came: list[str]


def electorate(decision: Decision, call: RollCall) -> Electorate:
    """Whoever withdrew is not in the room, and stays due or not as the rule says. An opinion in writing is for somebody
    absent who is due; of one who came after all nothing is left in writing."""
    voters = {voter.person: voter for voter in call.voters(decision.matter)}
    found = call.roll(decision.matter)
    recused = [voters[row.member_id] for row in decision.recusals.all() if row.member_id in voters]
    opinions = list(decision.written_opinions.select_related("member"))
    came = [row for row in opinions if row.member_id in voters and voters[row.member_id].came]
    return Electorate(
        due=due_with_recusals(call.rule(decision.matter), found.due, len(recused)),
        present=found.present - sum(voter.came for voter in recused),
        recused=len(recused),
        unmarked=found.unmarked,
        written=len(opinions),
        wrote_and_came=[str(row) for row in came],
    )


def record_vote(decision: Decision, votes: Votes, *, by: User, insist: bool = False) -> Decision:
    """Decided if it passed, rejected if not, deferred if there was no quorum. With nearly equal sides on an important
    matter the advice to postpone is an error with the code "close", unless somebody insists (handbook, 9)."""
    with locked(decision, by=by, act=Act.VOTE) as row:
        _check_open(row.meeting)
        call = RollCall(row.meeting)
        people = electorate(row, call)
        _check(row, votes, people)
        rule = call.rule(row.matter)
        tally = Tally(
            due=people.due,
            present=people.present if votes.present is None else votes.present,
            yes=votes.yes,
            no=votes.no,
            abstain=votes.abstain,
            written_yes=votes.written_yes,
            written_no=votes.written_no,
            written_abstain=votes.written_abstain,
        )
        reached = verdict(rule, tally)
        for name in (
            "due",
            "present",
            "yes",
            "no",
            "abstain",
            "written_yes",
            "written_no",
            "written_abstain",
        ):
            setattr(row, name, getattr(tally, name))
        row.recused, row.is_secret, row.rule = people.recused, votes.is_secret, rule.as_dict()
        row.quorum_needed, row.yes_needed = reached.quorum_needed, reached.yes_needed
        row.counted_yes, row.has_quorum, row.is_passed = (
            reached.counted_yes,
            reached.has_quorum,
            reached.is_passed,
        )
        if not reached.has_quorum:
            row.state, row.deferred_because = State.DEFERRED, _("There was no quorum.")
        else:
            row.state = State.DECIDED if reached.is_passed else State.REJECTED
        row.validate_constraints(exclude={"key", "taken_up_from", "supersedes"})
        if reached.has_quorum and row.is_close and not insist:
            raise ValidationError(
                _(
                    "%(yes)d against %(no)d: the two sides are nearly equal. On an important matter the meeting should "
                    "postpone and vote again later, except in an emergency."
                ),
                code="close",
                params={"yes": reached.counted_yes, "no": reached.counted_no},
            )
        row.save()
    return row


def _check_open(meeting: Meeting) -> None:
    if meeting.state not in {Meeting.State.IN_SESSION, Meeting.State.DRAFT_MINUTES}:
        raise ValidationError(_("The meeting is not open yet."), code="not_held")


def _check(decision: Decision, votes: Votes, people: Electorate) -> None:
    """What the numbers must say before they are judged, each beside its field."""
    if people.unmarked:
        raise ValidationError(
            ngettext(
                "Mark the attendance first: %(count)d person due is not marked yet.",
                "Mark the attendance first: %(count)d people due are not marked yet.",
                people.unmarked,
            )
            % {"count": people.unmarked},
            code="unmarked",
        )
    if people.wrote_and_came:
        raise ValidationError(
            _("Whoever is present votes in the room: take out the opinion in writing of %(names)s.")
            % {"names": ", ".join(people.wrote_and_came)},
            code="wrote_and_came",
        )
    if votes.present is not None and votes.present > people.present:
        raise _beside(
            "present", _("By the attendance there are %(count)d at most.") % {"count": people.present}
        )
    written = votes.written_yes + votes.written_no + votes.written_abstain
    if written != people.written:
        raise _beside(
            "written_yes",
            _("Opinions in writing entered: %(entered)d; counted here: %(counted)d.")
            % {"entered": people.written, "counted": written},
        )
    if decision.is_about_a_person and not votes.is_secret:
        raise _beside("is_secret", _("On people the vote is by secret ballot."))


def _beside(field: str, message: str) -> ValidationError:
    return ValidationError({field: ValidationError(message, code="numbers")})


def defer(decision: Decision, *, by: User, reason: str) -> Decision:
    """Put off without a vote; taken up again later."""
    with locked(decision, by=by, act=Act.DEFER) as row:
        row.state, row.deferred_because = State.DEFERRED, reason.strip()
        if not row.deferred_because:
            raise ValidationError(_("Give the reason."), code="required")
        row.save()
    return row
