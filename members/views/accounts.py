"""Accounts: who can sign in, by which names; what others gave to them; closed, opened again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.paging import page_context
from members import actions
from members.forms.accounts import AccountFilter, AccountForm, NewAccountForm, RemoveFactorsForm
from members.forms.slips import NewSlipForm
from members.models import Member, User
from members.permissions import Capability, requires
from members.views.answers import accepted
from members.views.slips import printed_slips


@requires(Capability.MANAGE_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    filters, today = AccountFilter(request.GET), timezone.localdate()
    found = filters.apply(User.objects.listed(), today).with_posts_on(today)
    context = {
        **page_context(found, request.GET.get("page")),
        "filters": filters,
        "without_account": Member.objects.current().without_account().count(),
        "section": "members",
    }
    return render(request, "members/accounts.html", context)


@requires(Capability.MANAGE_ACCOUNTS)
def new(request: HttpRequest) -> HttpResponse:
    form = NewAccountForm(request.POST or None, initial={"member": request.GET.get("member")})
    made = []
    if accepted(form, lambda: made.append(actions.open_account(form.instance, by=request.user))):
        return printed_slips(request, [(form.instance, made[0])])
    return render(request, "members/account_new.html", {"form": form, "section": "members"})


@requires(Capability.MANAGE_ACCOUNTS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(pk)
    form = AccountForm(request.POST or None, instance=_account(pk))
    if accepted(form, lambda: actions.change_account(form.instance, by=request.user)):
        messages.success(request, _("The account is saved."))
        return redirect("members:accounts")
    context = {
        "form": form,
        "account": account,
        "access_given": account.access_given.select_related("by__member", "slip", "user__member").reverse(),
        "has_open_slip": account.slips.open().exists(),
        "section": "members",
    }
    return render(request, "members/account.html", context)


@requires(Capability.MANAGE_ACCOUNTS)
def new_slip(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(pk)
    form = NewSlipForm(request.POST if request.method == "POST" else None, account=account)
    made = []
    if accepted(
        form,
        lambda: made.append(
            actions.issue_slip(account, by=request.user, ends_factors_for=form.cleaned_data.get("reason", ""))
        ),
    ):
        return printed_slips(request, [(account, made[0])])
    context = {"form": form, "account": account, "section": "members"}
    return render(request, "members/account_new_slip.html", context)


@requires(Capability.MANAGE_ACCOUNTS)
def revoke_slip(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The slip is revoked: its link and code work no more.")
    return _step(request, pk, "members/account_revoke_slip.html", actions.revoke_slip, done=done)


@requires(Capability.MANAGE_ACCOUNTS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The account is closed and signed out everywhere.")
    return _step(request, pk, "members/account_close.html", actions.close_account, done=done)


@requires(Capability.MANAGE_ACCOUNTS)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "members/account_reopen.html", actions.reopen_account)


@requires(Capability.MANAGE_ACCOUNTS)
def remove_factors(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(pk)
    form = RemoveFactorsForm(request.POST or None)
    if accepted(
        form,
        lambda: actions.remove_factors(account, by=request.user, reason=form.cleaned_data["reason"]),
    ):
        messages.success(request, _("The second factors are taken away; the person is told at the desk."))
        return redirect("members:account", pk)
    context = {
        "form": form,
        "title": _("Take away the second factors of %(name)s") % {"name": account},
        "intro": _(
            "For a person who has lost the telephone or key. Passkeys, the app's codes and recovery codes end at once, and "
            "the password alone signs in. It is recorded, and the person is told at the desk."
        ),
        "button": _("Take them away"),
        "is_removal": True,
        "back": reverse("members:account", args=[pk]),
        "section": "members",
    }
    return render(request, "members/form.html", context)


def _step(request: HttpRequest, pk: int, question: str, act, *, done: str = "") -> HttpResponse:
    """Ask first, then act; an action that made a slip is answered by its page."""
    account = _account(pk)
    if request.method != "POST":
        return render(request, question, {"account": account, "section": "members"})
    try:
        code = act(account, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("members:accounts")
    if code:
        return printed_slips(request, [(account, code)])
    messages.success(request, done)
    return redirect("members:accounts")


def _account(pk: int) -> User:
    return get_object_or_404(User.objects.select_related("member"), pk=pk)
