"""Letters of introduction: written, corrected, led from step to step; all of them with what is to be done."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branch_portal.forms.drafts import saved
from branch_portal.paging import page_context
from members import actions
from members.forms.records import LetterFilter, LetterForm, LetterStepForm
from members.models import Member, Transfer
from members.permissions import Capability, requires
from members.views.answers import accepted
from members.views.fetching import member_or_404


@dataclass(frozen=True)
class Step:
    """One step of a letter as a page: what it is called, what it does, whether it takes a note."""

    title: Promise
    intro: Promise
    has_note: bool = True


STEPS = {
    "issue": Step(
        gettext_lazy("Issue the letter"),
        gettext_lazy("The letter is handed out. The affiliation stays here until it is accepted."),
        has_note=False,
    ),
    "accept": Step(
        gettext_lazy("The letter was accepted"),
        gettext_lazy(
            "The affiliation changes on that day. Who goes to another branch holds no post here from then on, and the desk "
            "is closed to the person."
        ),
    ),
    "reject": Step(
        gettext_lazy("The letter was sent back"),
        gettext_lazy("The affiliation stays as it is. Note the reason."),
    ),
    "expire": Step(
        gettext_lazy("The letter has expired"),
        gettext_lazy("Nobody answered in time. The affiliation stays as it is; a new letter can be written."),
    ),
    "withdraw": Step(gettext_lazy("Withdraw the letter"), gettext_lazy("The affiliation stays as it is.")),
}


@requires(Capability.MANAGE_MEMBERS)
def letters(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    filters = LetterFilter(request.GET)
    of_people = Transfer.objects.filter(member__in=Member.objects.visible_to(request.user))
    found = page_context(filters.apply(of_people).listed(), request.GET.get("page"))
    rows = [(letter, letter.is_overdue_on(today)) for letter in found["page"]]
    context = {**found, "rows": rows, "filters": filters, "section": "members"}
    return render(request, "members/letters.html", context)


@requires(Capability.MANAGE_MEMBERS)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    form = LetterForm(request.POST or None, instance=Transfer(member=member))
    if accepted(form, lambda: actions.draft_letter(form.instance, by=request.user)):
        messages.success(request, _("The letter is drafted."))
        return saved(request, reverse("members:detail", args=[pk]))
    context = {
        "form": form,
        "title": _("Letter of introduction: %(name)s") % {"name": member},
        "button": _("Draft the letter"),
        "back": reverse("members:detail", args=[pk]),
        "draft": f"letter-of-{member.pk}",
        "section": "members",
    }
    return render(request, "members/form.html", context)


@requires(Capability.MANAGE_MEMBERS)
@transaction.atomic
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _letter(request, pk)
    actions.locked(letter.member)  # the person first, as everywhere: two writers wait in turn
    letter = actions.locked(letter)
    form = LetterForm(request.POST or None, instance=letter)
    if accepted(form, lambda: actions.change_letter(form.instance, by=request.user)):
        messages.success(request, _("The letter is saved."))
        return saved(request, reverse("members:detail", args=[letter.member_id]))
    context = {
        "form": form,
        "title": _("Correct the letter of introduction: %(name)s") % {"name": letter.member},
        "button": _("Save the correction"),
        "back": reverse("members:detail", args=[letter.member_id]),
        "draft": f"letter-{letter.pk}",
        "section": "members",
    }
    return render(request, "members/form.html", context)


def _letter(request: HttpRequest, pk: int) -> Transfer:
    letters = Transfer.objects.select_related("member")
    return get_object_or_404(letters.filter(member__in=Member.objects.visible_to(request.user)), pk=pk)


@requires(Capability.MANAGE_MEMBERS)
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    if name not in STEPS:
        raise Http404
    letter = _letter(request, pk)
    page, act = STEPS[name], getattr(actions, f"{name}_letter")
    form = LetterStepForm(request.POST or None, has_note=page.has_note, initial={"on": timezone.localdate()})
    if accepted(form, lambda: act(letter, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The letter is brought up to date."))
        return saved(request, reverse("members:detail", args=[letter.member_id]))
    context = {
        "form": form,
        "title": f"{page.title} – {letter.member}",
        "intro": page.intro,
        "button": page.title,
        "back": reverse("members:detail", args=[letter.member_id]),
        "section": "members",
    }
    return render(request, "members/form.html", context)
