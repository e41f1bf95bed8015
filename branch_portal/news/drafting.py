"""A first draft of a report from the record of a meeting.

Structure of the reference report (handbook, section 15): one paragraph, the first picture, the agenda, the
second picture, the requirements, a closing paragraph. R-12.2 decides what may come over: counts, headings,
and the chair by post and name; never who attended, what was criticised, or any grade.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from pypinyin import lazy_pinyin

from branch_portal.news import actions
from branch_portal.news.figures import figure
from branch_portal.news.languages import Language
from branch_portal.news.models import Report
from branch_portal.news.uploads import NewPictures
from meetings import actions as meeting_actions
from meetings.attendance import Figures, figures
from meetings.kinds import AgendaKind, MeetingKind
from meetings.models import Meeting, Photo
from meetings.workflow import Act
from members.models import BranchProfile, Member, Position, User

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_TWO_CHARACTER_SURNAMES = (
    "欧阳",
    "司马",
    "诸葛",
    "上官",
    "司徒",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "夏侯",
)


def draft_report(
    meeting: Meeting,
    *,
    by: User,
    languages: Iterable[Language],
    photos: Iterable[Photo] = (),
    another: bool = False,
    page_token=None,
) -> tuple[Report, bool]:
    """A draft from the meeting, and whether it is new; ``photos`` in their order, the lead picture first.

    A meeting that has a report is refused unless ``another`` is wanted. The same page asking twice gets the
    same report.
    """
    with NewPictures() as copies, meeting_actions.locked(meeting, by=by, act=Act.DRAFT_REPORT) as row:
        if page_token and (made := Report.objects.filter(page_token=page_token).first()):
            return made, False
        if not another and row.reports.exists():
            raise ValidationError(
                _("This meeting has a report already. Open it, or say that you want another one."),
                code="exists",
            )
        pictures = [(photo, copies.copy(photo, **_words_of(photo))) for photo in photos]
        report, _is_new = actions.create_report(
            by=by,
            page_token=page_token,
            meeting=row,
            kinds=row.kinds,
            event_date=timezone.localdate(row.starts_at),
            place=row.place,
            **_texts(row, [Language(one) for one in languages], pictures),
        )
        copies.attach(report, by=by)
    return report, True


def _words_of(photo: Photo) -> dict[str, str]:
    """The caption, also as the text alternative, in the language it is written in."""
    language = Language.ZH if _CHINESE.search(photo.caption) else Language.EN
    return {f"caption_{language}": photo.caption, f"alt_{language}": photo.caption}


def _texts(meeting: Meeting, languages: list[Language], pictures: list[tuple[Photo, str]]) -> dict[str, str]:
    texts = {}
    for language in languages:
        with override(language.code):
            draft = Draft(meeting, language, pictures)
            texts[f"title_{language}"], texts[f"body_{language}"] = draft.title, draft.body
    return texts


@dataclass
class Draft:
    """Title and text in one language, which is also the active one."""

    meeting: Meeting
    language: Language
    pictures: list[tuple[Photo, str]]

    @property
    def title(self) -> str:
        return (self._in_language(self.meeting.title) or self._title_by_kinds())[:200]

    @property
    def body(self) -> str:
        parts = [
            _paragraph(self._opening(), self._chair(), _attendance(figures(self.meeting.attendance_list))),
            self._figure(0),
            *self._agenda(),
            self._figure(1),
            *self._requirements(),
            _paragraph(_("The branch will follow up the matters agreed at this event.")),
        ]
        return "".join(parts)

    def _in_language(self, words: str) -> str:
        """The words if they are written in the language, else ""."""
        is_chinese = bool(_CHINESE.search(words))
        return words if is_chinese == (self.language == Language.ZH) else ""

    def _title_by_kinds(self) -> str:
        *others, last = [str(MeetingKind(kind).label) for kind in self.meeting.kinds]
        if others:
            separator = ", " if self.language == Language.EN else "、"
            last = _("%(others)s and %(last)s") % {"others": separator.join(others), "last": last}
        return capfirst(_("%(kinds)s for the year %(year)d") % {"kinds": last, "year": self.meeting.for_year})

    def _opening(self) -> str:
        facts = {
            "date": date_format(timezone.localdate(self.meeting.starts_at), "DATE_FORMAT"),
            "branch": str(BranchProfile.load()),
            "title": self.title,
            "place": self._in_language(self.meeting.place),
        }
        if facts["place"]:
            return _("%(branch)s held “%(title)s” on %(date)s at %(place)s.") % facts
        return _("%(branch)s held “%(title)s” on %(date)s.") % facts

    def _chair(self) -> str:
        """R-12.2: a name needs a post; without one it stays out."""
        day = timezone.localdate(self.meeting.starts_at)
        order = list(Position.Post)
        posts = sorted(self.meeting.chair.positions.on(day), key=lambda position: order.index(position.post))
        if not posts:
            return ""
        name = self._name(self.meeting.chair)
        return _("%(name)s, %(post)s of the Party branch, was in the chair.") % {
            "name": name,
            "post": posts[0],
        }

    def _name(self, member: Member) -> str:
        return romanised(member) if self.language == Language.EN else member.name

    def _figure(self, number: int) -> str:
        if number >= len(self.pictures):
            return ""
        photo, key = self.pictures[number]
        words = self._in_language(photo.caption)
        return figure(key, alt=words, caption=words)

    def _agenda(self) -> Iterable[str]:
        headings = [
            self._in_language(item.title) or capfirst(AgendaKind(item.kind).label)
            for item in self.meeting.agenda_items.all()
        ]
        if headings:
            yield _paragraph(_("On the agenda were:"))
            yield _numbered(headings)

    def _requirements(self) -> Iterable[str]:
        """Their headings; in a language they are not written in, only how many there were."""
        headings = [requirement.title for requirement in self.meeting.requirements.all()]
        if not headings:
            return
        sentence = ngettext(
            "At the end, %(count)d requirement for the coming work was made.",
            "At the end, %(count)d requirements for the coming work were made.",
            len(headings),
        )
        yield _paragraph(sentence % {"count": len(headings)})
        if readable := [one for one in headings if self._in_language(one)]:
            yield _numbered(readable)


def romanised(member: Member) -> str:
    """The name in pinyin, the surname first: Li Xiaoming."""
    if not _CHINESE.search(member.name):
        return member.name
    syllables = member.reading.split() or lazy_pinyin(member.name)
    surname_length = 2 if member.name.startswith(_TWO_CHARACTER_SURNAMES) else 1
    parts = ("".join(syllables[:surname_length]), "".join(syllables[surname_length:]))
    return " ".join(part.capitalize() for part in parts if part)


def _attendance(counts: Figures) -> str:
    """Counts only."""
    facts = {"invited": counts.invited, "came": counts.came, "online": counts.online}
    if not counts.came:
        return ""
    if counts.came == counts.invited and counts.online:
        return _("All %(came)d members invited took part, %(online)d of them online.") % facts
    if counts.came == counts.invited:
        return _("All %(came)d members invited took part.") % facts
    if counts.online:
        return _("Of %(invited)d members invited, %(came)d took part, %(online)d of them online.") % facts
    return _("Of %(invited)d members invited, %(came)d took part.") % facts


def _paragraph(*sentences: str) -> str:
    separator = " " if Language.of_reader() == Language.EN else ""
    return f"<p>{escape(separator.join(filter(None, sentences)), quote=False)}</p>"


def _numbered(headings: list[str]) -> str:
    return f"<ol>{''.join(f'<li><p>{escape(one, quote=False)}</p></li>' for one in headings)}</ol>"
