"""One form a row of the record. A form takes only the fields that were sent, so that a page can save
what changed and nothing else."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from meetings.forms.names import Names, NamesSelect
from meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Criticism,
    Guest,
    Photo,
    Problem,
    Requirement,
    StudyTopic,
)
from members.models import Member

PLACEHOLDER = "__key__"
_EARLIEST = datetime.timedelta(hours=12)  # before the start; a time further back is meant of the next day
_ROW_NAME = re.compile(r"^([a-z]+)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\w+)$")


def row_of(name: str) -> tuple[str, str, str] | None:
    """The kind, the id and the field that an input's name speaks of."""
    found = _ROW_NAME.match(name)
    return found.groups() if found else None


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockField(forms.Field):
    """A moment of the meeting, typed as the time of day. The form sets ``starts_at``: the moment lies on that day, or on
    the next one where the meeting goes on past midnight."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    starts_at: Callable[[], datetime.datetime]

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, datetime.datetime):
            return timezone.localtime(value).strftime("%H:%M")
        return value or ""

    def to_python(self, value: Any) -> datetime.datetime | None:
        if isinstance(value, datetime.datetime) or value in self.empty_values:
            return value or None
        typed = forms.TimeField(input_formats=["%H:%M", "%H:%M:%S"]).clean(value)
        start = timezone.localtime(self.starts_at())
        moment = timezone.make_aware(datetime.datetime.combine(start.date(), typed.replace(second=0)))
        return moment + datetime.timedelta(days=1) if moment < start - _EARLIEST else moment

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)


class RowForm(ThreeWayModelForm):
    """A row of one kind; ``title`` is what such a row is called."""

    kind: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:  # what is only shown offers the page's names (``offer``)
            for name, field in self.fields.items():
                if isinstance(field.widget, NamesSelect) and name != "agenda_item":
                    field.queryset = self._nameable(getattr(self.instance, f"{name}_id"))
            for name in [name for name in self.fields if self._is_left_out(name)]:
                del self.fields[name]

    @staticmethod
    def _nameable(chosen: int | None):
        """People of the branch, and whoever the row names already."""
        return Member.objects.filter(Q(left_on=None) | Q(pk=chosen))

    def _is_left_out(self, name: str) -> bool:
        """The page did not send it; a new row needs its required fields all the same."""
        if self.add_prefix(name) in self.data:
            return False
        has_default = self._meta.model._meta.get_field(name).has_default()
        return not self.instance._state.adding or not self.fields[name].required or has_default

    def offer(self, *, people: Names, items: Names) -> None:
        """Choices loaded once for the whole page; whoever stands in the row stays a choice of it."""
        for name, field in self.fields.items():
            if not isinstance(field.widget, NamesSelect):
                continue
            field.widget.names = items if name == "agenda_item" else people
            chosen = getattr(self.instance, f"{name}_id")
            if chosen and str(chosen) not in field.widget.names.labels:
                field.widget.also = (str(chosen), str(getattr(self.instance, name)))

    def completed(self) -> RowForm:
        """The same refused row with all its fields, to be shown: what was not sent is as it stands."""
        data = self.data.copy()
        whole = type(self)(prefix=self.prefix, instance=self.instance, initial=self.initial)
        for name in whole.fields:
            if whole.add_prefix(name) not in data:
                standing = whole.input_text(name, self.initial.get(name))
                data[whole.add_prefix(name)] = data[whole.base_name(name)] = standing
        shown = type(self)(data, prefix=self.prefix, instance=self.instance, initial=self.initial)
        shown._errors, shown.cleaned_data, shown.conflicts = self.errors, {}, self.conflicts
        return shown

    @property
    def is_blank(self) -> bool:
        """Nobody typed anything into it."""
        return not self.changed_data

    def _get_validation_exclusions(self) -> set[str]:
        # A refusal about a field that was not sent would have no place on the page.
        return {*super()._get_validation_exclusions(), "meeting"}

    def value_of(self, name: str, *, saved: bool = True) -> str:
        """What stands in the database, as the input holds it; a refused form knows it from before."""
        if not saved:
            return self.input_text(name, self.initial.get(name))
        return self.input_text(name, self._meta.model._meta.get_field(name).value_from_object(self.instance))

    def errors_of(self, name: str) -> list[str]:
        return [str(error) for error in self.errors.get(name, [])]

    @property
    def general_errors(self) -> list[str]:
        return [str(error) for error in self.errors.get(NON_FIELD_ERRORS, [])]


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AttendanceForm(RowForm):
    kind = "attendance"
    title = _("attendance")
    arrived_at = ClockField(label=_("came at"), required=False)
    left_at = ClockField(label=_("left early at"), required=False)

    class Meta:
        model = Attendance
        fields: ClassVar = ["status", "leave_reason", "leave_note", "arrived_at", "left_at"]
        widgets: ClassVar = {"status": forms.RadioSelect}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in {"arrived_at", "left_at"} & set(self.fields):
            self.fields[name].starts_at = lambda: self.instance.meeting.starts_at

    def clean(self) -> dict:
        """Somebody who is not on leave (any more) has no reason, and who did not come no times: one tap changes the mark."""
        cleaned = super().clean()
        status = cleaned.get("status", self.instance.status)
        if status != Attendance.Status.LEAVE:
            self._empty(cleaned, leave_reason="", leave_note="")
        if status not in {Attendance.Status.PRESENT, Attendance.Status.ONLINE}:
            self._empty(cleaned, arrived_at=None, left_at=None)
        else:
            self._check_times(cleaned)
        return cleaned

    def _empty(self, cleaned: dict, **values) -> None:
        for name, value in values.items():
            setattr(self.instance, name, value)
            if name in cleaned:
                cleaned[name] = value

    def _check_times(self, cleaned: dict) -> None:
        for name in {"arrived_at", "left_at"} & set(cleaned):
            if not self.fields[name].has_changed(self.initial.get(name), cleaned[name]):
                cleaned[name] = self.initial.get(name)  # of a meeting of several days: its own day
        came, left = (cleaned.get(name, getattr(self.instance, name)) for name in ("arrived_at", "left_at"))
        if came and left and left <= came:
            at_fault = "left_at" if "left_at" in self.fields else "arrived_at"
            self.add_error(at_fault, _("Nobody leaves before coming."))


class GuestForm(RowForm):
    kind = "guest"
    title = _("guest")

    class Meta:
        model = Guest
        fields: ClassVar = ["name", "role", "status"]


class AgendaItemForm(RowForm):
    kind = "agenda"
    title = _("agenda item")

    class Meta:
        model = AgendaItem
        fields: ClassVar = ["title", "kind", "presenter", "notes"]
        widgets: ClassVar = {"presenter": NamesSelect}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "notes" in self.fields:
            self.fields["notes"].widget.attrs["rows"] = 4


class StudyTopicForm(RowForm):
    kind = "topic"
    title = _("topic")

    class Meta:
        model = StudyTopic
        fields: ClassVar = ["title", "source"]


class ProblemForm(RowForm):
    kind = "problem"
    title = _("problem")

    class Meta:
        model = Problem
        fields: ClassVar = ["description", "cause", "measure", "level", "in_charge", "due_on"]
        widgets: ClassVar = {
            "description": _text(2),
            "cause": _text(2),
            "measure": _text(2),
            "due_on": DayInput(),
            "in_charge": NamesSelect,
        }


class CriticismForm(RowForm):
    kind = "criticism"
    title = _("contribution")

    class Meta:
        model = Criticism
        fields: ClassVar = ["speaker", "about", "text"]
        widgets: ClassVar = {"text": _text(3), "speaker": NamesSelect, "about": NamesSelect}


class RequirementForm(RowForm):
    kind = "requirement"
    title = _("requirement")

    class Meta:
        model = Requirement
        fields: ClassVar = ["title", "text"]
        widgets: ClassVar = {"text": _text(3)}


class PhotoForm(RowForm):
    kind = "photo"
    title = _("photograph")

    class Meta:
        model = Photo
        fields: ClassVar = ["caption"]


class AttachmentForm(RowForm):
    kind = "attachment"
    title = _("paper")

    class Meta:
        model = Attachment
        fields: ClassVar = ["agenda_item"]
        widgets: ClassVar = {"agenda_item": NamesSelect}


ROW_FORMS: dict[str, type[RowForm]] = {
    form.kind: form
    for form in (
        AttendanceForm,
        GuestForm,
        AgendaItemForm,
        StudyTopicForm,
        ProblemForm,
        CriticismForm,
        RequirementForm,
        PhotoForm,
        AttachmentForm,
    )
}
# Rows that typing alone can make; the others come from an invitation or from a file.
TYPED_KINDS = frozenset({"guest", "agenda", "topic", "problem", "criticism", "requirement"})
REMOVABLE_KINDS = TYPED_KINDS | {"photo", "attachment"}


class ReasonForm(forms.Form):
    """Why a meeting is cancelled or signed minutes are corrected."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
