"""What becomes of a decision."""

from __future__ import annotations

import uuid
from typing import ClassVar

from crispy_forms.layout import Column, Row
from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from meetings.decisions.models import Decision
from members.forms.fields import DayInput, not_to_come, untagged
from members.models import Member


class ArrangementForm(ThreeWayModelForm):
    class Meta:
        model = Decision
        fields: ClassVar = ["owner", "deadline", "published_on", "publication"]
        widgets: ClassVar = {"deadline": DayInput(), "published_on": DayInput()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = Member.objects.current() | Member.objects.filter(pk=self.instance.owner_id)
        self.fields["owner"].queryset = people
        if self.instance.state != Decision.State.DECIDED:
            self.fields["owner"].required = self.fields["deadline"].required = True
        self.helper = untagged(
            Row(Column("owner", css_class="col-md-6"), Column("deadline", css_class="col-md-6")),
            Row(Column("published_on", css_class="col-md-6"), Column("publication", css_class="col-md-6")),
        )

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "published_on")
        return cleaned_data


class NoteForm(forms.Form):
    """A note of a day; ``key`` is made by the page, so that a double click makes one note."""

    on = forms.DateField(label=capfirst(_("day")), widget=DayInput())
    text = forms.CharField(
        label=_("What was done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())
        self.initial.setdefault("key", uuid.uuid4())
        self.helper = untagged()

    def clean(self) -> dict:
        cleaned_data = super().clean()
        not_to_come(self, "on")
        return cleaned_data
