"""A task by hand, changed, and the rows of a meeting that can become tasks."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from meetings.rectification.forms import people
from meetings.rectification.forms.rows import ChosenRow
from meetings.rectification.models import Task
from members.forms.fields import DayInput, untagged


class TaskForm(ThreeWayModelForm):
    class Meta:
        model = Task
        fields: ClassVar = ["text", "detail", "owner", "due_on"]
        widgets: ClassVar = {"detail": forms.Textarea(attrs={"rows": 3}), "due_on": DayInput()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        owner = self.instance.owner if self.instance.owner_id else None
        people.offer(self.fields["owner"], people.choices(), owner)
        self.helper = untagged()


class SourceTaskForm(ChosenRow):
    """A requirement or an agenda item on its way to a task."""

    is_chosen = forms.BooleanField(label=_("Make it a task"), required=False)

    class Meta:
        model = Task
        fields: ClassVar = ["text", "owner", "due_on"]
        widgets: ClassVar = {"due_on": DayInput()}

    field_order: ClassVar = ["is_chosen", "text", "owner", "due_on"]

    def __init__(self, *args, source, detail: str, names: list[tuple[str, str]], **kwargs) -> None:
        task = Task(source_row=source.pk, text=source.title, detail=detail)
        super().__init__(*args, instance=task, prefix=str(source.pk), **kwargs)
        people.offer(self.fields["owner"], names)
        self.helper = untagged()
