// The result: with the shares of all trustees the counts come to light, and nothing else does.

import { array, fields, parseCanonical, serialise, weight, writeWeight } from "./canonical.js";
import { Fault, ProtocolError } from "./errors.js";
import { GENERATOR, NEUTRAL, product } from "./group.js";

/** For each question how often each answer was marked (BigInts), the blank votes first where they are allowed. */
export class Result {
  constructor(counts) {
    this.counts = Object.freeze(counts.map((row) => Object.freeze([...row])));
    Object.freeze(this);
  }

  /** From bytes. */
  static fromJson(data, election) {
    const { result } = fields(parseCanonical(data), ["result"], [], "result");
    try {
      const rows = array(result, election.shape.length, "result").map((row, index) =>
        array(row, election.shape[index], "result").map((each) => weight(each, "result")),
      );
      return new Result(rows);
    } catch (error) {
      throw error.fault === Fault.JSON_WRONG_LENGTH
        ? new ProtocolError(Fault.RESULT_WRONG, "shape")
        : error;
    }
  }

  /** To bytes. */
  toJson() {
    return serialise({ result: this.counts.map((row) => row.map(writeWeight)) });
  }
}

/** The counts, looked up among the powers of g from 0 to `totalWeight`; `partials` of all trustees, checked. */
export function computeResult(tally, partials, totalWeight) {
  const rows = powers(tally, partials).map((row) => row.map((each) => each.encode()));
  const wanted = new Set(rows.flat());
  const found = new Map();
  let power = NEUTRAL;
  for (let count = 0n; count <= totalWeight && found.size < wanted.size; count++) {
    if (wanted.has(power.encode())) found.set(power.encode(), count);
    power = power.multiply(GENERATOR);
  }
  if (found.size < wanted.size) throw new ProtocolError(Fault.RESULT_NOT_FOUND);
  return new Result(rows.map((row) => row.map((each) => found.get(each))));
}

/** Throw `ProtocolError` unless these are the counts. No search: a count is right if g to it is the power found. */
export function checkResult(result, tally, partials, totalWeight) {
  powers(tally, partials).forEach((row, i) => {
    row.forEach((power, j) => {
      const count = result.counts[i][j];
      if (count > totalWeight || !GENERATOR.powerUnsafe(count).equals(power))
        throw new ProtocolError(Fault.RESULT_WRONG, `question ${i + 1}`);
    });
  });
}

/** g to each count: beta without the product of all factors. */
function powers(tally, partials) {
  return tally.rows.map((row, i) =>
    row.map(({ beta }, j) => beta.divide(product(partials.map((each) => each.factors[i][j])))),
  );
}
