// The two proofs from which everything else is made: knowing an exponent, and one of several statements being true.
//
// Responses are w − secret · challenge, so the verifier finds the commitment as base^response · public^challenge
// (Specification, "proofs").

import { array, fields } from "./canonical.js";
import {
  decodeScalar,
  encodeScalar,
  GENERATOR,
  modulo,
  powerOfGenerator,
  randomScalar,
} from "./group.js";
import { challenge } from "./hashing.js";

/** A challenge and its response, numbers modulo q. */
export class Proof {
  constructor(challengeNumber, response) {
    this.challenge = challengeNumber;
    this.response = response;
    Object.freeze(this);
  }

  static fromJson(value) {
    fields(value, ["challenge", "response"], [], "proof");
    return new Proof(decodeScalar(value.challenge), decodeScalar(value.response));
  }

  toJson() {
    return { challenge: encodeScalar(this.challenge), response: encodeScalar(this.response) };
  }
}

export function proofsFromJson(value, length) {
  return Object.freeze(array(value, length, "proofs").map(Proof.fromJson));
}

// --- knowledge of an exponent -------------------------------------------------------------------------

/** That one `secret` is the exponent over every base (Schnorr; Chaum and Pedersen for two bases). */
export function proveKnowledge(secret, prefix, randomness, bases = [GENERATOR]) {
  const w = randomScalar(randomness);
  const c = challenge(
    prefix,
    bases.map((base) => base.power(w)),
  );
  return new Proof(c, modulo(w - secret * c));
}

/** Whether the prover knew the one exponent that makes each pair `[base, public]` true: base^secret = public. */
export function knowledgeHolds(proof, prefix, pairs) {
  const commitments = pairs.map(([base, element]) =>
    base.powerUnsafe(proof.response).multiply(element.powerUnsafe(proof.challenge)),
  );
  return challenge(prefix, commitments) === proof.challenge;
}

// --- one of several statements ------------------------------------------------------------------------

/**
 * That one of the claims is true, without telling which (Cramer, Damgård and Schoenmakers).
 *
 * A claim `{exponent, offset, isTrue}` is what the prover knows of one statement "(a, b) encrypts 0": a = g^exponent,
 * b = y^exponent · g^offset. It is true when `offset` is 0; `isTrue` says so as a number, 0n or 1n, and is 1n for one
 * claim alone.
 *
 * A prover who knows all exponents finds every commitment, simulated or not, by the same fixed-base powers; only the
 * last step treats the true claim differently, by a factor of 1 in place of 0. Nothing branches on which it is.
 */
export function proveOneOf(claims, y, prefix, randomness) {
  const drawn = claims.map(() => {
    const c = randomScalar(randomness);
    return { c, r: randomScalar(randomness) };
  });
  const commitments = claims.flatMap(({ exponent, offset }, index) => {
    const { c, r } = drawn[index];
    const e = modulo(r + exponent * c);
    return [GENERATOR.power(e), y.power(e).multiply(powerOfGenerator(modulo(offset * c)))];
  });
  const missing = challenge(prefix, commitments) - drawn.reduce((sum, { c }) => sum + c, 0n);
  return Object.freeze(
    claims.map(({ exponent, isTrue }, index) => {
      const { c, r } = drawn[index];
      const share = isTrue * modulo(missing);
      return new Proof(modulo(c + share), modulo(r - exponent * share));
    }),
  );
}

/**
 * Whether one of the statements "(a, b) encrypts the message" was shown to be true.
 *
 * Statement j is `{a, b, message}` with a and b already raised to the challenge of proof j, because many statements
 * speak of the same elements and `powersUnsafe` finds their powers together; `message` is a small number.
 */
export function oneOfHolds(proofs, statements, y, prefix) {
  const commitments = proofs.flatMap(({ challenge: c, response: r }, index) => {
    const { a, b, message } = statements[index];
    const withMessage = y.powerUnsafe(r).multiply(b);
    return [
      GENERATOR.powerUnsafe(r).multiply(a),
      message ? withMessage.divide(GENERATOR.powerUnsafe(BigInt(message) * c)) : withMessage,
    ];
  });
  return (
    challenge(prefix, commitments) ===
    modulo(proofs.reduce((sum, proof) => sum + proof.challenge, 0n))
  );
}
