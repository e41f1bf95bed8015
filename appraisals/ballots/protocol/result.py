"""The result: with the shares of all trustees the counts come to light, and nothing else does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canonical import array, fields, parse_canonical, serialise, weight, write_weight
from .decryption import PartialDecryption
from .election import Election
from .errors import Fault, ProtocolError
from .group import GENERATOR, NEUTRAL, Element, product
from .tally import EncryptedTally


@dataclass(frozen=True, slots=True)
class Result:
    """For each question how often each answer was marked, the blank votes first where they are allowed."""

    counts: tuple[tuple[int, ...], ...]

    @classmethod
    def from_json(cls, data: bytes, election: Election) -> Result:
        rows = fields(parse_canonical(data), ("result",), what="result")["result"]
        try:
            return cls(
                tuple(
                    tuple(weight(each, "result") for each in array(row, width, "result"))
                    for row, width in zip(
                        array(rows, len(election.shape), "result"), election.shape, strict=True
                    )
                )
            )
        except ProtocolError as error:
            if error.fault == Fault.JSON_WRONG_LENGTH:
                raise ProtocolError(Fault.RESULT_WRONG, "shape") from None
            raise

    def to_json(self) -> bytes:
        return serialise({"result": [[write_weight(each) for each in row] for row in self.counts]})


def compute_result(tally: EncryptedTally, partials: Sequence[PartialDecryption], total_weight: int) -> Result:
    """The counts, looked up among the powers of g from 0 to ``total_weight``; ``partials`` of all trustees, checked."""
    rows = _powers(tally, partials)
    wanted = {power for row in rows for power in row}
    found: dict[Element, int] = {}
    power = NEUTRAL
    for count in range(total_weight + 1):
        if power in wanted:
            found[power] = count
        if len(found) == len(wanted):
            break
        power = power * GENERATOR
    else:
        raise ProtocolError(Fault.RESULT_NOT_FOUND)
    return Result(tuple(tuple(found[power] for power in row) for row in rows))


def check_result(
    result: Result, tally: EncryptedTally, partials: Sequence[PartialDecryption], total_weight: int
) -> None:
    """Raise ``ProtocolError`` unless these are the counts. No search: a count is right if g to it is the power found."""
    for number, (counts, powers) in enumerate(zip(result.counts, _powers(tally, partials), strict=True), 1):
        for count, power in zip(counts, powers, strict=True):
            if count > total_weight or GENERATOR**count != power:
                raise ProtocolError(Fault.RESULT_WRONG, f"question {number}")


def _powers(tally: EncryptedTally, partials: Sequence[PartialDecryption]) -> tuple[tuple[Element, ...], ...]:
    """g to each count: beta without the product of all factors."""
    return tuple(
        tuple(
            ciphertext.beta / product(partial.factors[row][column] for partial in partials)
            for column, ciphertext in enumerate(ciphertexts)
        )
        for row, ciphertexts in enumerate(tally.rows)
    )
