"""What is done with people, accounts and the branch, a file a topic. Every verb is one transaction that locks, checks
again, refuses in words (a ``ValidationError``), changes, and leaves a trace in the history with who did it."""

from members.actions.accounts import (
    change_account,
    close_account,
    open_account,
    reopen_account,
    set_first_password,
)
from members.actions.branch import (
    add_group,
    change_branch,
    change_group,
    change_rules,
    locked_branch,
    locked_rules,
    move_group_up,
)
from members.actions.locking import locked
from members.actions.people import add_member, change_member, set_photograph
from members.actions.posts import appoint, end_post, remove_post
from members.actions.sensitive import change_sensitive, id_number_digest, look_at
from members.actions.timeline import correct_event, enter_event, take_out_event

__all__ = [
    "add_group",
    "add_member",
    "appoint",
    "change_account",
    "change_branch",
    "change_group",
    "change_member",
    "change_rules",
    "change_sensitive",
    "close_account",
    "correct_event",
    "end_post",
    "enter_event",
    "id_number_digest",
    "locked",
    "locked_branch",
    "locked_rules",
    "look_at",
    "move_group_up",
    "open_account",
    "remove_post",
    "reopen_account",
    "set_first_password",
    "set_photograph",
    "take_out_event",
]
