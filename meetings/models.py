"""A meeting and everything its record holds."""

from __future__ import annotations

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branch_portal import append_only
from branch_portal.richtext.fields import RichTextField
from meetings import locks
from meetings.kinds import AgendaKind, MeetingKind
from meetings.lateness import is_late
from meetings.querysets import MeetingQuerySet, SignatureQuerySet, SignatureVoidQuerySet
from members import constraints
from members.models import Member, PartyGroup, User

# Who last touched a row and when is no event of its own: it changes with what it describes.
_UNTRACKED = ["revision", "changed_at"]


class Changed(models.Model):
    """Who changed a row last, when, and at which revision of its meeting.

    ``revision`` grows in the order of commits, since every writer holds the lock on the meeting's row:
    a page asks "what is newer than the revision I have".
    """

    revision = models.PositiveBigIntegerField(default=0, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True


@append_only.tracked(exclude=_UNTRACKED)
class Meeting(Changed):
    """One event of the branch's organizational life, from its plan to its signed minutes."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        IN_SESSION = "in_session", _("in session")
        DRAFT_MINUTES = "draft_minutes", _("draft minutes")
        SIGNED_OFF = "signed_off", _("signed off")
        CANCELLED = "cancelled", _("cancelled")

    title = models.CharField(_("title"), max_length=200)
    kinds = ArrayField(models.CharField(max_length=20, choices=MeetingKind), verbose_name=_("kinds"))
    for_year = models.PositiveSmallIntegerField(
        _("for the year"), help_text=_("The year the meeting counts for; it may be held in the next one.")
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_link = models.URLField(_("online link"), max_length=500, blank=True)
    # With the meeting, so that who was late in signed minutes stays late when the branch changes its habit.
    grace_minutes = models.PositiveSmallIntegerField(
        _("late after (minutes)"), default=10, validators=[MaxValueValidator(120)], editable=False
    )
    party_group = models.ForeignKey(
        PartyGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("Party group"),
    )
    chair = models.ForeignKey(
        Member, models.PROTECT, related_name="chaired_meetings", verbose_name=_("chair")
    )
    recorder = models.ForeignKey(
        Member, models.PROTECT, related_name="recorded_meetings", verbose_name=_("recorder")
    )
    state = models.CharField(_("state"), max_length=13, choices=State, default=State.PLANNED, editable=False)
    cancel_reason = models.CharField(
        _("reason of the cancellation"), max_length=300, blank=True, editable=False
    )
    # Made by the page of the plan: the same plan sent twice is one meeting.
    plan_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    signed_off_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    signed_off_at = models.DateTimeField(null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "-pk")
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="meeting_by_time"),
            GinIndex(fields=["kinds"], name="meeting_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="meeting_is_of_at_least_one_known_kind",
                condition=Q(kinds__len__gt=0, kinds__contained_by=MeetingKind.values),
                violation_error_message=_("Choose at least one kind."),
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The meeting cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="meeting_has_a_place_or_a_link",
                condition=~Q(place="") | ~Q(online_link=""),
                violation_error_message=_("Give a place, an online link, or both."),
            ),
            models.CheckConstraint(
                name="group_meeting_names_its_group",
                condition=~Q(kinds__contains=["group_meeting"]) | Q(party_group__isnull=False),
                violation_error_message=_("A group meeting needs its Party group."),
            ),
            models.CheckConstraint(
                name="meeting_has_a_cancel_reason_exactly_when_cancelled",
                condition=Q(state="cancelled") & ~Q(cancel_reason="")
                | ~Q(state="cancelled") & Q(cancel_reason=""),
            ),
            models.CheckConstraint(
                name="meeting_is_signed_by_somebody_exactly_when_signed_off",
                condition=Q(state="signed_off", signed_off_by__isnull=False, signed_off_at__isnull=False)
                | ~Q(state="signed_off") & Q(signed_off_by=None, signed_off_at=None),
            ),
        ]
        triggers = [
            locks.meeting_is_locked_when_signed(),
            locks.changed_facts_void_the_signatures(),
            locks.minutes_are_signed_off_by_both(),
            locks.is_never_deleted(),
            pgtrigger.FSM(
                name="meeting_state_follows_the_workflow",
                field="state",
                transitions=[
                    ("planned", "in_session"),
                    ("planned", "cancelled"),
                    ("in_session", "draft_minutes"),
                    ("in_session", "cancelled"),
                    ("draft_minutes", "signed_off"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def validate_constraints(self, exclude=None) -> None:
        """Each violated constraint beside the field where a reader mends it."""
        constraints.validate(
            self,
            exclude,
            {
                "meeting_is_of_at_least_one_known_kind": "kinds",
                "meeting_ends_after_it_starts": "ends_at",
                "meeting_has_a_place_or_a_link": "place",
                "group_meeting_names_its_group": "party_group",
            },
        )

    @property
    def kind_labels(self) -> list[str]:
        return [MeetingKind(kind).label for kind in self.kinds]

    @property
    def is_locked(self) -> bool:
        return self.state in {self.State.SIGNED_OFF, self.State.CANCELLED}

    @cached_property
    def is_for_signature(self) -> bool:
        """Of draft minutes: the recorder has signed the text as it stands. One query; lists bring it along
        (``MeetingQuerySet.with_signing``)."""
        return self.signatures.standing().filter(capacity=Signature.Capacity.RECORDER).exists()

    @property
    def stage(self) -> Stage:
        """The state, draft minutes parted by whether they are for signature. A query only for draft minutes."""
        is_draft = self.state == self.State.DRAFT_MINUTES
        return Stage.FOR_SIGNATURE if is_draft and self.is_for_signature else Stage(self.state)

    def forget_signing(self) -> None:
        """The text or its signatures changed: ask again."""
        self.__dict__.pop("is_for_signature", None)

    @cached_property
    def attendance_list(self) -> list[Attendance]:
        """Who was invited, in the order of names, loaded once."""
        return list(self.attendances.select_related("member__party_group"))


class Stage(models.TextChoices):
    """The states of a meeting, and between draft and signed minutes: the recorder has signed, the chair has not."""

    PLANNED = "planned", _("planned")
    IN_SESSION = "in_session", _("in session")
    DRAFT_MINUTES = "draft_minutes", _("draft minutes")
    FOR_SIGNATURE = "for_signature", _("for signature")
    SIGNED_OFF = "signed_off", _("signed off")
    CANCELLED = "cancelled", _("cancelled")


class RecordRow(Changed):
    """One row of a meeting's record. Its id is made by whoever types it, so that a retry makes no second row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ("position", "id")


class Attendance(Changed):
    """A member invited to a meeting, and whether the person came."""

    class Status(models.TextChoices):
        UNMARKED = "", _("not marked yet")
        PRESENT = "present", _("present")
        ONLINE = "online", _("online")
        LEAVE = "leave", _("on leave")
        ABSENT = "absent", _("absent")

    class LeaveReason(models.TextChoices):
        SICK = "sick", _("illness")
        PERSONAL = "personal", _("personal affairs")
        DUTY = "duty", _("official duty")
        CARED_FOR = "cared_for", _("old, ill or frail: excused and cared for")
        OTHER = "other", _("other reason")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances", verbose_name=_("member"))
    has_vote = models.BooleanField(editable=False)
    status = models.CharField(
        _("attendance"), max_length=8, choices=Status, default=Status.UNMARKED, blank=True
    )
    leave_reason = models.CharField(_("reason"), max_length=9, choices=LeaveReason, blank=True)
    leave_note = models.CharField(_("note"), max_length=200, blank=True)
    # To the minute. Known of those who checked in by themselves, or if the recorder typed them.
    arrived_at = models.DateTimeField(_("came at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left early at"), null=True, blank=True)

    class Meta:
        ordering = ("member__sort_key", "member_id")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="member_is_invited_once"),
            models.CheckConstraint(
                name="only_leave_has_a_reason",
                condition=Q(status="leave") | Q(leave_reason="", leave_note=""),
                violation_error_message=_("Only somebody on leave has a reason."),
            ),
            models.CheckConstraint(
                name="only_somebody_who_came_has_times",
                condition=Q(status__in=["present", "online"]) | Q(arrived_at=None, left_at=None),
            ),
            models.CheckConstraint(
                name="nobody_leaves_before_coming",
                condition=Q(arrived_at=None) | Q(left_at=None) | Q(left_at__gt=F("arrived_at")),
            ),
        ]
        triggers = [locks.minutes_are_signed_as_they_stand()]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_status_display()}"

    @property
    def came(self) -> bool:
        """R-3.x: taking part online is taking part."""
        return self.status in {self.Status.PRESENT, self.Status.ONLINE}

    @property
    def is_late(self) -> bool:
        return is_late(self.arrived_at, self.meeting.starts_at, self.meeting.grace_minutes)


