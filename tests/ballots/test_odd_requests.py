"""Ten thousand requests that no page of the portal sends: none is a fault of the server, none changes what it must not.

Half of them come while voting is open, half after closing, when the scrutineers' shares and the paper are taken.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from appraisals import actions as appraisal_actions
from appraisals.ballots import actions
from appraisals.ballots.models import SealedBallot, Seat, SecretBallot
from appraisals.models import Assessment, Round
from members.permissions import Role
from tests.appraisals.factories import make_round
from tests.ballots import factories
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)
REQUESTS = 5_000
# How many are refused for what they hold hangs on the keys, which are new each time: about a fifth of them all.
MANY = REQUESTS // 10
PEOPLE = 4
FIELD = re.compile(r'<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"')
VALUES = ["", "0", "-1", "1e9", "9" * 400, "\0", "true", "[]", "<b>", "2025-02-30", "é" * 300, "1", "12"]


@dataclass(frozen=True)
class Target:
    """An address, who writes to it, and what a good body looks like; None: it takes a form with these ``fields``."""

    client: Client
    address: str
    body: bytes | None = None
    fields: tuple[str, ...] = ()

    def send(self, draw: random.Random) -> int:
        """The status of the answer."""
        odd = draw.random() < 0.05
        method = draw.choice(["GET", "POST", "PUT", "DELETE", "PATCH"]) if odd else "POST"
        replaces = draw.choice(["", "x" * 43, "\x01", "é".encode().decode("latin-1"), "9" * 3000])
        headers = {"X-Replaces": replaces}
        if self.body is None and not odd:
            address = self.address + draw.choice(["", "?page=" + draw.choice(["x", "-1", "9" * 30, "%00"])])
            if not self.fields or draw.random() < 0.2:
                return self.client.get(address, headers=headers).status_code
            some = draw.sample(self.fields, draw.randint(1, len(self.fields)))
            return self.client.post(address, {name: draw.choice(VALUES) for name in some}).status_code
        kind = draw.choice(["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
        data = mangled(self.body or b'{"a":{"b":[1,2]}}', draw)
        return self.client.generic(method, self.address, data, content_type=kind, headers=headers).status_code


@dataclass
class Odd:
    """A round with its ballot, and the people who write to it."""

    stage: factories.Stage
    round: Round

    def __post_init__(self) -> None:
        everybody = {
            "voter": self.stage.voters[3],
            "watcher": self.stage.voters[1],
            "secretary": self.stage.secretary,
        }
        self.clients = {who: Client() for who in everybody}
        for who, user in everybody.items():
            self.clients[who].force_login(user)

    def takes(self, who: str, name: str, body: bytes) -> Target:
        return Target(self.clients[who], reverse(f"ballots:{name}", args=[self.stage.ballot.pk]), body)

    def page(self, who: str, name: str) -> Target:
        """A page and the fields of its forms, but for those by which a ballot or a round is led on for good."""
        about = self.round if name.startswith("appraisals:") else self.stage.ballot
        address = reverse(name, args=[about.pk])
        answer = self.clients[who].get(address)
        assert answer.status_code == 200, name
        fields = sorted(
            set(FIELD.findall(answer.content.decode())) - {"csrfmiddlewaretoken", "language", "next"}
        )
        return Target(self.clients[who], address, fields=tuple(fields))


@pytest.fixture
def odd() -> Odd:
    secretary = make_user(Role.SECRETARY)
    users = [make_user(member=make_member()) for _number in range(PEOPLE)]
    members = [user.member for user in users]
    round = make_round(by=secretary, members=members, state="ballot")
    ballot = appraisal_actions.set_up_ballot(round, by=secretary, scrutineers=members[:2], voters=members)
    stage = factories.Stage(ballot, secretary, users, users[:2])
    factories.hand_in_keys(stage)
    actions.open_voting(ballot, by=secretary)
    stage.refresh()
    on_paper = stage.ballot.voters.get(member=members[2])
    actions.issue_paper(stage.ballot, on_paper, by=secretary)
    round.refresh_from_db()
    return Odd(stage, round)


def test_while_voting_is_open(odd):
    ballot = odd.stage.ballot
    good = factories.seal(odd.stage, odd.stage.voters[3], marks(odd.stage, odd.stage.voters[3]))
    key = ballot.scrutineers.first().public_key.encode()
    often = [
        odd.takes("voter", "cast", good),
        odd.takes("voter", "cast", good),
        odd.takes("watcher", "sealed", json.dumps(["x" * 43] * 3).encode()),
        odd.takes("watcher", "hand_in_key", key),
        odd.takes("watcher", "hand_in_share", key),
    ]
    seldom = [
        *(odd.takes("voter", name, good) for name in ("place", "setup", "booth")),
        odd.takes("watcher", "scrutineer_states", good),
        odd.takes("secretary", "paper_count", good),
        odd.page("voter", "ballots:board"),
        odd.page("voter", "appraisals:round"),
        odd.page("secretary", "appraisals:papers"),
    ]
    seen = statuses(often, seldom)
    assert seen[400] > MANY
    assert SecretBallot.objects.get(pk=ballot.pk).state == SecretBallot.State.OPEN
    assert Seat.objects.taken().count() <= 1


def test_after_closing(odd):
    stage = odd.stage
    for voter in (stage.voters[0], stage.voters[1], stage.voters[3]):
        factories.vote(stage, voter, marks(stage, voter))
    late = factories.seal(stage, stage.voters[3], marks(stage, stage.voters[3]))
    factories.close(stage)
    odd.round.refresh_from_db()
    share = factories.share_of(stage, stage.scrutineers[1])
    tracker = SealedBallot.objects.values_list("tracker", flat=True).first()
    often = [
        odd.takes("watcher", "hand_in_share", share),
        odd.takes("watcher", "hand_in_share", share),
        odd.takes("watcher", "hand_in_key", stage.ballot.scrutineers.first().public_key.encode()),
        odd.takes("watcher", "sealed", json.dumps([tracker, "x" * 43]).encode()),
        odd.takes("voter", "cast", late),
    ]
    seldom = [
        *(odd.takes("voter", name, late) for name in ("place", "setup")),
        odd.page("secretary", "ballots:paper_count"),
        odd.page("secretary", "ballots:detail"),
        odd.page("voter", "ballots:board"),
        odd.page("voter", "appraisals:round"),
        odd.page("secretary", "appraisals:round"),
    ]
    before = sorted(SealedBallot.objects.values_list("data", flat=True))
    seen = statuses(often, seldom)
    assert seen[400] > MANY
    assert SecretBallot.objects.get(pk=stage.ballot.pk).state == SecretBallot.State.CLOSED
    assert sorted(SealedBallot.objects.values_list("data", flat=True)) == before
    assert not Assessment.objects.exists()


def marks(stage, voter) -> list[int | None]:
    """Good for everybody; one's own row stays empty."""
    subjects = stage.ballot.questions.values_list("subject", flat=True)
    return [None if subject == voter.member_id else 0 for subject in subjects]


