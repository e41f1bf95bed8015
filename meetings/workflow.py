"""Who may do what with a meeting in which stage: one table.

*Who may* is a permission (403, or 404 where the meeting itself is not to be seen). *When it makes sense*
is a refusal with a reason. The database knows the transitions too (``Meeting.Meta.triggers``).
Stages are the states, with draft minutes parted by whether the recorder has signed them as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Stage
from members.models import User
from members.permissions import Capability


class Act(TextChoices):
    SEE = "see", _("see the notice")
    READ_MATERIALS = "read_materials", _("read the materials")
    READ_MINUTES = "read_minutes", _("read the minutes")
    CHANGE_PLAN = "change_plan", _("change the plan")
    START = "start", _("open the meeting")
    RECORD = "record", _("record")
    FINISH = "finish", _("close the meeting")
    SIGN_AS_RECORDER = "sign_as_recorder", _("sign the minutes as recorder")
    SIGN_OFF = "sign_off", _("sign the minutes as chair")
    CORRECT = "correct", _("correct the signed minutes")
    CANCEL = "cancel", _("cancel the meeting")
    DRAFT_REPORT = "draft_report", _("draft the report")


class Relation(TextChoices):
    """What a person is to one meeting, beside the role in the branch."""

    CHAIR = "chair"
    RECORDER = "recorder"
    INVITED = "invited"


@dataclass(frozen=True)
class Rule:
    """In which stages, by which capability or else by which relation, leading to which stage."""

    stages: frozenset[Stage]
    capability: Capability
    # Which relation is enough in which stages; the stages above hold as well.
    relations: Mapping[Relation, frozenset[Stage]] = field(default_factory=dict)
    leads_to: Stage | None = None


_ALL = frozenset(Stage)
_AHEAD = frozenset({Stage.PLANNED, Stage.IN_SESSION})
_UNSIGNED = frozenset({Stage.DRAFT_MINUTES, Stage.FOR_SIGNATURE})
_OPEN = _AHEAD | _UNSIGNED
_HELD = _UNSIGNED | {Stage.SIGNED_OFF}
_LEADING = {Relation.CHAIR: _ALL, Relation.RECORDER: _ALL}

RULES: dict[Act, Rule] = {
    Act.SEE: Rule(_ALL, Capability.READ_ALL_MEETINGS, {**_LEADING, Relation.INVITED: _ALL}),
    # The papers of the agenda belong to the notice; what is kept with the minutes is read with them.
    Act.READ_MATERIALS: Rule(_AHEAD, Capability.READ_ALL_MEETINGS, {**_LEADING, Relation.INVITED: _AHEAD}),
    Act.READ_MINUTES: Rule(
        _HELD | {Stage.IN_SESSION},
        Capability.READ_ALL_MEETINGS,
        # The chair and the recorder work on the minutes, so they read them before they are signed.
        {**_LEADING, Relation.INVITED: frozenset({Stage.SIGNED_OFF})},
    ),
    Act.CHANGE_PLAN: Rule(_OPEN, Capability.PLAN_MEETINGS),
    Act.START: Rule(
        frozenset({Stage.PLANNED}), Capability.RECORD_MEETINGS, _LEADING, leads_to=Stage.IN_SESSION
    ),
    # Before the meeting the agenda, the guests and the leave already asked for are prepared. What is changed after the
    # recorder's signature has to be signed again.
    Act.RECORD: Rule(_OPEN, Capability.RECORD_MEETINGS, _LEADING),
    Act.FINISH: Rule(
        frozenset({Stage.IN_SESSION}), Capability.RECORD_MEETINGS, _LEADING, leads_to=Stage.DRAFT_MINUTES
    ),
    # With the capability in somebody's place, for a reason.
    Act.SIGN_AS_RECORDER: Rule(
        frozenset({Stage.DRAFT_MINUTES}),
        Capability.SIGN_OFF_MINUTES,
        {Relation.RECORDER: _ALL},
        leads_to=Stage.FOR_SIGNATURE,
    ),
    Act.SIGN_OFF: Rule(
        frozenset({Stage.FOR_SIGNATURE}),
        Capability.SIGN_OFF_MINUTES,
        {Relation.CHAIR: _ALL},
        leads_to=Stage.SIGNED_OFF,
    ),
    Act.CORRECT: Rule(frozenset({Stage.SIGNED_OFF}), Capability.CORRECT_MINUTES),
    Act.CANCEL: Rule(
        frozenset({Stage.PLANNED, Stage.IN_SESSION}), Capability.CANCEL_MEETINGS, leads_to=Stage.CANCELLED
    ),
    Act.DRAFT_REPORT: Rule(_HELD, Capability.WRITE_NEWS),
}


def relations(user: User, meeting: Meeting) -> frozenset[Relation]:
    """What the user is to the meeting; one query, only for the invitation."""
    if not user.member_id:
        return frozenset()
    found = set()
    if meeting.chair_id == user.member_id:
        found.add(Relation.CHAIR)
    if meeting.recorder_id == user.member_id:
        found.add(Relation.RECORDER)
    if meeting.attendances.filter(member=user.member_id).exists():
        found.add(Relation.INVITED)
    return frozenset(found)


def is_for(user: User, act: Act, meeting: Meeting, related: frozenset[Relation] | None = None) -> bool:
    """Whether the act is this person's business at all, now or in another state."""
    rule = RULES[act]
    if user.may(rule.capability):
        return True
    related = relations(user, meeting) if related is None else related
    return any(meeting.stage in rule.relations.get(relation, ()) for relation in related)


def is_possible(user: User, act: Act, meeting: Meeting, related: frozenset[Relation] | None = None) -> bool:
    """Whether the user may do it now."""
    return meeting.stage in RULES[act].stages and is_for(user, act, meeting, related)


def possible_acts(user: User, meeting: Meeting) -> frozenset[Act]:
    """Everything the user may do with the meeting now; one query."""
    related = relations(user, meeting)
    return frozenset(act for act in Act if is_possible(user, act, meeting, related))


def check(user: User, act: Act, meeting: Meeting) -> None:
    """PermissionDenied if it is not the user's business, ValidationError in words if it makes no sense now."""
    if not is_for(user, act, meeting):
        raise PermissionDenied
    check_state(act, meeting)


def check_state(act: Act, meeting: Meeting) -> None:
    """ValidationError in words if the act makes no sense now."""
    if meeting.stage not in RULES[act].stages:
        raise ValidationError(
            _("This cannot be done now: the meeting is in the state “%(state)s”."),
            code="state",
            params={"state": meeting.stage.label},
        )


def may_name_the_chair(user: User, meeting: Meeting) -> bool:
    """The chair signs the minutes: once the meeting is open, only who may sign them names another one."""
    return meeting.state == Meeting.State.PLANNED or user.may(Capability.SIGN_OFF_MINUTES)