class Guest(RecordRow):
    """Somebody from outside, attending without vote (列席): neither due nor counted among those here."""

    class Status(models.TextChoices):
        UNMARKED = "", _("not marked yet")
        CAME = "came", pgettext_lazy("of a guest", "came")
        ABSENT = "absent", pgettext_lazy("of a guest", "did not come")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests")
    name = models.CharField(_("name"), max_length=60)
    role = models.CharField(_("unit and post"), max_length=120, blank=True)
    status = models.CharField(
        _("attendance"), max_length=6, choices=Status, default=Status.UNMARKED, blank=True
    )

    class Meta(RecordRow.Meta):
        triggers = [locks.minutes_are_signed_as_they_stand()]

    def __str__(self) -> str:
        return self.name


class AgendaItem(RecordRow):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_items")
    kind = models.CharField(_("kind"), max_length=20, choices=AgendaKind, default=AgendaKind.OTHER)
    title = models.CharField(_("title"), max_length=200)
    presenter = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("presented by")
    )
    notes = RichTextField(_("notes"), blank=True)

    class Meta(RecordRow.Meta):
        triggers = [locks.minutes_are_signed_as_they_stand()]

    def __str__(self) -> str:
        return self.title


class StudyTopic(RecordRow):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="study_topics")
    title = models.CharField(_("what was studied"), max_length=300)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta(RecordRow.Meta):
        triggers = [locks.minutes_are_signed_as_they_stand()]

    def __str__(self) -> str:
        return self.title


