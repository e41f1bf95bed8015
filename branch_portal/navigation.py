"""What every page shows around its content: the branch's name, the languages, the way around."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext_lazy as _

from branch_portal.reminders.models import Notice
from members.models import BranchProfile
from members.permissions import Capability


@dataclass(frozen=True)
class Entry:
    """One noun of the desk's navigation; ``prefix`` tells which addresses it covers."""

    label: str
    icon: str
    address: str
    prefix: str
    capability: Capability = Capability.USE_DESK
    is_of_a_person: bool = False  # not for an administrator who is none of the branch


DESK = (
    Entry(_("Desk"), "house", "desk:home", "desk"),
    Entry(_("My record"), "person-vcard", "own_record:home", "me", is_of_a_person=True),
    Entry(_("Meetings"), "calendar3", "meetings:list", "meetings"),
    Entry(_("Decisions"), "clipboard2-check", "decisions:list", "decisions"),
    Entry(_("Rectification"), "journal-check", "rectification:list", "rectification", Capability.READ_LEDGER),
    Entry(_("Members"), "people", "members:list", "members", Capability.READ_MEMBERS),
    Entry(_("Appraisals"), "clipboard-check", "appraisals:list", "appraisals"),
    Entry(_("Integrity"), "shield-check", "integrity:risks", "integrity", Capability.READ_INTEGRITY_LISTS),
    Entry(_("News"), "newspaper", "reports:list", "reports", Capability.WRITE_NEWS),
    Entry(_("Branch"), "flag", "members:branch", "branch", Capability.MANAGE_BRANCH),
)


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    address: str
    is_current: bool


def site(request: HttpRequest) -> dict:
    """Context of every page. Nothing here looks at the session: pages for the public stay cacheable."""
    return {
        "branch": SimpleLazyObject(BranchProfile.load),
        "languages": SimpleLazyObject(lambda: languages(request)),
        "desk_entries": DESK,
        # Asked by the desk's pages alone, which know who is signed in.
        "unread_notices": SimpleLazyObject(
            lambda: Notice.objects.of(request.user.member_id).unread().count()
        ),
    }


def languages(request: HttpRequest) -> list[Language]:
    """The same page in each language, without its query except on pages that are found by it."""
    return [
        Language(
            code=code,
            name=get_language_info(code)["name_local"],
            address=_in_language(request, code),
            is_current=code == get_language(),
        )
        for code, _name in settings.LANGUAGES
    ]


def _in_language(request: HttpRequest, code: str) -> str:
    query = request.META.get("QUERY_STRING", "") if request.method in {"GET", "HEAD"} else ""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        match = None
    with override(code):
        address = (
            reverse("news:home")
            if match is None
            else reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        )
    return f"{address}?{query}" if query else address
