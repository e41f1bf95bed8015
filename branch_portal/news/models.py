"""A report, who wrote it, its pictures, and the reviews that let it pass or sent it back."""

from __future__ import annotations

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from branch_portal import append_only
from branch_portal.news import locks
from branch_portal.news.languages import Language
from branch_portal.news.querysets import ReportPictureQuerySet, ReportQuerySet
from branch_portal.richtext.fields import RichTextField
from meetings.kinds import MeetingKind
from meetings.models import Changed, Meeting
from members.models import User

LONGEST_SLUG = 60
OFFICE = {Language.ZH: "办公室", Language.EN: "The office"}

# who wrote it, or which unit; an account is neither.
_names_a_unit = RegexValidator(
    r"(?i)^\s*((系统)?管理员|(system )?admin(istrator)?|root)\s*$",
    _("Name the person or the unit that wrote this, such as the office; “administrator” is neither."),
    inverse_match=True,
)
# Who last touched a row and when is no event of its own: it changes with what it describes.
_UNTRACKED = ["revision", "changed_at"]


def _whole(language: Language) -> Q:
    """Title and text both stand in the language."""
    return ~Q(**{f"title_{language}": ""}) & ~Q(**{f"body_{language}": ""})


def _empty(language: Language) -> Q:
    return Q(**{f"title_{language}": "", f"body_{language}": ""})


@append_only.tracked(exclude=_UNTRACKED)
class Report(Changed):
    """What the branch tells the public of one event, in Chinese, in English, or in both.

    ``revision`` counts the changes of text and pictures, ``changed_by`` wrote the last of them.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    slug = models.CharField(max_length=LONGEST_SLUG, blank=True, editable=False)
    year = models.PositiveSmallIntegerField(editable=False)
    kinds = ArrayField(models.CharField(max_length=20, choices=MeetingKind), verbose_name=_("kinds"))
    event_date = models.DateField(_("date of the event"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    summary_zh = models.CharField(_("summary in Chinese"), max_length=300, blank=True)
    summary_en = models.CharField(_("summary in English"), max_length=500, blank=True)
    body_zh = RichTextField(_("text in Chinese"))
    body_en = RichTextField(_("text in English"))
    author_line_zh = models.CharField(
        _("written by, in Chinese"),
        max_length=60,
        blank=True,
        default=OFFICE[Language.ZH],
        validators=[_names_a_unit],
    )
    author_line_en = models.CharField(
        _("written by, in English"),
        max_length=120,
        blank=True,
        default=OFFICE[Language.EN],
        validators=[_names_a_unit],
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("meeting")
    )
    created_by = models.ForeignKey(User, models.PROTECT, editable=False, related_name="+")
    authors = models.ManyToManyField(User, through="Authorship", related_name="written_reports")
    published_at = models.DateField(_("date added"), null=True, editable=False)
    withdrawn_reason = models.CharField(
        _("reason of the withdrawal"), max_length=300, blank=True, editable=False
    )
    # Made by the page that asks for a report: asking twice (a double click) makes one.
    page_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-event_date", "-pk")
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(fields=["-event_date", "-id"], name="report_by_event"),
            models.Index(
                fields=["-event_date", "-id"],
                name="published_report_by_event",
                condition=Q(state="published"),
            ),
            GinIndex(fields=["kinds"], name="report_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_is_of_at_least_one_known_kind",
                condition=Q(kinds__len__gt=0, kinds__contained_by=MeetingKind.values),
                violation_error_message=_("Choose at least one kind."),
            ),
            models.CheckConstraint(
                name="report_beyond_draft_is_whole_in_each_language_it_has",
                condition=Q(state="draft")
                | (_whole(Language.ZH) & (_whole(Language.EN) | _empty(Language.EN)))
                | (_empty(Language.ZH) & _whole(Language.EN)),
            ),
            models.CheckConstraint(
                name="report_has_an_address_once_published",
                condition=Q(state__in=["draft", "in_review"]) | ~Q(slug=""),
            ),
            models.CheckConstraint(
                name="report_address_is_plain_letters_digits_and_hyphens",
                condition=Q(slug="") | Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
            ),
            models.UniqueConstraint(
                fields=["year", "slug"], name="report_address_is_unique_in_its_year", condition=~Q(slug="")
            ),
            models.CheckConstraint(
                name="report_year_is_of_the_event_until_it_has_an_address",
                condition=~Q(slug="") | Q(event_date__year=F("year")),
            ),
            models.CheckConstraint(
                name="report_has_a_date_added_exactly_when_published_or_withdrawn",
                condition=Q(state__in=["published", "withdrawn"], published_at__isnull=False)
                | Q(state__in=["draft", "in_review"], published_at=None),
            ),
            models.CheckConstraint(
                name="report_is_added_after_the_event",
                condition=Q(published_at=None) | Q(published_at__gte=F("event_date")),
            ),
            models.CheckConstraint(
                name="report_has_a_reason_exactly_when_withdrawn",
                condition=Q(state="withdrawn") & ~Q(withdrawn_reason="")
                | ~Q(state="withdrawn") & Q(withdrawn_reason=""),
            ),
            models.CheckConstraint(name="report_says_who_changed_it", condition=Q(changed_by__isnull=False)),
        ]
        triggers = [
            locks.text_changes_in_drafts(),
            locks.every_revision_has_its_author(),
            locks.only_reviewed_text_is_published(),
            locks.address_is_final(),
            locks.is_never_deleted(),
            pgtrigger.FSM(
                name="report_state_follows_the_workflow",
                field="state",
                transitions=[
                    ("draft", "in_review"),
                    ("in_review", "draft"),
                    ("in_review", "published"),
                    ("published", "withdrawn"),
                    ("withdrawn", "draft"),
                ],
            ),
        ]

    def __str__(self) -> str:
        english_first = get_language() == "en"
        titles = (self.title_en, self.title_zh) if english_first else (self.title_zh, self.title_en)
        return titles[0] or titles[1]

    def save(self, **kwargs) -> None:
        if not self.slug:
            self.year = self.event_date.year
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "year"}
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        """The public page in the reader's language."""
        return reverse("news:article", args=[self.year, self.slug])

    def text(self, field: str, language: Language) -> str:
        """The language's version of title, summary, body or author_line; "" if there is none."""
        return getattr(self, f"{field}_{language}")

    def languages(self) -> list[Language]:
        """In which it can be read: title and text both stand."""
        return [one for one in Language if self.text("title", one) and self.text("body", one)]

    @property
    def kind_labels(self) -> list[str]:
        return [MeetingKind(kind).label for kind in self.kinds]

    @cached_property
    def picture_list(self) -> list[ReportPicture]:
        """In their order, the lead picture first; loaded once."""
        return list(self.pictures.all())

    @property
    def lead_picture(self) -> ReportPicture | None:
        return self.picture_list[0] if self.picture_list else None

    @cached_property
    def last_return(self) -> Review | None:
        """The reviewer's reason, as long as nobody sent the report to review again with success."""
        review = self.reviews.select_related("reviewer__member").last()
        return review if review and review.verdict == Review.Verdict.RETURNED else None