class Problem(RecordRow):
    """A problem found, why it is there, what is done about it and by when; the ledger grows from these rows."""

    class Level(models.TextChoices):
        COMMITTEE = "committee", _("branch committee")
        MEMBER = "member", _("single member")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="problems")
    level = models.CharField(_("level"), max_length=9, choices=Level, default=Level.COMMITTEE)
    description = models.TextField(_("problem"))
    cause = models.TextField(_("root cause"), blank=True)
    measure = models.TextField(_("rectification measure"), blank=True)
    in_charge = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person in charge")
    )
    due_on = models.DateField(_("to be done by"), null=True, blank=True)

    class Meta(RecordRow.Meta):
        triggers = [locks.minutes_are_signed_as_they_stand()]

    def __str__(self) -> str:
        return self.description


class Criticism(RecordRow):
    """What somebody said of themselves, or of somebody else; signed, not secret (handbook 7.2, step 5)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="criticisms")
    speaker = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("speaker"))
    about = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("about"),
        help_text=_("Empty for self-criticism."),
    )
    text = models.TextField(_("main points"))

    class Meta(RecordRow.Meta):
        triggers = [locks.minutes_are_signed_as_they_stand()]

    def __str__(self) -> str:
        return self.text

    @property
    def is_self_criticism(self) -> bool:
        return self.about_id in {None, self.speaker_id}


class Requirement(RecordRow):
    """What the chair asks for at the end."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="requirements")
    title = models.CharField(_("requirement"), max_length=200)
    text = models.TextField(_("explanation"), blank=True)

    class Meta(RecordRow.Meta):
        triggers = [locks.minutes_are_signed_as_they_stand()]

    def __str__(self) -> str:
        return self.title


