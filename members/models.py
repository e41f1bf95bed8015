"""Accounts, people, their posts and groups, and the branch itself."""

from __future__ import annotations

import datetime
from functools import cached_property

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from members import constraints as named
from members.chinese_order import sort_key
from members.permissions import WITHOUT_A_SECRETARY, Capability, Role, capabilities_of
from members.querysets import (
    MemberQuerySet,
    PartyGroupQuerySet,
    PasswordGivenQuerySet,
    PositionQuerySet,
    UserQuerySet,
)

mobile_number = RegexValidator(
    r"^(1\d{10}|\+\d{6,15})$",
    _("Enter 11 digits beginning with 1, or + and the country code for a number abroad."),
)


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class PartyGroup(models.Model):
    """A Party group (党小组), the branch's sub-unit; a small branch may have none."""

    name = models.CharField(pgettext_lazy("of a body", "name"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = PartyGroupQuerySet.as_manager()

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("Party group")
        verbose_name_plural = _("Party groups")

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name


class Member(models.Model):
    """One person's record, from application to full membership."""

    class Gender(models.TextChoices):
        MALE = "male", _("male")
        FEMALE = "female", _("female")

    class Stage(models.TextChoices):
        APPLICANT = "applicant", _("applicant")
        ACTIVIST = "activist", _("activist")
        TARGET = "target", _("development target")
        PROBATIONARY = "probationary", _("probationary member")
        FULL = "full", _("full member")

        @classmethod
        def party_members(cls) -> list[str]:
            return [cls.PROBATIONARY, cls.FULL]

    name = models.CharField(_("name"), max_length=60)
    reading = models.CharField(
        _("reading"),
        max_length=120,
        blank=True,
        help_text=_(
            "Pinyin with spaces, only where the usual reading would be wrong, "
            "e.g. “shan xiongxin” for 单雄信."
        ),
    )
    sort_key = models.CharField(max_length=200, editable=False)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    admitted_on = models.DateField(
        _("admitted on"),
        null=True,
        blank=True,
        help_text=_("The day of the members' meeting that voted the admission."),
    )
    confirmed_on = models.DateField(
        _("confirmed on"), null=True, blank=True, help_text=_("The day of becoming a full member.")
    )
    party_group = models.ForeignKey(
        PartyGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("Party group"),
    )
    left_on = models.DateField(
        _("left on"),
        null=True,
        blank=True,
        help_text=_("The day the person left the branch; the record stays."),
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "pk")
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.CheckConstraint(
                name="member_is_admitted_exactly_from_probation_on",
                condition=Q(stage__in=["probationary", "full"], admitted_on__isnull=False)
                | (~Q(stage__in=["probationary", "full"]) & Q(admitted_on=None)),
                violation_error_message=_(
                    "Full and probationary members have a date of admission, and nobody else has one."
                ),
            ),
            models.CheckConstraint(
                name="member_is_confirmed_exactly_when_full",
                condition=Q(stage="full", confirmed_on__isnull=False)
                | (~Q(stage="full") & Q(confirmed_on=None)),
                violation_error_message=_(
                    "A full member has a date of confirmation, and nobody else has one."
                ),
            ),
            models.CheckConstraint(
                name="member_is_confirmed_after_admission",
                condition=Q(confirmed_on__gte=F("admitted_on")) | Q(confirmed_on=None),
                violation_error_message=_("The confirmation cannot be before the admission."),
            ),
            models.CheckConstraint(
                name="member_is_born_before_admission",
                condition=Q(birth_date__lt=F("admitted_on")) | Q(birth_date=None) | Q(admitted_on=None),
                violation_error_message=_("The admission cannot be before the birth."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs) -> None:
        self.sort_key = sort_key(self.name, self.reading)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_key"}
        super().save(**kwargs)

    @property
    def is_party_member(self) -> bool:
        """A full or probationary member of this branch now."""
        return self.stage in self.Stage.party_members() and self.left_on is None

    @property
    def has_vote(self) -> bool:
        """R-3.7: resolutions and elections are for full members."""
        return self.stage == self.Stage.FULL and self.left_on is None

    def validate_constraints(self, exclude=None) -> None:
        fields = {
            "member_is_admitted_exactly_from_probation_on": "admitted_on",
            "member_is_confirmed_exactly_when_full": "confirmed_on",
            "member_is_confirmed_after_admission": "confirmed_on",
            "member_is_born_before_admission": "birth_date",
        }
        named.validate(self, exclude, fields)


class Position(models.Model):
    """A post held from one day to another, both included; open-ended while held."""

    class Post(models.TextChoices):
        SECRETARY = "secretary", _("secretary")
        DEPUTY = "deputy", _("deputy secretary")
        ORGANIZATION = "organization", _("organization commissioner")
        PUBLICITY = "publicity", _("publicity commissioner")
        DISCIPLINE = "discipline", _("discipline commissioner")
        COMMITTEE = "committee", pgettext_lazy("post", "committee member")
        GROUP_LEADER = "group_leader", _("group leader")

        @classmethod
        def committee(cls) -> list[str]:
            return [post for post in cls if post != cls.GROUP_LEADER]

        @classmethod
        def single(cls) -> list[str]:
            """Posts that one person at a time holds."""
            return [cls.SECRETARY, cls.DEPUTY, cls.ORGANIZATION, cls.PUBLICITY, cls.DISCIPLINE]

    member = models.ForeignKey(Member, models.CASCADE, related_name="positions", verbose_name=_("member"))
    post = models.CharField(_("post"), max_length=12, choices=Post)
    party_group = models.ForeignKey(
        PartyGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("Party group"),
    )
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ("-started_on", "pk")
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            models.CheckConstraint(
                name="position_ends_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="position_names_a_group_exactly_for_a_group_leader",
                condition=Q(post="group_leader", party_group__isnull=False)
                | (~Q(post="group_leader") & Q(party_group=None)),
                violation_error_message=_("A group leader leads a Party group, and no other post names one."),
            ),
            ExclusionConstraint(
                name="position_is_held_by_one_person_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    (
                        _DateRange("started_on", "ended_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(post__in=["secretary", "deputy", "organization", "publicity", "discipline"]),
                violation_error_message=_("Somebody else holds this post in that time."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_post_display()

    def validate_constraints(self, exclude=None) -> None:
        fields = {
            "position_ends_after_it_starts": "ended_on",
            "position_names_a_group_exactly_for_a_group_leader": "party_group",
            "position_is_held_by_one_person_at_a_time": "post",
        }
        named.validate(self, exclude, fields)

    def is_held_on(self, day: datetime.date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


class BranchProfile(models.Model):
    """The branch itself: exactly one row."""

    name = models.CharField(pgettext_lazy("of a body", "name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    association = models.CharField(_("association"), max_length=120, blank=True)
    association_en = models.CharField(_("association in English"), max_length=200, blank=True)
    higher_committee = models.CharField(_("higher Party committee"), max_length=120, blank=True)
    higher_committee_en = models.CharField(_("higher Party committee in English"), max_length=200, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    term_starts_on = models.DateField(_("committee's term from"), null=True, blank=True)
    term_ends_on = models.DateField(_("committee's term until"), null=True, blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    police_number = models.CharField(_("public security filing number"), max_length=60, blank=True)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("branch")
        constraints = [
            models.CheckConstraint(name="branch_profile_is_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="branch_term_ends_after_it_starts",
                condition=Q(term_starts_on=None)
                | Q(term_ends_on=None)
                | Q(term_ends_on__gt=F("term_starts_on")),
                violation_error_message=_("The term cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.local("name")

    @classmethod
    def load(cls) -> BranchProfile:
        """The stored branch, or an unsaved one to be filled in."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def validate_constraints(self, exclude=None) -> None:
        named.validate(self, exclude, {"branch_term_ends_after_it_starts": "term_ends_on"})

    def local(self, field: str) -> str:
        """The field in the reader's language, in Chinese where the English is missing."""
        english = getattr(self, f"{field}_en") if get_language() == "en" else ""
        return english or getattr(self, field)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, username: str) -> User:
        return self.get(username__iexact=username)

    def create_user(self, username: str, password: str | None = None, **fields) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields) -> User:
        """What ``manage.py createsuperuser`` calls: the first administrator of a new portal."""
        return self.create_user(username, password, is_administrator=True, **fields)


class User(AbstractBaseUser):
    """An account. Its rights come from the person's posts today and from ``is_administrator``."""

    username = models.CharField(
        _("login name"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[^\d+\s@][^\s@]*$", _("Begin with a letter; no spaces and no @."))],
        error_messages={"unique": _("This login name is taken.")},
    )
    mobile = models.CharField(
        _("mobile number"),
        max_length=16,
        unique=True,
        null=True,
        blank=True,
        validators=[mobile_number],
        error_messages={"unique": _("Another account has this mobile number.")},
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    member = models.OneToOneField(
        Member, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("member")
    )
    is_administrator = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("created on"), default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    objects = UserManager()

    class Meta:
        ordering = ("username",)
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("username"),
                name="login_name_is_unique_in_any_case",
                violation_error_message=_("This login name is taken."),
            ),
            # Otherwise one person's login name could be another's mobile number.
            models.CheckConstraint(
                name="login_name_is_no_telephone_number",
                condition=Q(username__regex=r"^[^0-9+]"),
                violation_error_message=_("Begin with a letter; no spaces and no @."),
            ),
        ]

    def __str__(self) -> str:
        return self.member.name if self.member_id else self.username

    def validate_constraints(self, exclude=None) -> None:
        fields = {
            "login_name_is_unique_in_any_case": "username",
            "login_name_is_no_telephone_number": "username",
        }
        named.validate(self, exclude, fields)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles of today; costs one query the first time it is asked."""
        roles = {Role.ADMINISTRATOR} if self.is_administrator else set()
        if self.member_id and self.member.left_on is None:
            roles |= {Role.MEMBER, *_roles_of_posts(self.member.positions.on(timezone.localdate()))}
        return frozenset(roles) if self.is_active else frozenset()

    @cached_property
    def capabilities(self) -> frozenset[Capability]:
        """What the roles allow; an administrator also enters people while nobody holds the secretary's post."""
        granted = capabilities_of(self.roles)
        if (
            Role.ADMINISTRATOR in self.roles
            and not Position.objects.secretaries_on(timezone.localdate()).exists()
        ):
            granted |= WITHOUT_A_SECRETARY
        return granted

    def may(self, capability: Capability) -> bool:
        """Whether one of the roles allows it."""
        return capability in self.capabilities


class PasswordGiven(models.Model):
    """That somebody was given a new password by somebody else, who could sign in with it: kept for ever, without the
    password. One's own change of a password is not here."""

    user = models.ForeignKey(User, models.PROTECT, related_name="passwords_given")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = PasswordGivenQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        triggers = [pgtrigger.Protect(name="is_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.user)


def _roles_of_posts(positions) -> set[Role]:
    posts = {position.post for position in positions}
    roles = set()
    if posts & {Position.Post.SECRETARY, Position.Post.DEPUTY}:
        roles.add(Role.SECRETARY)
    if posts & set(Position.Post.committee()):
        roles.add(Role.COMMITTEE)
    return roles
