// The encrypted tally: all counted ballots multiplied, so that only sums are ever decrypted.

import { Ciphertext } from "./ballots.js";
import {
  array,
  fields,
  natural,
  parseCanonical,
  serialise,
  string,
  weight,
  writeWeight,
} from "./canonical.js";
import { decodeCandidate, decodeElementOrNeutral, NEUTRAL } from "./group.js";
import { sha256Hex } from "./hashing.js";

/** A ciphertext for each question and element, in the shape of the election. */
export class EncryptedTally {
  constructor(rows) {
    this.rows = Object.freeze(rows.map((row) => Object.freeze([...row])));
    Object.freeze(this);
  }

  /** What no ballots at all come to. */
  static empty(election) {
    const none = new Ciphertext(NEUTRAL, NEUTRAL);
    return new EncryptedTally(election.shape.map((width) => new Array(width).fill(none)));
  }

  /** From bytes. */
  static fromJson(data, election) {
    return readRows(parseCanonical(data), election.shape, decodeElementOrNeutral);
  }

  /** To bytes. */
  toJson() {
    return serialise(this.toMessage());
  }

  /** What a worker posts. */
  toMessage() {
    return this.rows.map((row) => row.map((each) => each.toJson()));
  }

  /** From what one of our own workers posted; its elements are not checked again. */
  static fromMessage(message, election) {
    return readRows(message, election.shape, (text) =>
      text === NEUTRAL.encode() ? NEUTRAL : decodeCandidate(text).settledBefore(),
    );
  }

  multiply(other) {
    return new EncryptedTally(
      this.rows.map((row, i) => row.map((each, j) => each.multiply(other.rows[i][j]))),
    );
  }

  equals(other) {
    return this.rows.every((row, i) =>
      row.every(({ alpha, beta }, j) => {
        const its = other.rows[i][j];
        return alpha.equals(its.alpha) && beta.equals(its.beta);
      }),
    );
  }
}

function readRows(value, shape, decode) {
  const rows = array(value, shape.length, "tally").map((row, index) =>
    array(row, shape[index], "tally").map((each) => {
      fields(each, ["alpha", "beta"], [], "tally");
      return new Ciphertext(decode(each.alpha), decode(each.beta));
    }),
  );
  return new EncryptedTally(rows);
}

/** What one ballot alone comes to. */
export function weightedTally(rows, its) {
  return new EncryptedTally(rows.map((row) => row.map((each) => each.powerUnsafe(its))));
}

/** The tally of all the ballots that each of `tallies` was made of. */
export function multiplyTallies(election, tallies) {
  return tallies.length
    ? tallies.reduce((total, each) => total.multiply(each))
    : EncryptedTally.empty(election);
}

/** How many ballots were counted, with what weight (a BigInt), and the hash of their encrypted tally. */
export class TallyDescriptor {
  constructor(numTallied, totalWeight, encryptedTally) {
    this.numTallied = numTallied;
    this.totalWeight = totalWeight;
    this.encryptedTally = encryptedTally;
    Object.freeze(this);
  }

  static of(tally, numTallied, totalWeight) {
    return new TallyDescriptor(numTallied, totalWeight, sha256Hex(tally.toJson()));
  }

  /** From bytes. */
  static fromJson(data) {
    const names = ["num_tallied", "total_weight", "encrypted_tally"];
    const value = fields(parseCanonical(data), names, [], "tally");
    return new TallyDescriptor(
      natural(value.num_tallied, undefined, "tally"),
      weight(value.total_weight, "tally"),
      string(value.encrypted_tally, "tally"),
    );
  }

  /** To bytes. */
  toJson() {
    return serialise({
      num_tallied: this.numTallied,
      total_weight: writeWeight(this.totalWeight),
      encrypted_tally: this.encryptedTally,
    });
  }
}

/** `{tally, descriptor}` of checked ballots in the order of casting: of each credential the last one counts. */
export function tallyBallots(election, credentials, ballots) {
  const counted = new Map(ballots.map((ballot) => [ballot.credential.encode(), ballot]));
  const weights = [...counted.keys()].map((credential) => credentials.weightOf(credential));
  const tallies = [...counted.values()].map((ballot, index) =>
    weightedTally(ballot.ciphertexts, weights[index]),
  );
  const tally = multiplyTallies(election, tallies);
  const total = weights.reduce((sum, each) => sum + each, 0n);
  return { tally, descriptor: TallyDescriptor.of(tally, counted.size, total) };
}
