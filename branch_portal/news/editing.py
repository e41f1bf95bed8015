"""Saving the edit page: text, pictures' words, new pictures, order and removals, in one submission.

A part that is refused does not hold back the others, and nothing typed is lost: the page comes back with
what was refused as it was typed.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from branch_portal.media.pictures import delete_picture
from branch_portal.news import actions
from branch_portal.news.figures import without_picture
from branch_portal.news.forms import PictureForm, ReportForm
from branch_portal.news.models import Report, ReportPicture
from branch_portal.news.uploads import NewPictures
from branch_portal.news.workflow import Act
from members.models import User

# The buttons beside a picture: "lead:<id>" and so on.
MOVES = ("lead", "earlier", "later")


@dataclass
class EditForms:
    """Everything on the edit page that can be typed."""

    text: ReportForm
    pictures: list[PictureForm]

    @classmethod
    def of(cls, report: Report, data=None) -> EditForms:
        """Bound to the data as far as it speaks of them: a picture added meanwhile is shown as it stands."""
        text = ReportForm(data, instance=report)
        return cls(text, [_picture_form(picture, data) for picture in report.picture_list])

    @property
    def is_clean(self) -> bool:
        return not self.text.errors and not any(form.errors for form in self.pictures)


def _picture_form(picture: ReportPicture, data) -> PictureForm:
    prefix = PictureForm.prefix_of(picture)
    known = data is not None and f"{prefix}-alt_zh" in data
    return PictureForm(data if known else None, prefix=prefix, instance=picture)


@dataclass
class Outcome:
    """What became of a submission: the forms as they stand now, and the files refused with the reason."""

    report: Report
    forms: EditForms
    refused_files: list[tuple[str, str]]

    @property
    def is_clean(self) -> bool:
        return self.forms.is_clean and not self.refused_files


def save(report: Report, *, by: User, data, files=()) -> Outcome:
    """PermissionDenied or ValidationError unless the report is a draft that the user may edit."""
    with NewPictures() as arriving:
        arriving.upload(files, token=data.get("upload_token", ""))
        with actions.locked(report, by=by, act=Act.EDIT) as row:
            forms = EditForms.of(row, data)
            actions.touch(row, by=by)
            changed = _save_words(forms, row, by=by)
            changed |= bool(arriving.attach(row, by=by))
            changed |= _remove(forms, row)
            changed |= _move(row, data.get("do", ""))
            if changed:
                _save_report(row, forms)
    return Outcome(row, forms, arriving.refused)


def _save_words(forms: EditForms, report: Report, *, by: User) -> bool:
    """Whether any text differs from before, the report's own or a picture's."""
    changed = forms.text.is_valid() and forms.text.changes_something
    for form in forms.pictures:
        if form.is_bound and form.is_valid() and form.changes_something:
            form.instance.revision, form.instance.changed_by = report.revision, by
            form.save()
            changed = True
    return changed


def _remove(forms: EditForms, report: Report) -> bool:
    """Take out the pictures that were marked, from the texts too; not while the text itself is refused."""
    marked = [
        form for form in forms.pictures if form.is_bound and form.is_valid() and form.cleaned_data["remove"]
    ]
    if not forms.text.is_valid():
        return False
    for form in marked:
        key = form.instance.key
        report.body_zh = without_picture(report.body_zh, key)
        report.body_en = without_picture(report.body_en, key)
        form.instance.delete()
        transaction.on_commit(lambda key=key: delete_picture(key))
    return bool(marked)


def _move(report: Report, wish: str) -> bool:
    """Renumber the pictures if the wish ("lead:<id>") changes their order."""
    move, _colon, pk = wish.partition(":")
    pictures = list(report.pictures.all())
    found = next((index for index, picture in enumerate(pictures) if str(picture.pk) == pk), None)
    if move not in MOVES or found is None:
        return False
    place = {"lead": 0, "earlier": max(found - 1, 0), "later": found + 1}[move]
    pictures.insert(place, pictures.pop(found))
    for position, picture in enumerate(pictures, start=1):
        if picture.position != position:
            picture.position = position
            picture.save(update_fields=["position"])
    return place != found


def _save_report(report: Report, forms: EditForms) -> None:
    """All of it, or only the new revision where the text was refused and must not be stored."""
    if forms.text.is_valid():
        report.save()
    else:
        report.save(update_fields=["revision", "changed_by", "changed_at"])
