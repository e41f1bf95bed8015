// Checking a ballot, the same when it is cast and when anybody audits the archive.

import { Ciphertext } from "./ballots.js";
import { Fault, ProtocolError } from "./errors.js";
import { GENERATOR } from "./group.js";
import { sha256Hex } from "./hashing.js";
import { knowledgeHolds, oneOfHolds } from "./proofs.js";
import {
  blankPrefix,
  individualPrefix,
  overallPrefix,
  questionContext,
  signaturePrefix,
  summed,
  voterContext,
} from "./transcripts.js";

/** A ballot that may be counted: `credential`, and `ciphertexts` of elements, a row a question. */
export class CheckedBallot {
  constructor(ballot, ciphertexts) {
    this.credential = ballot.credential;
    this.ciphertexts = Object.freeze(ciphertexts.map(Object.freeze));
    this.hash = sha256Hex(ballot.data);
    Object.freeze(this);
  }
}

/**
 * The ballot as one that may be counted; throws `ProtocolError` unless its credential is on the roll and signed this
 * text, its points belong to the group, and every proof holds.
 *
 * Whether the same ballot was cast before, only the whole board knows.
 */
export function checkBallot(ballot, election, credentials) {
  if (!credentials.has(ballot.credential.encode()))
    throw new ProtocolError(Fault.BALLOT_UNKNOWN_CREDENTIAL);
  if (ballot.signedHash !== ballot.recomputedHash()) throw new ProtocolError(Fault.BALLOT_HASH);
  const prefix = signaturePrefix(ballot.signedHash);
  if (!knowledgeHolds(ballot.signature, prefix, [[GENERATOR, ballot.credential]]))
    throw new ProtocolError(Fault.BALLOT_SIGNATURE);
  const y = election.publicKey.withTable();
  const context = voterContext(election, ballot.credential);
  const ciphertexts = ballot.answers.map((answer, index) =>
    checkAnswer(answer, election.questions[index], y, context, `question ${index + 1}`),
  );
  return new CheckedBallot(ballot, ciphertexts);
}

/** What `checkBallot` gave before for the same bytes and the same set-up: nothing is checked again. */
export function checkedBefore(ballot) {
  const settled = ({ alpha, beta }) => new Ciphertext(alpha.settledBefore(), beta.settledBefore());
  return new CheckedBallot(
    ballot,
    ballot.answers.map((answer) => answer.choices.map(settled)),
  );
}

function checkAnswer(answer, question, y, voter, where) {
  const choices = answer.choices.map((choice, index) =>
    checkChoice(choice, answer.individualProofs[index], y, voter, where),
  );
  const context = questionContext(voter, choices);
  const total = summed(question, choices);
  const range = Array.from(
    { length: question.max - question.min + 1 },
    (_, index) => question.min + index,
  );
  const prefix = overallPrefix(question, context, total);
  if (!question.blank) {
    const sums = statements(total, answer.overallProof, range);
    if (!oneOfHolds(answer.overallProof, sums, y, prefix))
      throw new ProtocolError(Fault.BALLOT_OVERALL, where);
    return choices;
  }
  const [flag] = choices;
  const either = [
    ...statements(flag, answer.overallProof.slice(0, 1), [1]),
    ...statements(total, answer.overallProof.slice(1), range),
  ];
  if (!oneOfHolds(answer.overallProof, either, y, prefix))
    throw new ProtocolError(Fault.BALLOT_OVERALL, where);
  const consistent = [
    ...statements(flag, answer.blankProof.slice(0, 1), [0]),
    ...statements(total, answer.blankProof.slice(1), [0]),
  ];
  if (!oneOfHolds(answer.blankProof, consistent, y, blankPrefix(context)))
    throw new ProtocolError(Fault.BALLOT_BLANK, where);
  return choices;
}

/** The ciphertext in elements of the group, if it encrypts 0 or 1. */
function checkChoice(choice, proofs, y, voter, where) {
  const challenges = proofs.map((proof) => proof.challenge);
  const alpha = settle(choice.alpha, challenges, where);
  const beta = settle(choice.beta, challenges, where);
  const zeroOrOne = [0, 1].map((message) => ({
    a: alpha.powers[message],
    b: beta.powers[message],
    message,
  }));
  if (!oneOfHolds(proofs, zeroOrOne, y, individualPrefix(voter, choice)))
    throw new ProtocolError(Fault.BALLOT_INDIVIDUAL, where);
  return new Ciphertext(alpha.element, beta.element);
}

function settle(candidate, exponents, where) {
  try {
    return candidate.settle(exponents);
  } catch (error) {
    throw error instanceof ProtocolError ? new ProtocolError(error.fault, where) : error;
  }
}

/** That `ciphertext` encrypts each of `messages`, for `oneOfHolds`. */
function statements({ alpha, beta }, proofs, messages) {
  const challenges = proofs.map((proof) => proof.challenge);
  const a = alpha.powersUnsafe(challenges);
  const b = beta.powersUnsafe(challenges);
  return messages.map((message, index) => ({ a: a[index], b: b[index], message }));
}
