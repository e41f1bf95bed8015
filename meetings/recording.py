"""Saving the record of a meeting: whatever a page sends, from one tap to the whole form.

A page sends the inputs that changed, each with the value it started from (``ThreeWayModelForm``). Rows carry
ids made by the page, so the same submission sent twice changes nothing the second time. Everything of one
submission happens under the lock on the meeting; a row that is refused does not hold back the others.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from branch_portal.media.documents import delete_document, read_document, store_document
from branch_portal.media.pictures import StoredPicture, delete_picture, read_picture, store_picture
from meetings import actions
from meetings.forms.plan import FactsForm
from meetings.forms.rows import REMOVABLE_KINDS, ROW_FORMS, TYPED_KINDS, RowForm, row_of
from meetings.models import AgendaItem, Attachment, Meeting, Photo
from meetings.workflow import Act
from members.models import User

REMOVE = "remove"
FACTS = "meeting"


@dataclass
class Row:
    """What became of one row of a submission."""

    name: str
    form: RowForm | FactsForm | None
    saved: bool = False
    removed: bool = False


@dataclass
class Outcome:
    """What became of a submission: the meeting as it stands now, every row, the files that were refused."""

    meeting: Meeting
    rows: list[Row] = field(default_factory=list)
    files: list[Photo | Attachment] = field(default_factory=list)
    refused_files: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.refused_files and all(row.saved or row.removed for row in self.rows)

    @property
    def changed(self) -> bool:
        return bool(self.files) or any(row.saved or row.removed for row in self.rows)


def save_record(meeting: Meeting, *, by: User, data, files=None) -> Outcome:
    """Save a submission while the minutes are open. PermissionDenied or ValidationError if they are not."""
    with Uploads(data, files) as uploads, actions.locked(meeting, by=by, act=Act.RECORD) as row:
        outcome = _save(row, by=by, data=data, uploads=uploads)
    return outcome


def correct_minutes(meeting: Meeting, *, by: User, reason: str, data, files=None) -> Outcome:
    """Change signed minutes, all or nothing, with the reason; ValidationError if nothing was changed."""
    with Uploads(data, files) as uploads:
        try:
            with actions.correcting(meeting, by=by, reason=reason) as row:
                outcome = _save(row, by=by, data=data, uploads=uploads, keep_files=True)
                outcome.rows += _correct_facts(row, data)
                if not outcome.is_clean or not outcome.changed:
                    raise _Undo
                row.changed_by = by
                row.save()
        except _Undo:
            uploads.discard()
            outcome.meeting.refresh_from_db()
            if outcome.is_clean:
                raise ValidationError(_("Nothing was changed."), code="unchanged") from None
    return outcome


def facts_form(meeting: Meeting, data=None) -> FactsForm:
    """The form of what the minutes say about the meeting itself; ``data`` without it leaves it unbound."""
    sent = data if data is not None and f"{FACTS}-title" in data else None
    return FactsForm(sent, prefix=FACTS, instance=meeting)


def _correct_facts(meeting: Meeting, data) -> list[Row]:
    """Put the corrected facts into the locked meeting; the caller saves it."""
    form = facts_form(meeting, data)
    if not form.is_bound or not form.changed_data:
        return []
    valid = form.is_valid()
    if valid:
        form.save(commit=False)
    return [Row(FACTS, form, saved=valid)]


class _Undo(Exception):
    """Rolls a correction back; what was wrong stands in the outcome."""


def _save(meeting: Meeting, *, by: User, data, uploads: Uploads, keep_files: bool = False) -> Outcome:
    outcome = Outcome(meeting, refused_files=uploads.refused)
    revision = actions.touch(meeting, by=by)
    for kind, ids in _submitted(data).items():
        outcome.rows += _save_kind(
            meeting, kind, ids, by=by, revision=revision, data=data, keep_files=keep_files
        )
    outcome.files = uploads.attach(meeting, by=by, revision=revision)
    moved = _move(meeting, data.get("move", ""), by=by, revision=revision)
    if outcome.changed or moved:
        meeting.save()
    else:
        meeting.revision -= 1
    return outcome


def _submitted(data) -> dict[str, list[str]]:
    """The ids of the rows a submission speaks of, by kind, in the order of the page."""
    found: dict[str, dict[str, None]] = {}
    for name in data:
        if (row := row_of(name)) and row[0] in ROW_FORMS:
            found.setdefault(row[0], {})[row[1]] = None
    return {kind: list(found[kind]) for kind in ROW_FORMS if kind in found}


def _save_kind(meeting: Meeting, kind: str, ids: list[str], *, by, revision, data, keep_files) -> list[Row]:
    rows = []
    for form, new in _bound_forms(meeting, kind, ids, data):
        if data.get(f"{form.prefix}-{REMOVE}"):
            rows.append(_remove(form, new=new, keep_files=keep_files))
        elif row := _save_row(form, by=by, revision=revision):
            rows.append(row)
    return rows


def _bound_forms(meeting: Meeting, kind: str, ids: list[str], data) -> Iterator[tuple[RowForm, bool]]:
    """A bound form for each row, and whether the row is new.

    Rows that typing cannot make are left out, and so are those of another meeting.
    """
    form_class = ROW_FORMS[kind]
    model = form_class._meta.model
    standing = model.objects.filter(pk__in=ids).select_related("changed_by__member")
    known = {str(row.pk): row for row in standing}
    last = _last_position(meeting, model) if kind in TYPED_KINDS else 0
    for pk in ids:
        instance = known.get(pk)
        if instance is None and kind in TYPED_KINDS:
            last += 1
            instance = model(pk=uuid.UUID(pk), meeting=meeting, position=last)
        if instance is not None and instance.meeting_id == meeting.pk:
            instance.meeting = meeting
            yield form_class(data, prefix=f"{kind}-{pk}", instance=instance), pk not in known


def typed(meeting: Meeting, data) -> Outcome:
    """The rows of a submission as they were typed, for a page that is shown again; nothing is saved."""
    outcome = Outcome(meeting)
    facts = facts_form(meeting, data)
    if facts.is_bound and facts.changed_data:
        facts.is_valid()
        outcome.rows.append(Row(FACTS, facts))
    for kind, ids in _submitted(data).items():
        for form, _new in _bound_forms(meeting, kind, ids, data):
            if not form.is_blank:
                form.is_valid()
                outcome.rows.append(Row(form.prefix, form))
    return outcome


def _save_row(form: RowForm, *, by: User, revision: int) -> Row | None:
    """None for a row in which nothing was changed, a new one without any text among them."""
    if form.is_blank:
        return None
    if not form.is_valid():
        return Row(form.prefix, form)
    form.instance.revision, form.instance.changed_by = revision, by
    form.save()
    return Row(form.prefix, form, saved=True)


def _remove(form: RowForm, *, new: bool, keep_files: bool) -> Row:
    """Take the row out unless somebody changed it since the page was made; a row that is gone stays gone."""
    if new:
        return Row(form.prefix, None, removed=True)
    if form.kind not in REMOVABLE_KINDS:
        return Row(form.prefix, form)
    if form.was_changed_meanwhile:
        form.add_error(
            None,
            ValidationError(
                _("%(who)s changed this meanwhile; it was not removed."),
                params={"who": form.instance.changed_by},
            ),
        )
        return Row(form.prefix, form)
    stored = getattr(form.instance, "key", None)
    form.instance.delete()
    if stored and not keep_files:
        delete = delete_picture if form.kind == "photo" else delete_document
        transaction.on_commit(lambda: delete(stored))
    return Row(form.prefix, None, removed=True)


def _last_position(meeting: Meeting, model: type[models.Model]) -> int:
    return model.objects.filter(meeting=meeting).aggregate(last=models.Max("position"))["last"] or 0


def _move(meeting: Meeting, step: str, *, by: User, revision: int) -> bool:
    """``agenda-<id>:up`` or ``:down``: exchange an agenda item with its neighbour."""
    name, _colon, direction = step.partition(":")
    items = list(meeting.agenda_items.all()) if direction in {"up", "down"} else []
    places = [f"agenda-{item.pk}" for item in items]
    if name not in places:
        return False
    here = places.index(name)
    there = here + (1 if direction == "down" else -1)
    if not 0 <= there < len(items):
        return False
    items[here], items[there] = items[there], items[here]
    for position, item in enumerate(items, start=1):
        if item.position != position:
            item.position, item.revision, item.changed_by = position, revision, by
            item.save(update_fields=["position", "revision", "changed_by", "changed_at"])
    return True


class Uploads:
    """The files of a submission: checked and stored before the lock is taken, thrown away if it fails."""

    def __init__(self, data, files) -> None:
        self._ids = data.getlist("photo_id") if hasattr(data, "getlist") else []
        self._item = data.get("material_of", "")
        self._photos = files.getlist("photos") if files else []
        self._papers = files.getlist("papers") if files else []
        self.refused: list[tuple[str, str]] = []
        self._stored_photos: list[tuple[str, StoredPicture]] = []
        self._stored_papers: list[tuple] = []
        self._kept: set[str] = set()

    def __enter__(self) -> Uploads:
        for position, upload in enumerate(self._photos):
            self._store(upload, lambda one, at=position: self._store_photo(one, at))
        for upload in self._papers:
            self._store(upload, self._store_paper)
        return self

    def __exit__(self, failure, *_rest) -> None:
        if failure:
            self._kept.clear()
        self.discard(keep=self._kept)

    def _store(self, upload: UploadedFile, store) -> None:
        try:
            store(upload)
        except ValidationError as error:
            self.refused.append((upload.name, " ".join(error.messages)))

    def _store_photo(self, upload: UploadedFile, position: int) -> None:
        name = self._ids[position] if position < len(self._ids) else ""
        self._stored_photos.append((name, store_picture(read_picture(upload))))

    def _store_paper(self, upload: UploadedFile) -> None:
        document = read_document(upload)
        self._stored_papers.append((document, store_document(document)))

    def attach(self, meeting: Meeting, *, by: User, revision: int) -> list[Photo | Attachment]:
        """Rows for the stored files; a photograph whose id is known was sent twice and is left out."""
        made: list[Photo | Attachment] = []
        position = _last_position(meeting, Photo)
        for name, stored in self._stored_photos:
            pk = _uuid_or_new(name)
            if Photo.objects.filter(pk=pk).exists():
                continue
            position += 1
            made.append(
                Photo.objects.create(
                    pk=pk,
                    meeting=meeting,
                    key=stored.key,
                    width=stored.width,
                    height=stored.height,
                    position=position,
                    revision=revision,
                    changed_by=by,
                )
            )
        item = self._agenda_item(meeting)
        for document, key in self._stored_papers:
            made.append(
                Attachment.objects.create(
                    meeting=meeting,
                    agenda_item=item,
                    key=key,
                    name=document.original_name,
                    content_type=document.content_type,
                    size=document.size,
                    position=_last_position(meeting, Attachment) + 1,
                    revision=revision,
                    changed_by=by,
                )
            )
        self._kept = {row.key for row in made}
        return made

    def _agenda_item(self, meeting: Meeting) -> AgendaItem | None:
        row = row_of(f"{self._item}-kind")
        return meeting.agenda_items.filter(pk=row[1]).first() if row else None

    def discard(self, keep: Iterable[str] = ()) -> None:
        """Delete what was stored and is not kept."""
        kept = set(keep)
        for _name, stored in self._stored_photos:
            if stored.key not in kept:
                delete_picture(stored.key)
        for _document, key in self._stored_papers:
            if key not in kept:
                delete_document(key)
        self._stored_photos, self._stored_papers = [], []


def _uuid_or_new(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
