"""Self-reviews and mutual reviews."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from appraisals import actions, workflow
from appraisals.forms.papers import ReturnForm, ReviewForm, SelfReviewForm
from appraisals.models import MutualReview, Participant, Round, SelfReview
from appraisals.views.fetching import refusal_now, round_for, visible_round
from appraisals.workflow import Act
from branch_portal.forms.drafts import saved
from branch_portal.media.responses import document_response
from meetings.models import Criticism
from members.permissions import Capability, requires
from members.views.answers import accepted

_SECTION = {"section": "appraisals"}


@requires(Capability.USE_DESK)
def self_review(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own paper: saved as a draft, or handed in."""
    round, own = round_for(request, pk, Act.WRITE_SELF_REVIEW)
    if own is None:
        raise PermissionDenied
    review = SelfReview.objects.filter(participant=own).first() or SelfReview(participant=own)
    writes = workflow.RULES[Act.WRITE_SELF_REVIEW].states
    if round.state not in writes or review.handed_in_at:
        return render(
            request, "appraisals/self_review_read.html", {"round": round, "review": review, **_SECTION}
        )
    form = SelfReviewForm(request.POST or None, request.FILES or None, instance=review)
    hands_in = request.POST.get("do") == "hand_in"
    if accepted(form, lambda: _save(form, own, request, hands_in=hands_in)):
        messages.success(
            request, _("Your self-review is handed in.") if hands_in else _("The draft is saved.")
        )
        return saved(
            request, reverse("appraisals:round" if hands_in else "appraisals:self_review", args=[pk])
        )
    context = {"form": form, "round": round, "review": review, **_SECTION}
    return render(request, "appraisals/self_review.html", context)


def _save(form: SelfReviewForm, own: Participant, request: HttpRequest, *, hands_in: bool) -> None:
    actions.save_self_review(
        own,
        by=request.user,
        text=form.cleaned_data["text"],
        file=form.cleaned_data["file"],
        drops_file=bool(request.POST.get("drop_file")),
    )
    if hands_in:
        actions.hand_in_self_review(own, by=request.user)


@requires(Capability.RUN_APPRAISALS)
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has handed in and who has not."""
    round, _own = round_for(request, pk, Act.SEE_PAPERS)
    if refusal := refusal_now(request, round, Act.SEE_PAPERS):
        return refusal
    rows = list(round.participants.select_related("member", "self_review"))
    waiting = [row for row in rows if not _handed_in(row)]
    return render(
        request,
        "appraisals/papers.html",
        {"round": round, "rows": rows, "waiting": waiting, "handed_in": len(rows) - len(waiting), **_SECTION},
    )


def _handed_in(row: Participant) -> bool:
    review = getattr(row, "self_review", None)
    return review is not None and review.handed_in_at is not None


@requires(Capability.USE_DESK)
def paper(request: HttpRequest, pk: int, participant: int) -> HttpResponse:
    """One member's paper, for the committee and, from the mutual review on, for those who take part."""
    review = _readable(request, pk, participant)
    form = ReturnForm(request.POST or None)
    may_return = request.user.may(Capability.RUN_APPRAISALS) and review.participant.round.state in {
        Round.State.SELF_REVIEW,
        Round.State.MUTUAL_REVIEW,
    }
    if request.method == "POST" and not may_return:
        raise PermissionDenied
    if accepted(
        form,
        lambda: actions.return_self_review(review, by=request.user, reason=form.cleaned_data["reason"]),
    ):
        messages.success(request, _("The paper is given back."))
        return redirect("appraisals:papers", pk=pk)
    context = {"round": review.participant.round, "review": review, "form": form, "may_return": may_return}
    return render(request, "appraisals/paper.html", {**context, **_SECTION})


@requires(Capability.USE_DESK)
def paper_file(request: HttpRequest, pk: int, participant: int) -> HttpResponse:
    review = _readable(request, pk, participant, own_drafts=True)
    if not review.file_key:
        raise Http404
    return document_response(review.file_key, review.file_name, review.file_type)


def _readable(request: HttpRequest, pk: int, participant: int, *, own_drafts: bool = False) -> SelfReview:
    """A paper that was handed in, if the user may read it; one's own also before."""
    round = visible_round(request, pk)
    own = workflow.participant_of(request.user, round)
    reviews = SelfReview.objects.select_related("participant__member", "participant__round")
    review = get_object_or_404(reviews, participant=participant, participant__round=round)
    is_own = own is not None and review.participant_id == own.pk
    if is_own and (own_drafts or review.handed_in_at):
        return review
    reads_all = (
        request.user.may(Capability.RUN_APPRAISALS) or round.state in workflow.RULES[Act.READ_PAPERS].states
    )
    if not review.handed_in_at or not reads_all:
        raise Http404
    return review


@requires(Capability.USE_DESK)
def reviews(request: HttpRequest, pk: int) -> HttpResponse:
    """Mutual review: what is about oneself, what one has said, and a form for more; the committee sees all of it."""
    round, _own = round_for(request, pk, Act.REVIEW_OTHERS)
    if round.state in {Round.State.PLAN, Round.State.SELF_REVIEW}:
        return refusal_now(request, round, Act.REVIEW_OTHERS)
    runs = request.user.may(Capability.RUN_APPRAISALS)
    is_on = round.state == Round.State.MUTUAL_REVIEW
    form = None
    if is_on:
        form = ReviewForm(
            request.POST or None,
            participants=round.participants.all(),
            own=request.user.member,
            records_for_others=runs,
        )
        if accepted(form, lambda: _say(form, request)):
            messages.success(request, _("It is entered."))
            return saved(request, reverse("appraisals:reviews", args=[pk]))
    elif request.method == "POST":
        return refusal_now(request, round, Act.REVIEW_OTHERS)
    found = MutualReview.objects.visible_to(request.user).filter(about__round=round)
    criticisms = (
        Criticism.objects.filter(meeting=round.meeting_id, about__isnull=False) if round.meeting_id else []
    )
    if round.meeting_id and not runs:
        criticisms = criticisms.filter(about=request.user.member_id)
    context = {
        "round": round,
        "form": form,
        "reviews": found.select_related("about__member", "author"),
        "criticisms": criticisms.select_related("about", "speaker") if round.meeting_id else [],
        "readable": round.participants.filter(self_review__handed_in_at__isnull=False).select_related(
            "member"
        ),
    }
    return render(request, "appraisals/reviews.html", {**context, **_SECTION})


def _say(form: ReviewForm, request: HttpRequest) -> None:
    typed = form.cleaned_data
    actions.review_other(typed["about"], by=request.user, author=typed["author"], text=typed["text"])