def statuses(often: list[Target], seldom: list[Target]) -> Counter:
    draw = random.Random(7)
    seen: Counter = Counter()
    for _number in range(REQUESTS):
        target = draw.choice(seldom if draw.random() < 0.1 else often)
        seen[target.send(draw)] += 1
    assert {status for status in seen if status >= 500} == set()
    return seen


def mangled(good: bytes, draw: random.Random) -> bytes:
    data = bytearray(good)
    match draw.randrange(6):
        case 0:
            return bytes(data[: draw.randrange(len(data))])
        case 1:
            place = draw.randrange(len(data))
            data[place] = draw.randrange(256)
        case 2:
            place, other = sorted(draw.sample(range(len(data)), 2))
            return bytes(data[:place] + data[other:] + data[place:other])
        case 3:
            return draw.randbytes(draw.randrange(200))
        case 4:
            return draw.choice(
                [b"[" * 5000, b"{}", b"null", b'"\\ud800"', b"1e999", b'{"a":1,"a":2}', b"\xef\xbb\xbf{}"]
            )
        case _:
            text = json.loads(good)
            places = list(text) if isinstance(text, dict) else range(len(text))
            text[draw.choice(places)] = draw.choice([None, [], {}, "", 0, True, "\0"])
            return json.dumps(text, separators=(",", ":")).encode()
    return bytes(data)