class Authorship(models.Model):
    """Somebody who wrote any revision of a report: made by the database, never taken away."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="authorships")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="author_is_named_once")]
        triggers = append_only.is_append_only()

    def __str__(self) -> str:
        return str(self.user)


@append_only.tracked(exclude=_UNTRACKED)
class ReportPicture(Changed):
    """A picture of a report, the first one leads; its files are named by ``key`` (branch_portal.media)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="pictures")
    key = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    caption_zh = models.CharField(_("caption in Chinese"), max_length=200, blank=True)
    caption_en = models.CharField(_("caption in English"), max_length=300, blank=True)
    alt_zh = models.CharField(_("text alternative in Chinese"), max_length=200, blank=True)
    alt_en = models.CharField(_("text alternative in English"), max_length=300, blank=True)

    objects = ReportPictureQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        triggers = [locks.pictures_change_in_drafts()]

    def __str__(self) -> str:
        return self.caption_zh or self.caption_en

    def text(self, field: str, language: Language) -> str:
        """The language's caption or alt."""
        return getattr(self, f"{field}_{language}")


class Review(models.Model):
    """One reading by somebody who did not write the text: what was looked at, and the verdict."""

    class Verdict(models.TextChoices):
        PUBLISHED = "published", _("published")
        RETURNED = "returned", _("returned")

    report = models.ForeignKey(Report, models.PROTECT, related_name="reviews")
    revision = models.PositiveBigIntegerField()
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    secrecy = models.BooleanField(_("Secrecy: nothing in it is secret or internal."))
    need = models.BooleanField(_("Need: the public should know of it."))
    accuracy = models.BooleanField(_("Accuracy: dates, names, posts and figures are right."))
    names = models.BooleanField(
        _(
            "Names: every name has a post beside it or the person's consent; "
            "no attendance list, grade or criticism."
        )
    )
    alternatives = models.BooleanField(
        _("Pictures: each has a caption and a text alternative that says what it shows.")
    )
    verdict = models.CharField(max_length=9, choices=Verdict)
    note = models.TextField(_("note"), blank=True, max_length=2000)

    CHECKS = ("secrecy", "need", "accuracy", "names", "alternatives")

    class Meta:
        ordering = ("pk",)
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                name="review_publishes_only_with_every_check",
                condition=~Q(verdict="published")
                | Q(secrecy=True, need=True, accuracy=True, names=True, alternatives=True),
            ),
            models.CheckConstraint(
                name="review_returns_with_a_reason", condition=~Q(verdict="returned") | ~Q(note="")
            ),
        ]
        triggers = [*append_only.is_append_only(), locks.reviewer_is_no_author()]

    def __str__(self) -> str:
        return self.get_verdict_display()
