"""A matter before its vote: what it is, who proposes it, what was looked into, what was said."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from meetings.decisions.models import Category, Decision
from meetings.decisions.standard_rules import Matter, matters_of
from meetings.models import Meeting
from members.forms.fields import DayInput, not_to_come, untagged
from members.models import Member, User

_HELD = [Meeting.State.IN_SESSION, Meeting.State.DRAFT_MINUTES]
_TO_COME = [Meeting.State.PLANNED, *_HELD]


class MeetingChoice(forms.ModelChoiceField):
    """A meeting by its title and day."""

    def label_from_instance(self, meeting: Meeting) -> str:
        return f"{meeting.title} · {meeting.starts_at:%Y-%m-%d}"


def meetings_for(user: User, *, held_only: bool = False):
    """Meetings whose record is open, that the user may see; the newest first. Group meetings decide nothing."""
    states = _HELD if held_only else _TO_COME
    return Meeting.objects.visible_to(user).filter(state__in=states).exclude(kinds=["group_meeting"])


class MatterForm(ThreeWayModelForm):
    """A matter, new or not voted on yet; its meeting stands on the instance."""

    class Meta:
        model = Decision
        fields: ClassVar = [
            "matter",
            "about",
            "title",
            "text",
            "proposer",
            "discussion",
            "category",
            "amount",
            "research",
            "risk_check",
        ]
        widgets: ClassVar = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "discussion": forms.Textarea(attrs={"rows": 5}),
            "research": forms.Textarea(attrs={"rows": 3}),
            "risk_check": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar = {
            "about": _(
                "Only for admissions, confirmations, extensions, cancellations and elections: one person at a time."
            ),
            "category": _("Leave empty for everyday matters."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = Member.objects.current()
        self.fields["about"].queryset = people | Member.objects.filter(pk=self.instance.about_id)
        self.fields["proposer"].queryset = people | Member.objects.filter(pk=self.instance.proposer_id)
        self.fields["category"].queryset = Category.objects.filter(
            Q(is_used=True) | Q(pk=self.instance.category_id)
        )
        offered = matters_of(self.instance.meeting.kinds) if self.instance.meeting else list(Matter)
        self.fields["matter"].choices = [(matter, matter.label) for matter in offered]
        if self.instance.state == Decision.State.DISCUSSED:
            self.fields["discussion"].required = True
        else:
            del self.fields["discussion"]
        self.helper = untagged(
            Row(Column("matter", css_class="col-md-6"), Column("about", css_class="col-md-6")),
            "title",
            "text",
            "proposer",
            *(["discussion"] if "discussion" in self.fields else []),
            Fieldset(
                _("Three Importants and One Large"),
                Row(Column("category", css_class="col-md-6"), Column("amount", css_class="col-md-6")),
                "research",
                "risk_check",
            ),
        )


class NewMatterForm(MatterForm):
    """With the choice of the meeting, where the page does not say it."""

    meeting = MeetingChoice(
        label=capfirst(_("meeting")),
        queryset=Meeting.objects.none(),
        required=False,
        help_text=_("It may be chosen later."),
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings_for(user)
        self.helper.layout.insert(0, "meeting")

    def clean_meeting(self) -> Meeting | None:
        self.instance.meeting = self.cleaned_data["meeting"]
        return self.cleaned_data["meeting"]


class ReviewForm(forms.Form):
    """R-3.10."""

    on = forms.DateField(label=_("Reviewed on"), widget=DayInput())
    note = forms.CharField(
        label=_("Result of the review"),
        max_length=300,
        help_text=_("For example: the committee agrees and puts it to the members' meeting."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "on")
        return cleaned_data


class DiscussionForm(forms.Form):
    """R-3.11. ``decision`` without a meeting: the meeting is chosen too."""

    meeting = MeetingChoice(label=capfirst(_("meeting")), queryset=Meeting.objects.none())
    discussion = forms.CharField(
        label=_("Summary of the discussion"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Who spoke and the main points, differing views too. Without it nothing is put to the vote."
        ),
    )

    def __init__(self, *args, decision: Decision, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if decision.meeting_id:
            del self.fields["meeting"]
        else:
            self.fields["meeting"].queryset = meetings_for(user, held_only=True)
        self.initial.setdefault("discussion", decision.discussion)
        self.helper = untagged()


class TakeUpForm(forms.Form):
    """At which meeting a matter comes up again."""

    meeting = MeetingChoice(
        label=capfirst(_("meeting")),
        queryset=Meeting.objects.none(),
        required=False,
        help_text=_("It may be chosen later."),
    )

    def __init__(self, *args, decision: Decision, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings_for(user).exclude(pk=decision.meeting_id)
        self.helper = untagged()
