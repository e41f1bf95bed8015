"""What may be typed into the two lists."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.layout import Column, Row
from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.filters import FilterForm
from branch_portal.forms.three_way import ThreeWayModelForm
from meetings.integrity.models import Fulfilment, Level, Responsibility, RiskPoint, RiskReview
from meetings.integrity.querysets import RiskPointQuerySet
from members.forms.fields import DayInput, not_to_come, untagged
from members.models import Member


class Keyed:
    """A form for a new row carries the row's key, so that sending it twice makes one row."""

    def add_key(self) -> None:
        key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=self.instance.key)
        self.fields["key"] = key

    def clean_key(self):
        if key := self.cleaned_data["key"]:
            self.instance.key = key
        return key


class RiskPointForm(Keyed, ThreeWayModelForm):
    class Meta:
        model = RiskPoint
        fields: ClassVar = ["unit", "kind", "point", "signs", "measures", "head", "leader"]
        widgets: ClassVar = {
            "signs": forms.Textarea(attrs={"rows": 3}),
            "measures": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = Member.objects.current()
        layout = [
            Row(Column("unit", css_class="col-sm-6"), Column("kind", css_class="col-sm-6")),
            "point",
            "signs",
            "measures",
            Row(Column("head", css_class="col-sm-6"), Column("leader", css_class="col-sm-6")),
        ]
        if not self.instance.pk:
            self.add_key()
            layout.append("key")
        self.helper = untagged(*layout)


class RiskFilter(FilterForm):
    """The filters above the catalogue, kept in the address. A value that makes no sense filters nothing."""

    q = forms.CharField(label=_("Department or risk point"), required=False, max_length=60)
    level = forms.ChoiceField(
        label=capfirst(_("risk level")), required=False, choices=[("", _("all")), *Level.choices]
    )
    state = forms.ChoiceField(
        label=capfirst(_("state")),
        required=False,
        choices=[("", _("in the catalogue")), ("to_review", _("review due")), *RiskPoint.State.choices],
    )

    def apply(self, points: RiskPointQuerySet) -> RiskPointQuerySet:
        self.is_valid()
        asked = self.cleaned_data
        if words := asked.get("q"):
            points = points.matching(words)
        if level := asked.get("level"):
            points = points.filter(level=level)
        state = asked.get("state")
        if state == "to_review":
            return points.to_review(timezone.localdate())
        return points.filter(state=state) if state else points.standing()


class RateForm(forms.Form):
    level = forms.ChoiceField(
        label=capfirst(_("risk level")), choices=Level.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class DayForm(forms.Form):
    on = forms.DateField(label=_("From which day"), widget=DayInput())

    def __init__(self, *args, label: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
        if label:
            self.fields["on"].label = label
        self.helper = untagged()


class ReviewForm(Keyed, forms.ModelForm):
    class Meta:
        model = RiskReview
        fields: ClassVar = ["on", "occasion", "outcome", "level", "reason"]
        widgets: ClassVar = {"on": DayInput()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.add_key()
        self.fields["on"].initial = timezone.localdate()
        self.helper = untagged()

    def clean(self) -> dict:
        not_to_come(self, "on")
        return super().clean()


class ResponsibilityForm(Keyed, ThreeWayModelForm):
    class Meta:
        model = Responsibility
        fields: ClassVar = [
            "holder",
            "post",
            "work_duty",
            "integrity_duty",
            "measure",
            "frequency",
            "started_on",
        ]
        widgets: ClassVar = {
            "started_on": DayInput(),
            **{
                name: forms.Textarea(attrs={"rows": 3}) for name in ("work_duty", "integrity_duty", "measure")
            },
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = Member.objects.current()
        layout = [
            Row(Column("holder", css_class="col-sm-6"), Column("post", css_class="col-sm-6")),
            "work_duty",
            "integrity_duty",
            "measure",
            Row(Column("frequency", css_class="col-sm-6"), Column("started_on", css_class="col-sm-6")),
        ]
        if not self.instance.pk:
            self.add_key()
            layout.append("key")
        else:
            self.fields["holder"].disabled = True  # what was done belongs to the one who did it
        self.helper = untagged(*layout)


class FulfilmentForm(Keyed, forms.ModelForm):
    class Meta:
        model = Fulfilment
        fields: ClassVar = ["done_on", "text"]
        widgets: ClassVar = {"done_on": DayInput(), "text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.add_key()
        self.fields["done_on"].initial = timezone.localdate()
        self.helper = untagged()

    def clean(self) -> dict:
        not_to_come(self, "done_on")
        return super().clean()


class OpinionForm(forms.Form):
    opinion = forms.CharField(label=_("Opinion of the check"), max_length=300)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()
