"""The register of mobile members: who is away, who keeps in touch, who has not been heard of."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from branch_portal.paging import page_context
from members import actions
from members.forms.mobile import RegisterFilter, WhoIsAwayForm
from members.forms.people import ReasonForm
from members.forms.records import ContactForm, TimeAwayForm
from members.models import Member, MobileContact, MobilePeriod
from members.permissions import Capability, requires
from members.views.answers import accepted
from members.views.fetching import member_or_404


@requires(Capability.READ_MOBILE_REGISTER)
def register(request: HttpRequest) -> HttpResponse:
    """Whoever is away now, the longest due first; or who came back, or who is out of contact. Equally many queries,
    however many people."""
    today, filters = timezone.localdate(), RegisterFilter(request.GET)
    context = {
        **page_context(filters.rows(today), request.GET.get("page")),
        "filters": filters,
        "keeps": request.user.may(Capability.KEEP_MOBILE_REGISTER),
        "section": "members",
    }
    return render(request, "members/mobile.html", context)


@requires(Capability.KEEP_MOBILE_REGISTER)
def choose(request: HttpRequest) -> HttpResponse:
    """Who is away: the form for the time away follows."""
    form = WhoIsAwayForm(request.POST or None)
    if form.is_valid():
        return redirect("members:mobile_new", pk=form.cleaned_data["member"].pk)
    return _page(
        request,
        form,
        title=_("Who is away?"),
        button=_("Continue"),
        back=reverse("members:mobile"),
    )


@requires(Capability.READ_MOBILE_REGISTER)
def period(request: HttpRequest, pk: int) -> HttpResponse:
    found = _period(request, pk)
    context = {
        "period": found,
        "contacts": found.contacts.select_related("changed_by__member"),
        "keeps": request.user.may(Capability.KEEP_MOBILE_REGISTER),
        "section": "members",
    }
    return render(request, "members/mobile_period.html", context)


@requires(Capability.KEEP_MOBILE_REGISTER)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    form = TimeAwayForm(request.POST or None, instance=MobilePeriod(member=member))
    if accepted(form, lambda: actions.enter_time_away(form.instance, by=request.user)):
        messages.success(request, _("The time away is entered."))
        return saved(request, reverse("members:mobile_period", args=[form.instance.pk]))
    return _page(
        request,
        form,
        title=_("Away: %(name)s") % {"name": member},
        button=_("Enter the time away"),
        back=reverse("members:detail", args=[pk]),
        draft=f"away-{member.pk}",
    )


@requires(Capability.KEEP_MOBILE_REGISTER)
@transaction.atomic
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.locked(_period(request, pk))
    form = TimeAwayForm(request.POST or None, instance=found)
    if accepted(
        form,
        lambda: actions.change_time_away(form.instance, by=request.user, reason=form.cleaned_data["why"]),
    ):
        messages.success(request, _("The time away is saved."))
        return saved(request, reverse("members:mobile_period", args=[pk]))
    return _page(
        request,
        form,
        title=_("Away: %(name)s") % {"name": found.member},
        button=_("Save"),
        back=reverse("members:mobile_period", args=[pk]),
        draft=f"away-period-{pk}",
    )


@requires(Capability.KEEP_MOBILE_REGISTER)
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    found = _period(request, pk)
    form = ContactForm(
        request.POST or None, instance=MobileContact(period=found), initial={"on": timezone.localdate()}
    )
    if accepted(form, lambda: actions.enter_contact(form.instance, by=request.user)):
        messages.success(request, _("The contact is entered."))
        return saved(request, reverse("members:mobile_period", args=[pk]))
    return _page(
        request,
        form,
        title=_("Contact with %(name)s") % {"name": found.member},
        button=_("Enter the contact"),
        back=reverse("members:mobile_period", args=[pk]),
    )


@requires(Capability.KEEP_MOBILE_REGISTER)
def remove_contact(request: HttpRequest, pk: int) -> HttpResponse:
    contacts = MobileContact.objects.select_related("period__member")
    found = get_object_or_404(
        contacts.filter(period__member__in=Member.objects.visible_to(request.user)), pk=pk
    )
    form = ReasonForm(request.POST or None, row=found)
    if accepted(
        form, lambda: actions.remove_contact(found, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("The entry is removed."))
        return saved(request, reverse("members:mobile_period", args=[found.period_id]))
    return _page(
        request,
        form,
        title=_("Take a contact out: %(name)s") % {"name": found.period.member},
        button=_("Take it out"),
        back=reverse("members:mobile_period", args=[found.period_id]),
        is_removal=True,
    )


def _period(request: HttpRequest, pk: int) -> MobilePeriod:
    periods = MobilePeriod.objects.select_related("member", "contact_person")
    return get_object_or_404(periods.filter(member__in=Member.objects.visible_to(request.user)), pk=pk)


def _page(request: HttpRequest, form, **texts) -> HttpResponse:
    return render(request, "members/form.html", {"form": form, "section": "members", **texts})
