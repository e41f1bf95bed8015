"""What is done with people, accounts and the branch, a file a topic. Every verb is one transaction that locks, checks
again, refuses in words (a ``ValidationError``), changes, and leaves a trace in the history with who did it."""

from members.actions.accounts import (
    change_account,
    close_account,
    keep_language,
    open_account,
    reopen_account,
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
from members.actions.devices import find_device, forget_devices, remember_device
from members.actions.exports import record_export
from members.actions.files import add_file, change_file, remove_file, set_photograph
from members.actions.locking import locked
from members.actions.many_slips import issue_slips
from members.actions.merits import correct_merit, enter_merit, remove_merit
from members.actions.mobile import change_time_away, enter_contact, enter_time_away, remove_contact
from members.actions.people import add_member, change_member, expect_member
from members.actions.posts import appoint, correct_post, end_post, locked_post, remove_post
from members.actions.requests import (
    approve_request,
    ask_for_change,
    ask_for_photograph,
    refuse_request,
    take_back_request,
)
from members.actions.sensitive import (
    change_sensitive,
    id_number_digest,
    locked_sensitive,
    look_at,
    look_at_many,
)
from members.actions.slips import (
    begin_grace,
    find_slip,
    issue_slip,
    remove_factors,
    revoke_slip,
    see_used_slips,
    use_slip,
)
from members.actions.timeline import correct_event, enter_event, take_out_event
from members.actions.transfers import (
    accept_letter,
    change_letter,
    draft_letter,
    expire_letter,
    issue_letter,
    reject_letter,
    withdraw_letter,
)

__all__ = [
    "accept_letter",
    "add_file",
    "add_group",
    "add_member",
    "appoint",
    "approve_request",
    "ask_for_change",
    "ask_for_photograph",
    "begin_grace",
    "change_account",
    "change_branch",
    "change_file",
    "change_group",
    "change_letter",
    "change_member",
    "change_rules",
    "change_sensitive",
    "change_time_away",
    "close_account",
    "correct_event",
    "correct_merit",
    "correct_post",
    "draft_letter",
    "end_post",
    "enter_contact",
    "enter_event",
    "enter_merit",
    "enter_time_away",
    "expect_member",
    "expire_letter",
    "find_device",
    "find_slip",
    "forget_devices",
    "id_number_digest",
    "issue_letter",
    "issue_slip",
    "issue_slips",
    "keep_language",
    "locked",
    "locked_branch",
    "locked_post",
    "locked_rules",
    "locked_sensitive",
    "look_at",
    "look_at_many",
    "move_group_up",
    "open_account",
    "record_export",
    "refuse_request",
    "reject_letter",
    "remember_device",
    "remove_contact",
    "remove_factors",
    "remove_file",
    "remove_merit",
    "remove_post",
    "reopen_account",
    "revoke_slip",
    "see_used_slips",
    "set_photograph",
    "take_back_request",
    "take_out_event",
    "use_slip",
    "withdraw_letter",
]