class Photo(RecordRow):
    """A photograph of the meeting; its files are named by ``key`` (branch_portal.media.pictures)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="photos")
    key = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    caption = models.CharField(_("caption"), max_length=200, blank=True)

    class Meta(RecordRow.Meta):
        triggers = [locks.minutes_are_signed_as_they_stand()]

    def __str__(self) -> str:
        return self.caption


class Attachment(RecordRow):
    """A paper of the meeting, or of one agenda item; its file is named by ``key`` (branch_portal.media.documents)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attachments")
    agenda_item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("agenda item"),
    )
    key = models.CharField(max_length=32, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=150, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(editable=False)

    class Meta(RecordRow.Meta):
        triggers = [locks.minutes_are_signed_as_they_stand()]

    def __str__(self) -> str:
        return self.name


class Correction(models.Model):
    """Why signed minutes were changed; the earlier text is in the history of each row."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="corrections")
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.CheckConstraint(name="correction_gives_a_reason", condition=~Q(reason=""))]
        triggers = [locks.correction_is_signed(), *append_only.is_append_only()]

    def __str__(self) -> str:
        return self.reason


class Signature(models.Model):
    """That somebody signed the minutes: in which capacity, when, which text, and in whose place for which reason.

    Of a text that was changed afterwards, while it was still a draft, the signature stands no longer (``SignatureVoid``).
    """

    class Capacity(models.TextChoices):
        RECORDER = "recorder", _("Recorder")
        CHAIR = "chair", _("Chair")
        CORRECTION = "correction", _("Correction")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="signatures")
    capacity = models.CharField(max_length=10, choices=Capacity)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Whose signature the minutes ask for; a correction asks for nobody's but its maker's.
    signed_for = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    in_place_because = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField()
    revision = models.PositiveBigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    correction = models.OneToOneField(
        Correction, models.PROTECT, null=True, blank=True, related_name="signature"
    )
    # Signed off before signatures were kept: what text it was stands in the history alone.
    is_from_sign_off = models.BooleanField(default=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ("signed_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="signature_names_a_correction_exactly_when_it_is_of_one",
                condition=Q(capacity="correction", correction__isnull=False)
                | ~Q(capacity="correction") & Q(correction=None),
            ),
            models.CheckConstraint(
                name="signature_is_somebodys_exactly_when_not_of_a_correction",
                condition=Q(capacity="correction", signed_for=None, in_place_because="")
                | ~Q(capacity="correction") & Q(signed_for__isnull=False),
            ),
            models.CheckConstraint(
                name="signature_names_the_text_that_was_signed",
                condition=Q(is_from_sign_off=False, revision__isnull=False, digest__regex="^[0-9a-f]{64}$")
                | Q(is_from_sign_off=True, capacity="chair", revision=None, digest=""),
            ),
        ]
        triggers = [locks.signature_follows_the_rules(), *append_only.is_append_only()]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()}: {self.signed_by}"

    @property
    def fingerprint(self) -> str:
        """The beginning of the digest, in groups that can be compared with a paper."""
        return " ".join(self.digest[place : place + 4] for place in range(0, 16, 4)).strip()


class SignatureVoid(models.Model):
    """The text was changed after the signature. Put in by the database, whoever made the change."""

    signature = models.OneToOneField(Signature, models.PROTECT, related_name="void")
    voided_at = models.DateTimeField()
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = SignatureVoidQuerySet.as_manager()

    class Meta:
        triggers = append_only.is_append_only()

    def __str__(self) -> str:
        return str(self.signature)


RECORD_ROWS = (
    Attendance,
    Guest,
    AgendaItem,
    StudyTopic,
    Problem,
    Criticism,
    Requirement,
    Photo,
    Attachment,
)

for _model in RECORD_ROWS:
    append_only.tracked(exclude=_UNTRACKED)(_model)
