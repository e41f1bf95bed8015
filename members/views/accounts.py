"""Accounts: who can sign in, by which names; first passwords on paper.

A first password is shown by the very answer to the request that made it and kept nowhere, not even in
a session: who loses the page makes a new one.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.paging import page_context
from members import actions
from members.forms.accounts import AccountFilter, AccountForm, NewAccountForm
from members.models import Member, User
from members.permissions import Capability, requires
from members.views.answers import accepted


@requires(Capability.MANAGE_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    words = AccountFilter(request.GET).words
    context = {
        **page_context(User.objects.listed().search(words), request.GET.get("page")),
        "words": words,
        "without_account": Member.objects.current().without_account().count(),
        "section": "members",
    }
    return render(request, "members/accounts.html", context)


@requires(Capability.MANAGE_ACCOUNTS)
def new(request: HttpRequest) -> HttpResponse:
    form = NewAccountForm(request.POST or None, initial={"member": request.GET.get("member")})
    made = []
    if accepted(form, lambda: made.append(actions.open_account(form.instance, by=request.user))):
        return _slip(request, form.instance, made[0])
    return render(request, "members/account_new.html", {"form": form, "section": "members"})


@requires(Capability.MANAGE_ACCOUNTS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(pk)
    form = AccountForm(request.POST or None, instance=_account(pk))
    if accepted(form, lambda: actions.change_account(form.instance, by=request.user)):
        messages.success(request, _("The account is saved."))
        return redirect("members:accounts")
    return render(request, "members/account.html", {"form": form, "account": account, "section": "members"})


@requires(Capability.MANAGE_ACCOUNTS)
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "members/account_password.html", actions.set_first_password)


@requires(Capability.MANAGE_ACCOUNTS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "members/account_close.html", actions.close_account)


@requires(Capability.MANAGE_ACCOUNTS)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "members/account_reopen.html", actions.reopen_account)


def _step(request: HttpRequest, pk: int, question: str, act) -> HttpResponse:
    """Ask first, then act; an action that made a password is answered by its slip."""
    account = _account(pk)
    if request.method != "POST":
        return render(request, question, {"account": account, "section": "members"})
    try:
        password = act(account, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("members:accounts")
    if password:
        return _slip(request, account, password)
    messages.success(request, _("The account is closed and signed out everywhere."))
    return redirect("members:accounts")


def _slip(request: HttpRequest, account: User, password: str) -> HttpResponse:
    """A page to print and hand over."""
    address = request.build_absolute_uri(reverse("account_login"))
    context = {"account": account, "password": password, "address": address, "section": "members"}
    return render(request, "members/account_slip.html", context)


def _account(pk: int) -> User:
    return get_object_or_404(User.objects.select_related("member"), pk=pk)
