// Partial decryption: each trustee takes its share of the key off the tally, and proves that it did just that.
//
// Whoever has one ballot decrypted by all trustees reads that ballot. So the key is used on nothing but a tally that
// this browser has recomputed from checked ballots (a `VerifiedTally` of `Board`), and only on one of each election.
// The function that does use it is kept inside this file, and it works here rather than in a worker: a message to a
// worker would be a way to have any tally decrypted.

import { VerifiedTally } from "./board.js";
import { array, fields, parseCanonical, serialise } from "./canonical.js";
import { Fault, ProtocolError } from "./errors.js";
import { decodeElementOrNeutral, GENERATOR } from "./group.js";
import { knowledgeHolds, Proof, proveKnowledge } from "./proofs.js";

/** One trustee's factor alpha^x and proof for each ciphertext of the tally, in its shape. */
export class PartialDecryption {
  constructor(factors, proofs) {
    this.factors = Object.freeze(factors.map(Object.freeze));
    this.proofs = Object.freeze(proofs.map(Object.freeze));
    Object.freeze(this);
  }

  /** From bytes. */
  static fromJson(data, election) {
    const names = ["decryption_factors", "decryption_proofs"];
    const what = "partial decryption";
    const value = fields(parseCanonical(data), names, [], what);
    const read = (name, decode) =>
      array(value[name], election.shape.length, what).map((row, index) =>
        array(row, election.shape[index], what).map((each) => decode(each)),
      );
    return new PartialDecryption(
      read("decryption_factors", decodeElementOrNeutral),
      read("decryption_proofs", Proof.fromJson),
    );
  }

  /** To bytes. */
  toJson() {
    return serialise({
      decryption_factors: this.factors.map((row) => row.map((each) => each.encode())),
      decryption_proofs: this.proofs.map((row) => row.map((each) => each.toJson())),
    });
  }
}

/**
 * The share of `key` in decrypting a tally.
 *
 * @param verified   a `VerifiedTally`, otherwise the fault BOARD_UNVERIFIED
 * @param key        a `TrusteeKey` of this election, otherwise DECRYPTION_FOREIGN_KEY
 * @param randomness `secureRandomness`, or a fixed stream in a test
 * @param store      remembers what was decrypted: `get(name)` and `set(name, text)`, both async; a store that fails
 *                   has to throw, and then nothing is decrypted
 * @param onProgress called with the questions done and their number
 * @throws  TALLY_SECOND when another tally of this election was decrypted before; the same one again is allowed
 */
export async function decryptPartially(
  verified,
  key,
  randomness,
  { store, onProgress = () => {} },
) {
  if (!VerifiedTally.isOne(verified)) throw new ProtocolError(Fault.BOARD_UNVERIFIED);
  if (!verified.trustees.ownerOf(key)) throw new ProtocolError(Fault.DECRYPTION_FOREIGN_KEY);
  await alone(() => remember(verified, store));
  return applyKey(verified.election, verified.tally, key, randomness, onProgress);
}

/** One at a time in all tabs of this browser, or two tallies could both find that there was none before. */
function alone(run) {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request("ballot-decryption", run) : run();
}

async function remember({ election, descriptor }, store) {
  const name = `decrypted:${election.uuid}:${election.fingerprint}`;
  const before = await store.get(name);
  if (before === undefined || before === null) await store.set(name, descriptor.encryptedTally);
  // Read back: a store that forgets must not go unnoticed, nor another tab of a browser that has no locks.
  if ((await store.get(name)) !== descriptor.encryptedTally)
    throw new ProtocolError(Fault.TALLY_SECOND);
}

async function applyKey(election, tally, key, randomness, onProgress) {
  const prefix = prefixOf(election, key.public);
  const factors = [];
  const proofs = [];
  for (const row of tally.rows) {
    factors.push(row.map(({ alpha }) => alpha.power(key.secret)));
    proofs.push(
      row.map(({ alpha }) => proveKnowledge(key.secret, prefix, randomness, [GENERATOR, alpha])),
    );
    onProgress(factors.length, tally.rows.length);
    await new Promise((resolve) => setTimeout(resolve)); // let the page show how far it is
  }
  return new PartialDecryption(factors, proofs);
}

/**
 * Throw `ProtocolError` unless every factor is alpha to the exponent of `publicKey`.
 * `tally` has to be recomputed from the ballots: the proof does not name it.
 */
export function checkPartialDecryption(partial, election, tally, publicKey) {
  const prefix = prefixOf(election, publicKey);
  tally.rows.forEach((row, i) => {
    row.forEach(({ alpha }, j) => {
      const factor = partial.factors[i][j];
      const pairs = [
        [GENERATOR, publicKey],
        [alpha, factor],
      ];
      if (factor.isNeutral !== alpha.isNeutral)
        throw new ProtocolError(Fault.POINT, `question ${i + 1}`);
      if (!knowledgeHolds(partial.proofs[i][j], prefix, pairs))
        throw new ProtocolError(Fault.DECRYPTION_PROOF, `question ${i + 1}`);
    });
  });
}

function prefixOf(election, publicKey) {
  return `decrypt|${election.fingerprint}|${publicKey.encode()}|`;
}
