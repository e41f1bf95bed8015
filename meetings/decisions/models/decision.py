"""A matter from its proposal to the check of what became of it."""

from __future__ import annotations

import uuid

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.decisions import locks, wording
from meetings.decisions.models.local import Category
from meetings.decisions.querysets import DecisionQuerySet
from meetings.decisions.rules import Rule, Tally, Verdict, is_nearly_equal, verdict
from meetings.decisions.standard_rules import ABOUT_A_PERSON, Matter
from meetings.models import Meeting
from members import constraints as named
from members.models import Member, User
from members.models.changed import Changed, tracked

NUMBERS = (
    "due",
    "present",
    "yes",
    "no",
    "abstain",
    "written_yes",
    "written_no",
    "written_abstain",
    "recused",
)
VERDICT = ("rule", "quorum_needed", "yes_needed", "counted_yes", "has_quorum", "is_passed")
VOTE = (*NUMBERS, *VERDICT)
# Columns that never change once the matter is settled (``locks``).
CONTENT = (
    "key",
    "meeting_id",
    "matter",
    "about_id",
    "title",
    "text",
    "discussion",
    "proposer_id",
    "category_id",
    "amount",
    "research",
    "risk_check",
    "reviewed_on",
    "review_note",
    "taken_up_from_id",
    "supersedes_id",
    "deferred_because",
    "is_secret",
    *VOTE,
)


def _count(label) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, editable=False)


