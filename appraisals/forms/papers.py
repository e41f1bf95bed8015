"""Self-reviews, mutual reviews, statements."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisals.models import Participant, SelfReview, Statement
from branch_portal.media.documents import ACCEPTED_DOCUMENTS, read_document
from members.forms.fields import untagged
from members.models import Member


class SelfReviewForm(forms.ModelForm):
    file = forms.FileField(
        label=_("Or a file instead"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED_DOCUMENTS}),
        help_text=_("PDF, Word or a photograph of the paper, at most 20 MB."),
    )

    class Meta:
        model = SelfReview
        fields: ClassVar = ["text"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged("text", "file")

    def clean_file(self):
        file = self.cleaned_data["file"]
        return read_document(file) if file else None


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("What is to be changed"), max_length=300)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class ReviewForm(forms.Form):
    author = forms.ModelChoiceField(label=_("Said by"), queryset=Member.objects.none())
    about = forms.ModelChoiceField(label=_("About"), queryset=Participant.objects.none())
    text = forms.CharField(label=_("Main points"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args, participants, own: Member | None, records_for_others: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = Member.objects.filter(pk__in=participants.values("member"))
        self.fields["author"].queryset = people
        self.fields["about"].queryset = participants.select_related("member")
        if not records_for_others:
            self.fields["author"].initial = own
            self.fields["author"].disabled = True
            self.fields["author"].queryset = people.filter(pk=own.pk)
        elif own:
            self.fields["author"].initial = own.pk
        self.helper = untagged()


class StatementForm(forms.ModelForm):
    class Meta:
        model = Statement
        fields: ClassVar = ["text"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()
