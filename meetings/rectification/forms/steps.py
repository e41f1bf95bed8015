"""The small forms on an entry's page and on a task's: a few words, sometimes a day or a paper."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branch_portal.media.documents import ACCEPTED_DOCUMENTS, read_document
from meetings.rectification.states import Act, TaskAct
from members.forms.fields import DayInput, untagged

_MOST = 2000


class WordsForm(forms.Form):
    """``label`` says what the words are about; ``revision``: what the page showed."""

    label = _("Words")
    button = _("Save")
    is_danger = False
    most = _MOST
    hint = ""
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=self.label,
            max_length=self.most,
            help_text=self.hint,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.helper = untagged()


class ProgressForm(WordsForm):
    title, label, button = _("Note progress"), _("How far it has come"), _("Note it")


class ClaimForm(WordsForm):
    title, label, button = _("Report it as done"), _("What was done"), _("Report it")
    hint = _("Somebody else checks it and closes the entry. Add the evidence first.")


class CloseForm(WordsForm):
    title, label, button = _("Check and close"), _("Opinion of the checker"), _("Close the entry")
    hint = _("Closed is closed: what comes up again becomes a new entry.")


class ReturnForm(WordsForm):
    title, label, button = _("Return it"), _("What is missing"), _("Return it")
    is_danger = True


class LongTermForm(WordsForm):
    title, label, button = _("Make it a long-term task"), _("Reason"), _("Make it a long-term task")
    hint = _("It stays active without a day, until an extension gives it one.")


class ExtendForm(WordsForm):
    title, label, button = _("Give it more time"), _("Reason"), _("Extend it")
    due_on = forms.DateField(label=_("New day"), widget=DayInput())


class EvidenceForm(forms.Form):
    title, button, is_danger = _("Add evidence"), _("Add it"), False
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("What shows that it is done"),
        required=False,
        max_length=_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    file = forms.FileField(
        label=_("Paper"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED_DOCUMENTS}),
        help_text=_("PDF, Word, Excel, PowerPoint or a photograph of the paper, at most 20 MB."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("id", uuid.uuid4())
        self.helper = untagged()

    def clean_file(self):
        upload = self.cleaned_data["file"]
        return read_document(upload) if upload else None


# In the order of the page.
STEP_FORMS: dict[Act, type[forms.Form]] = {
    Act.NOTE: ProgressForm,
    Act.EVIDENCE: EvidenceForm,
    Act.CLAIM: ClaimForm,
    Act.CLOSE: CloseForm,
    Act.RETURN: ReturnForm,
    Act.EXTEND: ExtendForm,
    Act.LONG_TERM: LongTermForm,
}


class ReportForm(WordsForm):
    title, label, button, most = _("Report it as done"), _("What was done"), _("Report it"), 500


class ConfirmForm(forms.Form):
    title, button, is_danger = _("Confirm"), pgettext_lazy("task", "It is done"), False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class ReopenForm(WordsForm):
    title, label, button, most = _("Open it again"), _("Reason"), _("Open it again"), 500


class DropForm(WordsForm):
    title, label, button, most = _("Drop the task"), _("Reason"), _("Drop the task"), 500
    is_danger = True


TASK_FORMS: dict[TaskAct, type[forms.Form]] = {
    TaskAct.REPORT: ReportForm,
    TaskAct.CONFIRM: ConfirmForm,
    TaskAct.REOPEN: ReopenForm,
    TaskAct.DROP: DropForm,
}
