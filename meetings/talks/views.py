"""Talks: the list, one talk, its form; the pairs who have not talked yet."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from branch_portal.paging import page_context
from meetings.talks import actions
from meetings.talks.forms import TalkForm
from meetings.talks.models import Talk
from meetings.talks.reading import PairsOfYear, pairs_of_year
from meetings.wording import listed
from members.actions.locking import locked
from members.models import Member
from members.permissions import Capability, requires
from members.views.answers import accepted

_SECTION = {"section": "meetings"}
_SEALED = ("points", "problems", "wishes", "follow_up")
_OLDEST = 2018  # the year of the regulations that ask for talks


@requires(Capability.USE_DESK)
def talks(request: HttpRequest) -> HttpResponse:
    """The own ones; all for the secretary. Who talked and when, not what was said."""
    rows = Talk.objects.visible_to(request.user).select_related("talker", "partner").defer(*_SEALED)
    context = {
        **page_context(rows, request.GET.get("page")),
        "this_year": timezone.localdate().year,
        **_SECTION,
    }
    return render(request, "talks/list.html", context)


@requires(Capability.USE_DESK)
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    context = {"talk": found, "may_change": found.recorded_by_id == request.user.pk, **_SECTION}
    return render(request, "talks/talk.html", context)


@requires(Capability.USE_DESK)
def new(request: HttpRequest) -> HttpResponse:
    if not (request.user.member_id or request.user.may(Capability.READ_TALKS)):
        raise PermissionDenied
    form = TalkForm(request.POST or None, by=request.user, initial=_asked_for(request))
    entered: list[Talk] = []
    if accepted(form, lambda: entered.append(actions.enter(form.instance, by=request.user))):
        messages.success(request, _("The talk is entered. Both of you and the secretary can read it."))
        return saved(request, reverse("talks:talk", args=[entered[0].pk]))
    return _page(request, form, _("Enter a talk"), _("Enter it"), reverse("talks:list"))


@requires(Capability.USE_DESK)
@transaction.atomic
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = locked(_visible(request, pk))
    if found.recorded_by_id != request.user.pk:
        raise PermissionDenied
    form = TalkForm(request.POST or None, instance=found, by=request.user)
    if accepted(form, lambda: actions.change(form.instance, by=request.user)):
        messages.success(request, _("It is saved."))
        return saved(request, reverse("talks:talk", args=[pk]))
    return _page(request, form, _("Change a talk"), _("Save"), reverse("talks:talk", args=[pk]))


@requires(Capability.READ_TALK_PAIRS)
def pairs(request: HttpRequest, year: int) -> HttpResponse:
    """Names alone: who has not talked with whom in the year."""
    today = timezone.localdate()
    if not _OLDEST <= year <= today.year + 1:
        raise Http404
    found = pairs_of_year(year, today)
    context = {
        "year": year,
        "before": year - 1 if year > _OLDEST else None,
        "after": year + 1 if year < today.year else None,
        "pairs": found,
        "among_the_committee": [_named(found, pair) for pair in found.missing.among_the_committee],
        "with_the_committee": _by_commissioner(found),
        "among_members": listed(_named(found, found.missing.among_members)),
        **_SECTION,
    }
    return render(request, "talks/pairs.html", context)


def _named(found: PairsOfYear, people: Iterable[int]) -> list[Member]:
    return sorted((found.people[pk] for pk in people), key=lambda one: (one.sort_key, one.pk))


def _by_commissioner(found: PairsOfYear) -> list[tuple[Member, str]]:
    """Each commissioner with the members still to talk with."""
    left: dict[int, set[int]] = {}
    for pair in found.missing.with_the_committee:
        (one,) = pair & found.committee
        left.setdefault(one, set()).update(pair - found.committee)
    return [(one, listed(_named(found, left[one.pk]))) for one in _named(found, left)]


def _visible(request: HttpRequest, pk: int) -> Talk:
    rows = Talk.objects.visible_to(request.user).select_related("talker", "partner", "recorded_by__member")
    return get_object_or_404(rows, pk=pk)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """The two people that a link names."""
    asked = {name: request.GET.get(name, "") for name in ("talker", "partner")}
    return {name: value for name, value in asked.items() if value.isascii() and value.isdigit()}


def _page(request: HttpRequest, form, title: str, button: str, back: str) -> HttpResponse:
    # No draft is kept in the browser: what was said is for two people and the secretary.
    context = {"form": form, "title": title, "button": button, "back": back, **_SECTION}
    return render(request, "members/form.html", context)
