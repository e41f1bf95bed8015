// The ballot: one vote, encrypted, with the proofs that it is a vote at all and a signature by its credential.

import { array, fields, parseCanonical, string } from "./canonical.js";
import { Fault, ProtocolError } from "./errors.js";
import { decodeCandidate, decodeElement } from "./group.js";
import { sha256Base64 } from "./hashing.js";
import { Proof, proofsFromJson } from "./proofs.js";

/** ElGamal in the exponent: alpha = g^r, beta = y^r · g^m. Multiplying ciphertexts adds their messages. */
export class Ciphertext {
  constructor(alpha, beta) {
    this.alpha = alpha;
    this.beta = beta;
    Object.freeze(this);
  }

  toJson() {
    return { alpha: this.alpha.encode(), beta: this.beta.encode() };
  }

  multiply(other) {
    return new Ciphertext(this.alpha.multiply(other.alpha), this.beta.multiply(other.beta));
  }

  /** To a public exponent. */
  powerUnsafe(exponent) {
    return exponent === 1n
      ? this
      : new Ciphertext(this.alpha.powerUnsafe(exponent), this.beta.powerUnsafe(exponent));
  }
}

/**
 * The answer to one question: a ciphertext an answer (the blank flag first), and the proofs about them.
 *
 * The two halves of its ciphertexts are candidates: whether they belong to the group, `checkBallot` settles together
 * with the proofs, and only then can anything be computed with them.
 */
export class Answer {
  constructor({ choices, individualProofs, overallProof, blankProof = null }) {
    this.choices = Object.freeze(choices);
    this.individualProofs = Object.freeze(individualProofs);
    this.overallProof = overallProof;
    this.blankProof = blankProof;
    Object.freeze(this);
  }

  static fromJson(value, question) {
    const names = ["choices", "individual_proofs", "overall_proof"];
    fields(value, question.blank ? [...names, "blank_proof"] : names, [], "answer");
    const choices = array(value.choices, question.width, "choices");
    const proofs = array(value.individual_proofs, question.width, "proofs");
    const statements = question.max - question.min + 1 + (question.blank ? 1 : 0);
    return new Answer({
      choices: choices.map(ciphertextFromJson),
      individualProofs: proofs.map((each) => proofsFromJson(each, 2)),
      overallProof: proofsFromJson(value.overall_proof, statements),
      blankProof: question.blank ? proofsFromJson(value.blank_proof, 2) : null,
    });
  }

  toJson() {
    const value = {
      choices: this.choices.map((each) => each.toJson()),
      individual_proofs: this.individualProofs.map(proofsToJson),
      overall_proof: proofsToJson(this.overallProof),
    };
    return this.blankProof ? { ...value, blank_proof: proofsToJson(this.blankProof) } : value;
  }
}

function ciphertextFromJson(value) {
  fields(value, ["alpha", "beta"], [], "ciphertext");
  return new Ciphertext(decodeCandidate(value.alpha), decodeCandidate(value.beta));
}

function proofsToJson(proofs) {
  return proofs.map((proof) => proof.toJson());
}

/**
 * A well-formed ballot for one election: encodings and shape are right; the proofs and whether its ciphertexts belong
 * to the group are not yet checked. `data` is its exact text, `signedHash` the hash that the text carries of itself
 * without the signature.
 */
export class Ballot {
  constructor({ credential, answers, signedHash, signature, data }) {
    this.credential = credential;
    this.answers = Object.freeze(answers);
    this.signedHash = signedHash;
    this.signature = signature;
    this.data = data;
    Object.freeze(this);
  }

  /** From bytes; throws `ProtocolError` for anything but a ballot of this election in its one spelling. */
  static fromJson(data, election) {
    if (data.length > ballotSizeLimit(election)) throw new ProtocolError(Fault.BALLOT_TOO_LARGE);
    const value = parseCanonical(data, Fault.BALLOT_NOT_CANONICAL);
    checkFields(value);
    const uuid = string(value.election_uuid, "ballot");
    const fingerprint = string(value.election_hash, "ballot");
    if (uuid !== election.uuid || fingerprint !== election.fingerprint)
      throw new ProtocolError(Fault.BALLOT_OTHER_ELECTION);
    const answers = array(value.answers, election.questions.length, "answers");
    const signature = fields(value.signature, ["hash", "proof"], [], "signature");
    return new Ballot({
      credential: decodeElement(value.credential),
      answers: answers.map((answer, index) => Answer.fromJson(answer, election.questions[index])),
      signedHash: string(signature.hash, "signature"),
      signature: Proof.fromJson(signature.proof),
      data: data.slice(),
    });
  }

  /** The hash of the whole ballot, which the voter notes and finds on the board. */
  get tracker() {
    return sha256Base64(this.data);
  }

  /** What `signedHash` has to be: the hash of the text without its last field. */
  recomputedHash() {
    const text = new TextDecoder().decode(this.data);
    const unsigned = `${text.slice(0, text.lastIndexOf(',"signature":'))}}`;
    return sha256Base64(new TextEncoder().encode(unsigned));
  }
}

function checkFields(value) {
  const names = ["election_uuid", "election_hash", "credential", "answers", "signature"];
  try {
    fields(value, names, [], "ballot");
  } catch (error) {
    throw error.fault === Fault.NOT_CANONICAL
      ? new ProtocolError(Fault.BALLOT_NOT_CANONICAL)
      : error;
  }
}

/** Twice the bytes of the longest ballot of this election; a longer text is refused unread. */
export function ballotSizeLimit(election) {
  const proof = 183;
  const ciphertext = 151;
  const around = 80;
  let size = 512 + election.uuid.length;
  for (const question of election.questions) {
    const blank = question.blank ? 1 : 0;
    const overall = question.max - question.min + 1 + blank;
    size += around + question.width * (ciphertext + 2 * proof + 3) + (overall + 2 * blank) * proof;
  }
  return 2 * size;
}
