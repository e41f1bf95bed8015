"""Self-reviews and mutual reviews."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisals.actions.locking import locked
from appraisals.models import MutualReview, Participant, Round, SelfReview
from appraisals.workflow import Act
from branch_portal.media.documents import Document
from branch_portal.media.keeping import forget, stored
from members.models import Member, User
from members.permissions import Capability


def save_self_review(
    participant: Participant, *, by: User, text: str, file: Document | None = None, drops_file: bool = False
) -> SelfReview:
    """Keep the draft. What is handed in stands until the committee gives it back."""
    with stored(file) as key, locked(participant.round, by=by, act=Act.WRITE_SELF_REVIEW):
        _check_own(participant, by)
        review, _created = SelfReview.objects.select_for_update().get_or_create(participant=participant)
        if review.handed_in_at:
            raise ValidationError(_("Your paper is handed in. Ask the committee to give it back."))
        review.text, review.changed_by = text, by
        if key or drops_file:
            forget(review.file_key)
        if key:
            review.file_key = key
            review.file_name, review.file_type = file.original_name, file.content_type
        elif drops_file:
            review.file_key = review.file_name = review.file_type = ""
        review.save()
    return review


def hand_in_self_review(participant: Participant, *, by: User) -> SelfReview:
    with locked(participant.round, by=by, act=Act.WRITE_SELF_REVIEW):
        _check_own(participant, by)
        review = SelfReview.objects.select_for_update().filter(participant=participant).first()
        if review is None or not (review.text or review.file_key):
            raise ValidationError(_("Write something, or choose a file, before handing in."))
        if not review.handed_in_at:
            review.handed_in_at, review.returned_because = timezone.now(), ""
            review.save()
    return review


def return_self_review(review: SelfReview, *, by: User, reason: str) -> SelfReview:
    """Give the paper back to its author, who may change it and hand it in again."""
    with locked(review.participant.round, by=by, act=Act.SEE_PAPERS) as row:
        if row.state not in {Round.State.SELF_REVIEW, Round.State.MUTUAL_REVIEW}:
            raise ValidationError(_("Papers are given back only before the ballot."))
        review = SelfReview.objects.select_for_update().get(pk=review.pk)
        if not review.handed_in_at:
            raise ValidationError(_("This paper is not handed in."))
        review.handed_in_at, review.returned_because, review.changed_by = None, reason, by
        review.save()
    return review


def review_other(about: Participant, *, by: User, author: Member, text: str) -> MutualReview:
    """Signed criticism: of oneself by the author, or noted by the committee for somebody who said it."""
    with locked(about.round, by=by, act=Act.REVIEW_OTHERS) as row:
        if author.pk != by.member_id and not by.may(Capability.RUN_APPRAISALS):
            raise ValidationError({"author": _("You sign with your own name.")})
        if not row.participants.filter(member=author).exists():
            raise ValidationError({"author": _("This person takes no part in the round.")})
        if about.member_id == author.pk:
            raise ValidationError({"about": _("What one says of oneself belongs into the self-review.")})
        return MutualReview.objects.create(about=about, author=author, text=text, recorded_by=by)


def _check_own(participant: Participant, by: User) -> None:
    if participant.member_id != by.member_id:
        raise ValidationError(_("Everybody writes their own paper."))
