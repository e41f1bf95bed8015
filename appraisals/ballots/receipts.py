"""The receipt of a ballot: that it was accepted, never what it says; signed with a key that is fixed at opening."""

from __future__ import annotations

import json
from dataclasses import dataclass

from appraisals.ballots.link_keys import LinkKey, is_signed
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.protocol.election import Election


@dataclass(frozen=True)
class Receipt:
    """``signature`` is base64 of an Ed25519 signature over ``message``."""

    tracker: str
    message: str
    signature: str

    def as_dict(self) -> dict[str, str]:
        return {"tracker": self.tracker, "receipt": self.message, "signature": self.signature}


def message(uuid: str, fingerprint: str, tracker: str) -> str:
    """What is signed: no name, no time, so that the same ballot always has the same receipt."""
    return json.dumps(
        {"ballot": uuid, "fingerprint": fingerprint, "accepted": tracker}, separators=(",", ":")
    )


def sign(key: LinkKey, election: Election, tracker: str) -> Receipt:
    text = message(election.uuid, election.fingerprint, tracker)
    return Receipt(tracker, text, key.sign(text.encode()))


def is_genuine(ballot: SecretBallot, text: str, signature: str) -> bool:
    """Whether this portal gave that receipt for this ballot, while it was open or later."""
    signed = text.encode(errors="replace")  # a broken character was never signed
    return bool(ballot.receipt_key) and is_signed(ballot.receipt_key, signed, signature)
