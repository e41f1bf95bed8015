"""What may be typed of a talk."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.layout import Column, Row
from django import forms
from django.utils import timezone

from branch_portal.forms.three_way import ThreeWayModelForm
from meetings.talks.models import Talk
from members.forms.fields import DayInput, not_to_come, untagged
from members.models import Member, User
from members.permissions import Capability

_TEXTS = ("points", "problems", "wishes", "follow_up")


class TalkForm(ThreeWayModelForm):
    """``by``: who types. A member enters the own talks, the secretary those of others too."""

    class Meta:
        model = Talk
        fields: ClassVar = ["on", "place", "kind", "talker", "partner", *_TEXTS]
        widgets: ClassVar = {
            "on": DayInput(),
            **{name: forms.Textarea(attrs={"rows": 3}) for name in _TEXTS},
        }

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = Member.objects.party_members()
        self.fields["talker"].queryset = self.fields["partner"].queryset = people
        if not by.may(Capability.READ_TALKS):
            self.fields["talker"].queryset = people.filter(pk=by.member_id)
            self.fields["partner"].queryset = people.exclude(pk=by.member_id)
        layout = [
            Row(
                Column("on", css_class="col-sm-4"),
                Column("place", css_class="col-sm-4"),
                Column("kind", css_class="col-sm-4"),
            ),
            Row(Column("talker", css_class="col-sm-6"), Column("partner", css_class="col-sm-6")),
            *_TEXTS,
        ]
        if self.instance.pk:
            for name in ("talker", "partner"):
                self.fields[name].queryset = Member.objects.all()
                self.fields[name].disabled = True
        else:
            self.initial.setdefault("talker", by.member_id)
            self.initial.setdefault("on", timezone.localdate())
            self.fields["key"] = forms.UUIDField(
                widget=forms.HiddenInput, required=False, initial=self.instance.key
            )
            layout.append("key")
        self.helper = untagged(*layout)

    def clean_key(self):
        if key := self.cleaned_data["key"]:
            self.instance.key = key
        return key

    def clean(self) -> dict:
        not_to_come(self, "on")
        return super().clean()
