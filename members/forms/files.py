"""Papers, photographs, and changes of the own contact data that a member asks for."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from branch_portal.media.documents import ACCEPTED_DOCUMENTS, read_document
from branch_portal.media.pictures import ACCEPTED_PICTURES, Picture, read_picture
from members.forms.fields import MobileField, untagged
from members.models import ChangeRequest, Member, MemberFile


class NewFileForm(forms.ModelForm):
    """A new paper; the person stands on the instance."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED_DOCUMENTS}),
        help_text=_("PDF, Word, Excel, PowerPoint or a photograph of the paper, at most 20 MB."),
    )

    class Meta:
        model = MemberFile
        fields: ClassVar = ["title", "kind", "access"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged("file", "title", "kind", "access")

    def clean_file(self):
        return read_document(self.cleaned_data["file"])


class FileForm(ThreeWayModelForm):
    """What a paper is called, what it is and who may open it."""

    class Meta:
        model = MemberFile
        fields: ClassVar = ["title", "kind", "access"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class PictureField(forms.FileField):
    """A picture, read and found good."""

    def __init__(self, **kwargs) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": ACCEPTED_PICTURES}), **kwargs)

    def clean(self, data, initial=None) -> Picture | None:
        upload = super().clean(data, initial)
        return read_picture(upload) if upload else None


class PhotographForm(forms.Form):
    """Another photograph, or none."""

    photograph = PictureField(
        label=capfirst(_("photograph")),
        required=False,
        help_text=_("JPEG, PNG or WebP, at most 15 MB. Place and camera are taken out of the file."),
    )
    takes_away = forms.BooleanField(label=_("Take the photograph away"), required=False)

    def __init__(self, *args, has_one: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not has_one:
            del self.fields["takes_away"]
        self.helper = untagged()

    def clean(self) -> dict:
        cleaned_data = super().clean()
        if not (self.errors or cleaned_data.get("photograph") or cleaned_data.get("takes_away")):
            self.add_error("photograph", _("Choose a file."))
        return cleaned_data


class AskForm(forms.Form):
    """Another value for one field of the own record. What it may be is that field's to say."""

    def __init__(self, *args, field: str, member: Member, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"] = _asked(field)
        self.initial.setdefault("after", getattr(member, field))
        self.helper = untagged()

    def clean_after(self):
        return self.cleaned_data["after"] or ""


def _asked(field: str) -> forms.Field:
    label = capfirst(ChangeRequest.Field(field).label)
    if field == ChangeRequest.Field.PHOTOGRAPH:
        return PictureField(label=label, help_text=_("JPEG, PNG or WebP, at most 15 MB."))
    if field == ChangeRequest.Field.PHONE:
        return MobileField(label=label, required=False, max_length=30)
    most = Member._meta.get_field(field).max_length
    return forms.CharField(label=label, required=False, max_length=most)


class RefusalForm(forms.Form):
    """Why the record stays as it is."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The member reads it."))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()
