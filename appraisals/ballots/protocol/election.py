"""What is voted on, under which key, and the fingerprint that every ballot carries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .canonical import array, boolean, fields, natural, parse, serialise, string
from .errors import Fault, NotSupported, ProtocolError
from .group import Element, Randomness, decode_element
from .hashing import sha256_base64
from .trustees import Trustees

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Base58: letters and digits that are not taken for one another."""

VERSION = 1
_GROUP = "Ed25519"
_UUID = re.compile(f"[{ALPHABET}]{{14,64}}", re.ASCII)
_FIELDS = ("version", "description", "name", "group", "public_key", "questions", "uuid")
_OPTIONAL = ("administrator", "credential_authority", "language")


@dataclass(frozen=True, slots=True)
class Question:
    """A homomorphic question: from ``min`` to ``max`` answers may be marked, or the whole left ``blank`` where allowed."""

    answers: tuple[str, ...]
    min: int
    max: int
    question: str
    blank: bool | None = None  # False and None mean the same, but are hashed differently

    @classmethod
    def from_json(cls, value: Any) -> Question:
        if type(value) is dict and "type" in value:
            raise NotSupported("questions of this type")
        fields(value, ("answers", "blank", "min", "max", "question"), ("blank",), "question")
        return cls.checked(
            tuple(string(each, "question") for each in array(value["answers"], what="question")),
            natural(value["min"], what="question"),
            natural(value["max"], what="question"),
            string(value["question"], "question"),
            boolean(value["blank"], "question") if "blank" in value else None,
        )

    @classmethod
    def checked(
        cls, answers: tuple[str, ...], min: int, max: int, question: str, blank: bool | None = None
    ) -> Question:
        if not answers or not 0 <= min <= max <= len(answers):
            raise ProtocolError(Fault.ELECTION_QUESTION)
        return cls(answers, min, max, question, blank)

    def to_json(self) -> dict[str, Any]:
        blank = {} if self.blank is None else {"blank": self.blank}
        return {
            "answers": list(self.answers),
            **blank,
            "min": self.min,
            "max": self.max,
            "question": self.question,
        }

    @property
    def width(self) -> int:
        """How many ciphertexts answer it: one an answer, and one before them for the blank vote."""
        return len(self.answers) + bool(self.blank)


@dataclass(frozen=True, slots=True)
class Election:
    """The parameters of an election. ``data`` is their exact text, since the fingerprint is its hash."""

    uuid: str
    name: str
    description: str
    public_key: Element
    questions: tuple[Question, ...]
    data: bytes
    fingerprint: str

    @classmethod
    def from_json(cls, data: bytes) -> Election:
        value = parse(data)
        if type(value) is dict and value.get("version") != VERSION and type(value.get("version")) is int:
            raise NotSupported(f"version {value['version']} of the protocol")
        if type(value) is dict and type(value.get("group")) is str and value["group"] != _GROUP:
            raise NotSupported("groups other than Ed25519")
        fields(value, _FIELDS + _OPTIONAL, _OPTIONAL, "election")
        natural(value["version"], what="election")
        string(value["group"], "election")
        for name in _OPTIONAL:
            string(value.get(name, ""), "election")
        questions = tuple(Question.from_json(each) for each in array(value["questions"], what="election"))
        if not questions:
            raise ProtocolError(Fault.ELECTION_QUESTION)
        return cls(
            check_uuid(value["uuid"]),
            string(value["name"], "election"),
            string(value["description"], "election"),
            decode_element(value["public_key"]),
            questions,
            data,
            sha256_base64(data),
        )

    @property
    def shape(self) -> tuple[int, ...]:
        """How many ciphertexts each question has, in a ballot and in the tally."""
        return tuple(question.width for question in self.questions)

    def check_key(self, trustees: Trustees) -> None:
        """Refuse a key that others than these trustees could use."""
        if trustees.election_key() != self.public_key:
            raise ProtocolError(Fault.ELECTION_KEY)


def write_election(
    *, uuid: str, name: str, description: str, trustees: Trustees, questions: Sequence[Question]
) -> Election:
    """A new election with its text, fields in the order of the Specification."""
    value = {
        "version": VERSION,
        "description": description,
        "name": name,
        "group": _GROUP,
        "public_key": trustees.election_key().encode(),
        "questions": [question.to_json() for question in questions],
        "uuid": uuid,
    }
    return Election.from_json(serialise(value))


def generate_uuid(randomness: Randomness) -> str:
    """The identifier of a new election."""
    return random_characters(14, randomness)


def check_uuid(value: Any) -> str:
    if not _UUID.fullmatch(string(value, "election")):
        raise ProtocolError(Fault.ELECTION_UUID)
    return value


def random_characters(length: int, randomness: Randomness) -> str:
    """So many characters of ``ALPHABET``, each as likely as any other."""
    characters = []
    while len(characters) < length:
        byte = randomness(1)[0]
        if byte < 256 - 256 % len(ALPHABET):  # the rest would favour the first letters
            characters.append(ALPHABET[byte % len(ALPHABET)])
    return "".join(characters)
