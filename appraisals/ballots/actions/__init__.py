"""What is done with a ballot, one file a topic. Every verb is one transaction that locks, checks again, refuses in words
(a ``ValidationError``), changes, and leaves a step in the history - casting alone leaves none."""

from appraisals.ballots.actions.casting import Cast, Refused, cast
from appraisals.ballots.actions.closing import close, close_those_due, declare_void
from appraisals.ballots.actions.counting import announce, enter_paper, hand_in_share, rely_on
from appraisals.ballots.actions.opening import hand_in_key, open_voting
from appraisals.ballots.actions.paper import issue_paper
from appraisals.ballots.actions.setting_up import (
    NewQuestion,
    appoint_scrutineers,
    change_roll,
    change_rules,
    repeat,
    set_up,
)

__all__ = [
    "Cast",
    "NewQuestion",
    "Refused",
    "announce",
    "appoint_scrutineers",
    "cast",
    "change_roll",
    "change_rules",
    "close",
    "close_those_due",
    "declare_void",
    "enter_paper",
    "hand_in_key",
    "hand_in_share",
    "issue_paper",
    "open_voting",
    "rely_on",
    "repeat",
    "set_up",
]
