"""Change requests: a member asks, the secretary approves or refuses, the member may take it back. Decided once."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branch_portal.media.keeping import forget_picture, stored_picture
from branch_portal.media.pictures import Picture
from members.actions.accounts import follow_number
from members.actions.files import use_photograph
from members.actions.locking import locked
from members.models import ChangeRequest, Member, User

State = ChangeRequest.State


@transaction.atomic
def ask_for_change(member: Member, field: str, value: str, *, by: User) -> ChangeRequest:
    """Ask for another value of a field of the own record; the value is checked as the record's own would be."""
    member = _own(member, by)
    if field != ChangeRequest.Field.PHOTOGRAPH:
        _check_value(member, field, value)
    if value == getattr(member, field):
        raise ValidationError({"after": _("The record says so already.")}, code="same")
    request = ChangeRequest(
        member=member, field=field, before=getattr(member, field), after=value, changed_by=by
    )
    request.full_clean()
    with pghistory.context(user=by.pk):
        request.save()
    return request


def ask_for_photograph(member: Member, picture: Picture, *, by: User) -> ChangeRequest:
    """Hand in a photograph; it waits beside the record until the secretary has decided."""
    with stored_picture(picture) as key:
        return ask_for_change(member, ChangeRequest.Field.PHOTOGRAPH, key, by=by)


@transaction.atomic
def approve_request(
    request: ChangeRequest, *, standing: str, by: User, sign_in_too: bool = False
) -> ChangeRequest:
    """Write what was asked for into the record. ``standing``: what the record said when the secretary decided; if it
    says something else by now, nothing is written and both are said. ``sign_in_too``: the account, which signs in by the
    old number, does so by the new one."""
    member = locked(request.member)
    request = _open(request)
    now = getattr(member, request.field)
    if now != standing:
        raise ValidationError(_changed_meanwhile(request, now), code="changed")
    if request.is_picture:
        use_photograph(member, request.after, by=by)
    else:
        _check_value(member, request.field, request.after)
        setattr(member, request.field, request.after)
        member.changed_by = by
        with pghistory.context(user=by.pk, change_request=request.pk):
            member.save(update_fields=[request.field, "changed_by", "changed_at"])
    if sign_in_too:
        follow_number(request, old=standing, by=by)
        request.sign_in_too = True
    return _decide(request, State.APPROVED, by=by)


@transaction.atomic
def refuse_request(request: ChangeRequest, *, reason: str, by: User) -> ChangeRequest:
    """The record stays; the member reads the reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")}, code="required")
    locked(request.member)
    return _decide(_open(request), State.REFUSED, by=by, reason=reason)


@transaction.atomic
def take_back_request(request: ChangeRequest, *, by: User) -> ChangeRequest:
    """The member does not want it any more."""
    _own(request.member, by)
    return _decide(_open(request), State.WITHDRAWN, by=by)


def _own(member: Member, by: User) -> Member:
    if by.member_id != member.pk:
        raise ValidationError(_("Everybody asks for changes of their own record."))
    return locked(member)


def _open(request: ChangeRequest) -> ChangeRequest:
    """The request as it stands, after waiting for whoever decides at this moment."""
    request = locked(request)
    if not request.is_open:
        raise ValidationError(
            _("This request is over already: %(state)s."),
            code="state",
            params={"state": request.get_state_display()},
        )
    return request


def _decide(request: ChangeRequest, state: str, *, by: User, reason: str = "") -> ChangeRequest:
    request.state, request.reason = state, reason
    request.decided_at, request.decided_by, request.changed_by = timezone.now(), by, by
    with pghistory.context(user=by.pk):
        request.save()
    if request.is_picture and state != State.APPROVED:
        forget_picture(request.after)
    return request


def _check_value(member: Member, field: str, value: str) -> None:
    """By the rules of the record's own field."""
    try:
        Member._meta.get_field(field).clean(value, member)
    except ValidationError as error:
        raise ValidationError({"after": error.error_list}) from error


def _changed_meanwhile(request: ChangeRequest, now: str) -> ValidationError:
    if request.is_picture:
        return ValidationError(_("The record has another photograph by now. Look again and decide."))
    return ValidationError(
        _(
            "The record was changed meanwhile: it says “%(now)s” now, and “%(after)s” is asked for. Look again and decide."
        ),
        params={"now": now or "–", "after": request.after or "–"},
    )
