"""What may be typed about a report: its text, its pictures' words, the review, the filters of the lists."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.filters import FilterForm
from branch_portal.forms.three_way import ThreeWayModelForm
from branch_portal.news.languages import Language
from branch_portal.news.models import Report, ReportPicture, Review
from meetings.forms.rows import DayInput
from meetings.kinds import MeetingKind


def _kinds() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=MeetingKind,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One event may count as several kinds."),
    )


class NewReportForm(forms.ModelForm):
    """The first facts of a report without a meeting."""

    kinds = _kinds()
    page_token = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Report
        fields: ClassVar = ["title_zh", "title_en", "kinds", "event_date", "place"]
        widgets: ClassVar = {"event_date": DayInput()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("page_token", uuid.uuid4())

    def clean(self) -> dict:
        return _with_a_title(self, super().clean())


def _with_a_title(form: forms.Form, cleaned: dict) -> dict:
    if not (cleaned.get("title_zh") or cleaned.get("title_en")) and not form.errors.keys() & {
        "title_zh",
        "title_en",
    }:
        form.add_error(
            "title_zh", forms.ValidationError(_("Give a title in Chinese or in English."), code="required")
        )
    return cleaned


class ReportForm(ThreeWayModelForm):
    kinds = _kinds()

    class Meta:
        model = Report
        fields: ClassVar = [
            *("kinds", "event_date", "place"),
            *("title_zh", "author_line_zh", "body_zh", "summary_zh"),
            *("title_en", "author_line_en", "body_en", "summary_en"),
        ]
        _summary_hint = _("For lists and search engines. Empty: the beginning of the text.")
        widgets: ClassVar = {
            "event_date": DayInput(),
            "summary_zh": forms.Textarea(attrs={"rows": 2}),
            "summary_en": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts: ClassVar = {"summary_zh": _summary_hint, "summary_en": _summary_hint}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        keys = [picture.key for picture in self.instance.picture_list]
        self.fields["body_zh"].pictures = self.fields["body_en"].pictures = keys
        for name in ("title_en", "author_line_en", "body_en", "summary_en"):
            self.fields[name].widget.attrs["lang"] = "en"
        for name in ("title_zh", "author_line_zh", "body_zh", "summary_zh"):
            self.fields[name].widget.attrs["lang"] = "zh-Hans"

    def clean(self) -> dict:
        return _with_a_title(self, super().clean())

    @property
    def changes_something(self) -> bool:
        """What would be stored differs from what stands."""
        return not all(self._agree(name) for name in self.fields)


class PictureForm(ThreeWayModelForm):
    """The words of one picture, in both languages."""

    remove = forms.BooleanField(label=_("Remove this picture when saving"), required=False)

    class Meta:
        model = ReportPicture
        fields: ClassVar = ["alt_zh", "caption_zh", "alt_en", "caption_en"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("alt_zh", "caption_zh"):
            self.fields[name].widget.attrs["lang"] = "zh-Hans"
        for name in ("alt_en", "caption_en"):
            self.fields[name].widget.attrs["lang"] = "en"

    @classmethod
    def prefix_of(cls, picture: ReportPicture) -> str:
        return f"picture-{picture.pk}"

    @property
    def changes_something(self) -> bool:
        return not all(self._agree(name) for name in self._meta.fields)


class FromMeetingForm(forms.Form):
    """Which photographs, in which languages, and which picture leads."""

    photos = forms.MultipleChoiceField(
        label=_("photographs"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each one is copied; what happens to the copy leaves the minutes alone."),
    )
    lead = forms.ChoiceField(label=_("lead picture"), required=False, widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language, widget=forms.CheckboxSelectMultiple
    )
    another = forms.BooleanField(label=_("Draft another report of this meeting"), required=False)
    page_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, photos, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._photos = {str(photo.pk): photo for photo in photos}
        choices = [(pk, str(photo) or photo.pk) for pk, photo in self._photos.items()]
        self.fields["photos"].choices = self.fields["lead"].choices = choices
        self.initial.setdefault("page_token", uuid.uuid4())
        self.initial.setdefault("languages", [Language.of_reader()])
        self.initial.setdefault("photos", list(self._photos))
        self.initial.setdefault("lead", next(iter(self._photos), ""))

    def clean(self) -> dict:
        cleaned = super().clean()
        lead, chosen = cleaned.get("lead"), cleaned.get("photos", [])
        # The order on the page is the order in the report, the lead picture before all others.
        ordered = sorted((pk for pk in self._photos if pk in chosen), key=lambda pk: pk != lead)
        cleaned["pictures"] = [self._photos[pk] for pk in ordered]
        return cleaned


class ReviewForm(forms.ModelForm):
    """The review list. Whether all is ticked depends on the verdict, so the action says it."""

    # What the reviewer read; the text may have changed since.
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Review
        fields: ClassVar = [*Review.CHECKS, "note"]
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {"note": _("Needed when you return the report: what has to change.")}

    @property
    def ticked(self) -> list[str]:
        return [name for name in Review.CHECKS if self.cleaned_data[name]]


_ALL_KINDS = [("", _("All kinds")), *MeetingKind.choices]


class ActivityFilter(FilterForm):
    """The public list's filters, in the address; what makes no sense there is passed over."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_ALL_KINDS)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, years: list[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All years")), *((year, str(year)) for year in years)]

    def chosen(self, name: str):
        """The value, or something empty."""
        self.is_valid()
        return self.cleaned_data.get(name)

    @property
    def is_filtering(self) -> bool:
        return any(self.chosen(name) for name in self.fields)


class ReportFilter(ActivityFilter):
    """The desk's list: more states, words, another order."""

    words = forms.CharField(
        label=_("Words in title or place"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *Report.State.choices]
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Latest event first")), ("changed", _("Last changed first"))],
    )
    field_order = ("words", "state", "kind", "year", "order")

    @property
    def is_filtering(self) -> bool:
        return any(self.chosen(name) for name in ("words", "state", "kind", "year"))
