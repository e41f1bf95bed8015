"""Activation slips: printed, for one or for many; and the page that a slip's link opens.

The code stands in the link after “#”: browsers keep that part to themselves, so it comes into no log, of ours or of a
server before us, and into no Referer. A small script puts it into the page's form; without script it is typed from the
paper. It is shown by the very answer to the request that made it and kept nowhere, not even in a session.
"""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from branch_portal.media.qr import qr_drawing
from members import actions, throttle
from members.forms.slips import OwnPasswordForm, SlipCodeForm, SlipsForm
from members.models import ActivationSlip, BranchRules, User
from members.permissions import Capability, public, requires
from members.slip_codes import could_be_a_code, plain


@requires(Capability.MANAGE_ACCOUNTS)
def slips(request: HttpRequest) -> HttpResponse:
    """Who has no account yet, and whose account was never used: slips for some or all of them."""
    form = SlipsForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid():
        try:
            chosen = form.cleaned_data
            made = actions.issue_slips(chosen["members"], chosen["users"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return printed_slips(request, made)
    context = {
        "form": form,
        "days": BranchRules.load().slip_days,
        "used": list(ActivationSlip.objects.used_unseen_by(request.user)),
        "section": "members",
    }
    return render(request, "members/slips.html", context)


@requires(Capability.MANAGE_ACCOUNTS)
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """The used slips on the page were looked at; one used since the page was made stays."""
    try:
        until = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        until = None
    if until and timezone.is_aware(until):
        actions.see_used_slips(request.user, until)
    return redirect("members:slips")


def printed_slips(request: HttpRequest, made: list[tuple[User, str]]) -> HttpResponse:
    """A page to print and hand over, a sheet an account."""
    address = request.build_absolute_uri(reverse("activate"))
    sheets = [
        {
            "account": account,
            "code": code,
            "qr": qr_drawing(f"{address}#{code}"),
            "slip": account.slips.open().get(),
        }
        for account, code in made
    ]
    context = {"sheets": sheets, "address": address, "section": "members"}
    return render(request, "members/slips_printed.html", context)


@public
@never_cache
@sensitive_post_parameters()
def activate(request: HttpRequest) -> HttpResponse:
    """Asked for, it shows where the code goes and changes nothing; with a valid code, it asks for an own password; with the
    password, it signs in."""
    if request.method != "POST":
        return render(request, "account/activate.html", {"form": SlipCodeForm()})
    asked = SlipCodeForm(request.POST)
    if not asked.is_valid():
        return render(request, "account/activate.html", {"form": asked})
    slip = _find(request, asked.cleaned_data["code"])
    if slip is None:
        asked.add_error("code", _("No slip has this code. Compare it with the paper, letter by letter."))
        return render(request, "account/activate.html", {"form": asked})
    if slip.state != ActivationSlip.State.VALID or not slip.user.is_active:
        return render(request, "account/slip_over.html", {"slip": slip})
    return _own_password(request, slip)


def _find(request: HttpRequest, code: str) -> ActivationSlip | None:
    """Whatever is no code is neither counted nor looked up."""
    if not could_be_a_code(code):
        return None
    throttle.count_code(request, plain(code))
    return actions.find_slip(code)


def _own_password(request: HttpRequest, slip: ActivationSlip) -> HttpResponse:
    data = request.POST if "password1" in request.POST else None
    form = OwnPasswordForm(data, user=slip.user, code=request.POST["code"])
    if form.is_valid():
        try:
            user = actions.use_slip(slip, password=form.cleaned_data["password1"])
        except ValidationError:  # somebody used it at this very moment
            return render(
                request, "account/slip_over.html", {"slip": actions.find_slip(request.POST["code"])}
            )
        return _sign_in(request, user)
    return render(request, "account/own_password.html", {"form": form, "slip": slip})


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """As after a right password: whoever has a second factor is asked for it, so a slip alone is no way around it."""
    if request.user.is_authenticated:
        request.session.flush()
    record_authentication(request, user, method="password", username=user.username)
    messages.success(request, _("Your password is set. From now on you sign in with it."))
    return perform_login(request, Login(user=user, redirect_url=_after(request, user)))


def _after(request: HttpRequest, user: User) -> str | None:
    """Whatever else opens the account was not changed by the slip: its holder looks through it."""
    if not user.authenticator_set.exists():
        return None
    with override(user.language or request.LANGUAGE_CODE):
        return reverse("account_after_slip")