@tracked()
class Decision(Changed):
    """One matter. Its numbers, and the rule they were judged by, stand as they were when it was voted on."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("of a decision", "proposed")
        REVIEWED = "reviewed", pgettext_lazy("of a decision", "reviewed")
        DISCUSSED = "discussed", pgettext_lazy("of a decision", "discussed")
        DECIDED = "decided", pgettext_lazy("of a decision", "decided")
        DEFERRED = "deferred", pgettext_lazy("of a decision", "deferred")
        REJECTED = "rejected", pgettext_lazy("of a decision", "rejected")
        IN_EXECUTION = "in_execution", pgettext_lazy("of a decision", "in execution")
        COMPLETED = "completed", pgettext_lazy("of a decision", "completed")
        CHECKED = "checked", pgettext_lazy("of a decision", "checked")

        @classmethod
        def open(cls) -> list[str]:
            """Not voted on yet."""
            return list(locks.OPEN)

        @classmethod
        def valid(cls) -> list[str]:
            """Decided, whatever became of it."""
            return [cls.DECIDED, cls.IN_EXECUTION, cls.COMPLETED, cls.CHECKED]

    # Made by the page: the same form sent twice is one matter.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("meeting")
    )
    matter = models.CharField(_("kind of matter"), max_length=12, choices=Matter, default=Matter.ORDINARY)
    about = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about whom")
    )
    title = models.CharField(_("matter"), max_length=200)
    text = models.TextField(_("text of the decision"), max_length=8000)
    discussion = models.TextField(_("summary of the discussion"), max_length=8000, blank=True)
    proposer = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    # Three Importants and One Large.
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("Three Importants and One Large"),
    )
    amount = models.DecimalField(
        _("amount (yuan)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    research = models.TextField(_("research beforehand"), max_length=8000, blank=True)
    risk_check = models.TextField(_("check of risks"), max_length=8000, blank=True)
    # R-3.10: important matters normally go through the committee before the members' meeting.
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    review_note = models.CharField(_("result of the review"), max_length=300, blank=True)
    taken_up_from = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="taken_up_by"
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="superseded_by"
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PROPOSED, editable=False)
    deferred_because = models.CharField(_("why deferred"), max_length=300, blank=True, editable=False)

    # The vote: those of it, not of the whole meeting.
    due = _count(pgettext_lazy("of a vote", "due"))
    present = _count(pgettext_lazy("of a vote", "present"))
    yes = _count(pgettext_lazy("of a vote", "yes"))
    no = _count(pgettext_lazy("of a vote", "no"))
    abstain = _count(_("abstentions"))
    written_yes = _count(_("yes in writing"))
    written_no = _count(_("no in writing"))
    written_abstain = _count(_("abstentions in writing"))
    recused = _count(_("withdrew"))
    is_secret = models.BooleanField(_("by secret ballot"), default=False, editable=False)
    # The rule in force on the day of the meeting, and what came of it.
    rule = models.JSONField(null=True, editable=False)
    quorum_needed = _count(_("needed for the quorum"))
    yes_needed = _count(_("needed to pass"))
    counted_yes = _count(_("yes, counted"))
    has_quorum = models.BooleanField(_("valid"), null=True, editable=False)
    is_passed = models.BooleanField(_("passed"), null=True, editable=False)

    # What becomes of it.
    owner = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person in charge")
    )
    deadline = models.DateField(_("to be done by"), null=True, blank=True)
    published_on = models.DateField(_("made public on"), null=True, blank=True)
    publication = models.CharField(
        _("made public where"),
        max_length=200,
        blank=True,
        help_text=_("For example: notice board, for a week."),
    )
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-meeting__starts_at", "-pk")
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["state", "deadline"], name="decision_by_state")]
        constraints = [
            models.CheckConstraint(
                name="decision_is_about_a_person_exactly_when_its_matter_is",
                condition=Q(matter__in=ABOUT_A_PERSON, about__isnull=False)
                | ~Q(matter__in=ABOUT_A_PERSON) & Q(about=None),
                violation_error_message=_(
                    "Name the one person it is about, where the matter is about a person."
                ),
            ),
            models.CheckConstraint(
                name="decision_is_discussed_in_a_meeting_before_its_vote",
                condition=Q(state__in=["proposed", "reviewed"])
                | ~Q(discussion="") & Q(meeting__isnull=False),
                violation_error_message=_("A matter is put to the vote only after a discussion."),
            ),
            models.CheckConstraint(
                name="decision_has_its_whole_vote_or_none",
                condition=Q(**{f"{name}__isnull": True for name in VOTE})
                | Q(**{f"{name}__isnull": False for name in VOTE}),
            ),
            models.CheckConstraint(
                name="decision_is_voted_on_exactly_when_settled",
                condition=Q(state__in=locks.OPEN, due=None)
                | Q(state="deferred")
                | ~Q(state__in=[*locks.OPEN, "deferred"]) & Q(due__isnull=False),
            ),
            models.CheckConstraint(
                name="present_are_among_those_due",
                condition=Q(present=None) | Q(present__lte=F("due")),
                violation_error_message=_("No more can be present than are due."),
            ),
            models.CheckConstraint(
                name="votes_are_of_those_present",
                condition=Q(present=None) | Q(present__gte=F("yes") + F("no") + F("abstain")),
                violation_error_message=_("There are more votes than people present."),
            ),
            models.CheckConstraint(
                name="written_opinions_are_of_those_absent",
                condition=Q(due=None)
                | Q(due__gte=F("present") + F("written_yes") + F("written_no") + F("written_abstain")),
                violation_error_message=_("There are more opinions in writing than people absent."),
            ),
            models.CheckConstraint(
                name="counted_votes_are_with_or_without_those_in_writing",
                condition=Q(counted_yes=None)
                | Q(counted_yes=F("yes"))
                | Q(counted_yes=F("yes") + F("written_yes")),
            ),
            models.CheckConstraint(
                name="quorum_follows_from_the_numbers",
                condition=Q(has_quorum=None)
                | Q(has_quorum=True, present__gte=F("quorum_needed"))
                | Q(has_quorum=False, present__lt=F("quorum_needed")),
            ),
            models.CheckConstraint(
                name="passing_follows_from_the_numbers",
                condition=Q(is_passed=None)
                | Q(is_passed=True, has_quorum=True, counted_yes__gte=F("yes_needed"))
                | Q(is_passed=False) & (Q(has_quorum=False) | Q(counted_yes__lt=F("yes_needed"))),
            ),
            models.CheckConstraint(
                name="decided_is_what_passed_and_rejected_what_did_not",
                condition=Q(state__in=[*locks.OPEN, "deferred"])
                | Q(state="rejected", has_quorum=True, is_passed=False)
                | ~Q(state__in=[*locks.OPEN, "deferred", "rejected"]) & Q(is_passed=True),
            ),
            models.CheckConstraint(
                name="vote_on_a_person_is_secret",
                condition=Q(due=None) | ~Q(matter__in=ABOUT_A_PERSON) | Q(is_secret=True),
                violation_error_message=_("On people the vote is by secret ballot."),
            ),
            models.CheckConstraint(
                name="important_matter_is_researched_before_its_vote",
                condition=Q(category=None) | Q(due=None) | ~Q(research="") & ~Q(risk_check=""),
                violation_error_message=_(
                    "An important matter needs research and a check of risks before its vote."
                ),
            ),
            models.CheckConstraint(
                name="execution_has_an_owner_and_a_deadline",
                condition=~Q(state__in=["in_execution", "completed", "checked"])
                | Q(owner__isnull=False, deadline__isnull=False),
                violation_error_message=_("Name the person in charge and the day by which it is to be done."),
            ),
            models.CheckConstraint(
                name="decision_says_why_exactly_when_deferred",
                condition=Q(state="deferred") & ~Q(deferred_because="")
                | ~Q(state="deferred") & Q(deferred_because=""),
            ),
            models.CheckConstraint(
                name="decision_is_checked_by_somebody_exactly_when_checked",
                condition=Q(state="checked", checked_by__isnull=False)
                | ~Q(state="checked") & Q(checked_by=None),
            ),
            models.CheckConstraint(
                name="amount_of_a_decision_is_not_negative", condition=Q(amount=None) | Q(amount__gte=0)
            ),
            models.CheckConstraint(
                name="decision_follows_another_one_not_itself",
                condition=(Q(supersedes=None) | ~Q(supersedes=F("id")))
                & (Q(taken_up_from=None) | ~Q(taken_up_from=F("id"))),
            ),
        ]
        triggers = [
            locks.decision_stands_as_it_was_taken(CONTENT),
            locks.decision_is_never_deleted_once_discussed(),
            locks.decision_is_taken_before_the_minutes_are_signed(CONTENT),
            pgtrigger.FSM(
                name="decision_state_follows_the_workflow",
                field="state",
                transitions=[
                    ("proposed", "reviewed"),
                    ("proposed", "discussed"),
                    ("reviewed", "discussed"),
                    ("discussed", "decided"),
                    ("discussed", "rejected"),
                    ("discussed", "deferred"),
                    ("decided", "in_execution"),
                    ("in_execution", "completed"),
                    ("completed", "in_execution"),
                    ("completed", "checked"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def validate_constraints(self, exclude=None) -> None:
        named.validate(
            self,
            exclude,
            {
                "decision_is_about_a_person_exactly_when_its_matter_is": "about",
                "decision_is_discussed_in_a_meeting_before_its_vote": "discussion",
                "present_are_among_those_due": "present",
                "votes_are_of_those_present": "yes",
                "written_opinions_are_of_those_absent": "written_yes",
                "vote_on_a_person_is_secret": "is_secret",
                "important_matter_is_researched_before_its_vote": "research",
                "execution_has_an_owner_and_a_deadline": "owner",
            },
        )

    @property
    def is_open(self) -> bool:
        return self.state in self.State.open()

    @property
    def is_about_a_person(self) -> bool:
        return self.matter in ABOUT_A_PERSON

    @property
    def is_important(self) -> bool:
        """Of Three Importants and One Large, or about a person."""
        return self.category_id is not None or self.is_about_a_person

    @property
    def was_voted_on(self) -> bool:
        return self.due is not None

    @property
    def tally(self) -> Tally:
        return Tally(
            self.due,
            self.present,
            self.yes,
            self.no,
            self.abstain,
            self.written_yes,
            self.written_no,
            self.written_abstain,
        )

    @cached_property
    def taken_by(self) -> Rule:
        """The rule it was voted on by."""
        return Rule.from_dict(self.rule)

    @cached_property
    def verdict(self) -> Verdict:
        """From the stored numbers and the stored rule, whatever holds today."""
        return verdict(self.taken_by, self.tally)

    @property
    def rule_source(self) -> str:
        return wording.source(self.taken_by)

    @property
    def reason(self) -> str:
        """Why it passed or not, in words."""
        return wording.reason(self.taken_by, self.verdict, due=self.due, present=self.present)

    @property
    def is_close(self) -> bool:
        """An important matter with nearly equal sides."""
        reached = self.verdict
        return self.is_important and is_nearly_equal(reached.counted_yes, reached.counted_no)
