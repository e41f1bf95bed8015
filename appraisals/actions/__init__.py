"""What is done with a round, one file a topic: one transaction, one lock on the round, one trace in the history."""

from appraisals.actions.assessing import approve_assessments, propose, say_statement
from appraisals.actions.ballot import proposed_roll, repeat_ballot, set_up_ballot, take_roll
from appraisals.actions.papers import (
    hand_in_self_review,
    return_self_review,
    review_other,
    save_self_review,
)
from appraisals.actions.rounds import (
    approve_plan,
    archive,
    change_plan,
    finish_feedback,
    lead_on,
    link_meeting,
    plan_round,
    report_above,
    set_elsewhere,
    set_participants,
)

__all__ = [
    "approve_assessments",
    "approve_plan",
    "archive",
    "change_plan",
    "finish_feedback",
    "hand_in_self_review",
    "lead_on",
    "link_meeting",
    "plan_round",
    "propose",
    "proposed_roll",
    "repeat_ballot",
    "report_above",
    "return_self_review",
    "review_other",
    "save_self_review",
    "say_statement",
    "set_elsewhere",
    "set_participants",
    "set_up_ballot",
    "take_roll",
]
