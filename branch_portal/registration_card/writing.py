"""What is said on a card: the same description for the Word file and for the page to print."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from appraisals.models import Participant
from branch_portal.documents.paper import HIDDEN, Fact, Facts, Paper, Photograph, Table
from branch_portal.media.pictures import small_jpeg
from members.models import BranchProfile, Member, SensitiveRecord, TimelineEntry, User
from members.permissions import Capability
from members.querysets import MemberQuerySet

_SENSITIVE_AT_THE_END = ("difficulties", "discipline", "dues_base")
_MOVES = (TimelineEntry.Kind.MOVED_IN, TimelineEntry.Kind.MOVED_OUT)


def title() -> str:
    return _("Registration card of a Party member")


def with_everything(members: MemberQuerySet) -> MemberQuerySet:
    """With what a card needs of the records of members. Seven queries, however many people."""
    return members.select_related("party_group").prefetch_related(
        "positions__party_group", "timeline", "mobile_periods__contact_person", "awards"
    )


def cards(
    members: Collection[Member], reader: User, sensitive: dict[int, dict[str, str]] | None = None
) -> list[Paper]:
    """A card each, with the photograph: for those who see the personal data. ``sensitive``: the texts by person and
    field, if they are to be printed; otherwise they are hidden, whether there are any or not."""
    branch, grades = str(BranchProfile.load()), _grades(members, reader)
    hidden = dict.fromkeys(("id_number", *_SENSITIVE_AT_THE_END), HIDDEN)
    return [
        _card(member, branch, grades[member.pk], hidden if sensitive is None else sensitive[member.pk])
        for member in members
    ]


def _grades(members: Collection[Member], reader: User) -> dict[int, list[tuple[int | str, str]]]:
    """Year and grade, the latest first, by person. As on the yearly record they are for the person and for those who run
    appraisals; a group leader's copy hides them. One query."""
    reads_all = reader.may(Capability.RUN_APPRAISALS)
    shown = [member.pk for member in members if reads_all or member.pk == reader.member_id]
    found = {member.pk: [] if member.pk in shown else [(HIDDEN, HIDDEN)] for member in members}
    parts = Participant.objects.told().filter(member__in=shown).select_related("round", "assessment")
    for part in parts.order_by("-round__year", "-pk"):
        found[part.member_id].append((part.round.year, part.grade_in_words))
    return found


def _card(member: Member, branch: str, grades: list[tuple], sensitive: dict[str, str]) -> Paper:
    return Paper(
        title(),
        [
            Facts(_person(member, sensitive)),
            Facts(_membership(member, branch), heading=_("Membership")),
            Table(
                (_("post"), _("from"), _("until")),
                [(_post(each), each.started_on, each.ended_on) for each in member.positions.all()],
                heading=_("Party posts"),
                widths=(76, 40, 40),
            ),
            Table(
                (_("what happened"), _("day"), _("other organization")),
                [(each, each.on, each.organization) for each in member.timeline.all() if each.kind in _MOVES],
                heading=_("Transfers"),
                widths=(46, 40, 70),
            ),
            Table(
                (
                    _("away since"),
                    _("back on"),
                    _("place"),
                    _("reason"),
                    _("host branch"),
                    _("contact person"),
                ),
                [
                    (
                        each.since,
                        each.until,
                        each.place,
                        each.get_reason_display(),
                        each.host_branch,
                        each.contact_person,
                    )
                    for each in member.mobile_periods.all()
                ],
                heading=_("Times away"),
                widths=(28, 28, 28, 26, 24, 22),
            ),
            Table(
                (_("day"), _("award"), _("level"), _("given by")),
                [
                    (each.on, each.title, each.get_level_display(), each.given_by)
                    for each in member.awards.all()
                ],
                heading=_("Awards"),
                widths=(34, 56, 30, 36),
            ),
            Table(
                (_("Year"), _("grade")),
                grades,
                heading=_("Grades of the democratic appraisals"),
                widths=(34, 122),
            ),
            Facts(
                [_sensitive_fact(name, sensitive, is_wide=True) for name in _SENSITIVE_AT_THE_END],
                heading=_("Sensitive data"),
            ),
        ],
        signatures=(_("Member"), _("Secretary"), _("Date")),
        photograph=_photograph(member),
    )


def _photograph(member: Member) -> Photograph | None:
    if not member.photograph:
        return None
    return Photograph(
        address=reverse("members:photograph", args=[member.pk, "480"]),
        description=_("Photograph: %(name)s") % {"name": member},
        read=lambda: small_jpeg(member.photograph),
    )


def _person(member: Member, sensitive: dict[str, str]) -> list[Fact]:
    education = [member.get_education_display(), member.get_degree_display()]
    return [
        Fact(_("name"), member.name),
        Fact(_("gender"), member.get_gender_display()),
        _fact(member, "ethnic_group"),
        _fact(member, "birth_date"),
        _fact(member, "native_place"),
        _sensitive_fact("id_number", sensitive),
        Fact(_("education"), ", ".join(filter(None, map(str, education)))),
        _fact(member, "school"),
        _fact(member, "work_started_on"),
        _fact(member, "employer"),
        _fact(member, "department"),
        _fact(member, "duty"),
        _fact(member, "title"),
        _fact(member, "phone"),
        _fact(member, "address", is_wide=True),
    ]


def _membership(member: Member, branch: str) -> list[Fact]:
    kinds = TimelineEntry.Kind
    days = {entry.kind: entry.on for entry in reversed(member.timeline.all())}
    until = [entry.until for entry in member.timeline.all() if entry.kind == kinds.EXTENDED]
    return [
        Fact(_("Party branch"), branch),
        Fact(_("Party group"), member.party_group),
        Fact(_("category"), member.get_stage_display()),
        Fact(_("standing"), member.get_standing_display()),
        Fact(_("applied on"), days.get(kinds.APPLIED)),
        Fact(_("activist on"), days.get(kinds.ACTIVIST)),
        Fact(_("development target on"), days.get(kinds.TARGET)),
        _fact(member, "introducers"),
        _fact(member, "admitted_on"),
        _fact(member, "confirmed_on"),
        Fact(_("probation extended to"), max(until, default=None)),
        _fact(member, "voteless_until"),
        Fact(Member._meta.get_field("left_on").verbose_name, member.departed_on),
    ]


def _fact(member: Member, name: str, *, is_wide: bool = False) -> Fact:
    return Fact(Member._meta.get_field(name).verbose_name, getattr(member, name), is_wide)


def _sensitive_fact(name: str, texts: dict[str, str], *, is_wide: bool = False) -> Fact:
    return Fact(SensitiveRecord._meta.get_field(name).verbose_name, texts[name], is_wide)


def _post(position) -> str:
    return f"{position} ({position.party_group})" if position.party_group else str(position)
