"""Papers and the photograph of a person: put in, renamed, taken out with a reason. The file goes with its row."""

from __future__ import annotations

import pghistory
from django.db import transaction

from branch_portal.media.documents import Document
from branch_portal.media.keeping import forget, forget_picture, stored, stored_picture
from branch_portal.media.pictures import Picture
from members.actions.locking import locked
from members.actions.reasons import check_removal
from members.models import Member, MemberFile, User


def add_file(paper: MemberFile, document: Document, *, by: User) -> MemberFile:
    """Store the document as a paper of the person on ``paper``."""
    with stored(document) as key, transaction.atomic():
        locked(paper.member)
        paper.key, paper.content_type, paper.size = key, document.content_type, document.size
        paper.changed_by = by
        paper.full_clean()
        with pghistory.context(user=by.pk):
            paper.save(force_insert=True)
    return paper


@transaction.atomic
def change_file(paper: MemberFile, *, by: User) -> MemberFile:
    """Another title, kind or access; the file stays."""
    locked(paper)
    paper.changed_by = by
    paper.full_clean()
    with pghistory.context(user=by.pk):
        paper.save(update_fields=["kind", "access", "title", "changed_by", "changed_at"])
    return paper


@transaction.atomic
def remove_file(paper: MemberFile, *, by: User, reason: str) -> None:
    """Take the paper out; the history keeps what it was and why, the file itself goes."""
    check_removal(reason)
    paper = locked(paper)
    key = paper.key
    with pghistory.context(user=by.pk, reason=reason):
        paper.delete()
    forget(key)


def set_photograph(member: Member, picture: Picture | None, *, by: User) -> Member:
    """Another photograph, or none; the earlier one's files go."""
    with stored_picture(picture) as key:
        return use_photograph(member, key, by=by)


@transaction.atomic
def use_photograph(member: Member, key: str, *, by: User) -> Member:
    """The same with a picture that is stored already ("": none)."""
    member = locked(member)
    earlier, member.photograph, member.changed_by = member.photograph, key, by
    with pghistory.context(user=by.pk):
        member.save(update_fields=["photograph", "changed_by", "changed_at"])
    forget_picture(earlier)
    return member
