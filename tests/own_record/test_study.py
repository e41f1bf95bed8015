"""Study in one's own data: what counts of signed minutes, and what one taught."""

from __future__ import annotations

import datetime
import io
import json
import zipfile

from meetings import actions
from meetings.models import Meeting
from tests.factories import make_meeting, sign_off
from tests.study.factories import make_part

STARTS = datetime.datetime(2025, 3, 24, 14, 0, tzinfo=datetime.UTC)


def archived(own) -> dict:
    answer = own.post("/en/desk/me/export/")
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as package:
        return json.loads(package.read("record.json"))


def test_topics_and_hours_are_in_the_archive_once_the_minutes_are_signed(own, user, secretary):
    meeting = make_meeting(
        by=secretary,
        title="专题党课",
        starts_at=STARTS,
        ends_at=STARTS + datetime.timedelta(hours=2),
        invited=[user.member],
        state="in_session",
    )
    make_part(meeting, by=secretary, topic="党章总纲", hours="1.5", teacher=user.member)
    meeting.attendances.update(status="present")
    minutes = actions.finish_meeting(Meeting.objects.get(pk=meeting.pk), by=secretary)
    assert "study" not in archived(own)
    sign_off(minutes, by=secretary)
    found = archived(own)
    (counted,), (taught,) = found["study"], found["taught"]
    assert (counted["meeting"], counted["text"], counted["hours"]) == ("专题党课", "党章总纲", "1.5")
    assert taught["text"] == "党章总纲"
