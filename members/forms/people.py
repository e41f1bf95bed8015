"""The record of a person, their posts, and the search for people."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from members.forms.fields import DayInput, not_to_come, untagged
from members.models import Member, PartyGroup, Position
from members.querysets import MemberQuerySet


class MemberForm(ThreeWayModelForm):
    class Meta:
        model = Member
        fields: ClassVar = [
            "name",
            "reading",
            "gender",
            "birth_date",
            "stage",
            "admitted_on",
            "confirmed_on",
            "party_group",
            "left_on",
        ]
        widgets: ClassVar = {
            "birth_date": DayInput(),
            "admitted_on": DayInput(),
            "confirmed_on": DayInput(),
            "left_on": DayInput(),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_on"].help_text = _(
            "Only when the person has left the branch. The record stays, posts end on that day, "
            "and the desk is closed to the person."
        )
        if not self.instance.pk:
            del self.fields["left_on"]
        self.helper = untagged(
            Row(Column("name", css_class="col-md-6"), Column("reading", css_class="col-md-6")),
            Row(Column("gender", css_class="col-md-6"), Column("birth_date", css_class="col-md-6")),
            Row(Column("stage", css_class="col-md-6"), Column("party_group", css_class="col-md-6")),
            Row(Column("admitted_on", css_class="col-md-6"), Column("confirmed_on", css_class="col-md-6")),
            *(["left_on"] if self.instance.pk else []),
        )

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "birth_date", "admitted_on", "confirmed_on", "left_on")
        return cleaned_data


class PostForm(forms.ModelForm):
    """A new post of a person; the person stands on the instance."""

    class Meta:
        model = Position
        fields: ClassVar = ["post", "party_group", "started_on", "ended_on"]
        widgets: ClassVar = {"started_on": DayInput(), "ended_on": DayInput()}
        help_texts: ClassVar = {
            "party_group": _("Only for a group leader: the group that the person leads."),
            "started_on": _("The first day of the post."),
            "ended_on": _("The last day of the post; leave it empty while the post is held."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged(
            Row(Column("post", css_class="col-md-6"), Column("party_group", css_class="col-md-6")),
            Row(Column("started_on", css_class="col-md-6"), Column("ended_on", css_class="col-md-6")),
        )


class EndOfPostForm(forms.Form):
    """The last day of a post; what it may be is the action's to say."""

    ended_on = forms.DateField(
        label=capfirst(_("until")),
        widget=DayInput(),
        help_text=_("The last day of the post. The rights that come with it end after that day."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class PeopleFilter(forms.Form):
    """The search above the list, kept in the address. A value that makes no sense filters nothing."""

    WHO_LEFT = "left"

    q = forms.CharField(label=_("Name or pinyin"), required=False, max_length=60)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    group = forms.ModelChoiceField(
        PartyGroup.objects.all(), label=_("Party group"), required=False, empty_label=_("all groups")
    )
    who = forms.ChoiceField(
        label=_("In the branch"), required=False, choices=[("", _("now")), (WHO_LEFT, _("left the branch"))]
    )

    def __init__(self, data, *, sees_who_left: bool) -> None:
        super().__init__(data)
        self.fields["stage"].choices = [("", _("all stages")), *Member.Stage.choices]
        if not sees_who_left:
            del self.fields["who"]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "q" else "form-select"

    @property
    def is_used(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def apply(self, members: MemberQuerySet) -> MemberQuerySet:
        self.is_valid()
        asked = self.cleaned_data
        found = members.search(asked.get("q") or "")
        if asked.get("stage"):
            found = found.filter(stage=asked["stage"])
        if asked.get("group"):
            found = found.filter(party_group=asked["group"])
        return found.left() if asked.get("who") == self.WHO_LEFT else found.current()
