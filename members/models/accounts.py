"""Accounts. Rights come from a person's posts today, and from being an administrator."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members import constraints as named
from members.models.changed import tracked
from members.models.people import Member, mobile_number
from members.models.posts import Position
from members.permissions import (
    NEED_SECOND_FACTOR,
    WITHOUT_A_SECRETARY,
    Capability,
    Role,
    capabilities_of,
)
from members.privacy import personal
from members.querysets import UserQuerySet


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, username: str) -> User:
        return self.get(username__iexact=username)

    def create_user(self, username: str, password: str | None = None, **fields) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields) -> User:
        """An administrator; a new portal's first one is made by ``manage.py create_administrator``."""
        return self.create_user(username, password, is_administrator=True, **fields)


@tracked(exclude=("password", "last_login", "slips_seen_until"))
class User(AbstractBaseUser):
    """An account. Its rights come from the person's posts today and from ``is_administrator``."""

    username = models.CharField(
        _("login name"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[^\d+\s@][^\s@]*$", _("Begin with a letter; no spaces and no @."))],
        error_messages={"unique": _("This login name is taken.")},
    )
    mobile = personal(
        models.CharField(
            _("mobile number"),
            max_length=16,
            unique=True,
            null=True,
            blank=True,
            validators=[mobile_number],
            error_messages={"unique": _("Another account has this mobile number.")},
        )
    )
    email = personal(models.EmailField(_("e-mail address"), blank=True))
    member = models.OneToOneField(
        Member, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("member")
    )
    is_administrator = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    language = models.CharField(
        _("language"),
        max_length=7,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Of the desk after signing in; empty: the one of the page on which you sign in."),
    )
    # The first day on which the account was used with a role that needs a second factor.
    needs_factor_since = models.DateField(null=True, blank=True, editable=False)
    # Who keeps accounts has looked at the slips used until then.
    slips_seen_until = models.DateTimeField(null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(_("created on"), default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    SECOND_FACTORS = ("totp", "webauthn")
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
            roles.add(Role.MEMBER)
            for position in self.member.positions.on(timezone.localdate()):
                roles |= Position.Post(position.post).roles
        return frozenset(roles) if self.is_active else frozenset()

    @cached_property
    def led_groups(self) -> frozenset[int]:
        """The Party groups the person leads today, by id; costs one query the first time it is asked."""
        if not self.member_id or self.member.left_on:
            return frozenset()
        posts = self.member.positions.on(timezone.localdate()).filter(post=Position.Post.GROUP_LEADER)
        return frozenset(posts.values_list("party_group_id", flat=True))

    @cached_property
    def capabilities(self) -> frozenset[Capability]:
        """What the roles allow; an administrator also enters people while nobody holds the secretary's post or the
        deputy's."""
        granted = capabilities_of(self.roles)
        if (
            Role.ADMINISTRATOR in self.roles
            and not Position.objects.leading_on(timezone.localdate()).exists()
        ):
            granted |= WITHOUT_A_SECRETARY
        return granted

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of today's roles can do enough to need more than a password; never by being a member."""
        return bool(self.roles & NEED_SECOND_FACTOR)

    @cached_property
    def has_second_factor(self) -> bool:
        """A passkey or one-time codes; recovery codes alone are none. The sign-in backend brings it along with the user."""
        return self.authenticator_set.filter(type__in=self.SECOND_FACTORS).exists()

    def may(self, capability: Capability) -> bool:
        """Whether one of the roles allows it."""
        return capability in self.capabilities
