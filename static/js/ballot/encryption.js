// Making a ballot from choices: what the voter's browser does.

import { Answer, Ballot, Ciphertext } from "./ballots.js";
import { serialise } from "./canonical.js";
import { Fault, ProtocolError } from "./errors.js";
import { Candidate, GENERATOR, modulo, powerOfGenerator, randomScalar } from "./group.js";
import { sha256Base64 } from "./hashing.js";
import { proveKnowledge, proveOneOf } from "./proofs.js";
import {
  blankPrefix,
  individualPrefix,
  overallPrefix,
  questionContext,
  signaturePrefix,
  summed,
  voterContext,
} from "./transcripts.js";

/**
 * The ballot for `choices`; throws `ProtocolError` when a question does not allow them.
 *
 * @param choices    for each question a vector of 0 and 1, one an answer; where blank is allowed a flag before them, 1
 *                   for a blank vote
 * @param randomness gives so many random bytes: `secureRandomness`, or a fixed stream in a test
 * @param onProgress called with the questions done and their number, after each
 */
export function encryptBallot(election, credential, choices, randomness, onProgress = () => {}) {
  checkChoices(election, choices);
  const y = election.publicKey.withTable();
  const context = voterContext(election, credential.public);
  const answers = election.questions.map((question, index) => {
    const answer = encryptAnswer(question, choices[index].map(BigInt), y, context, randomness);
    onProgress(index + 1, election.questions.length);
    return answer;
  });
  return sign(election, credential, answers, randomness);
}

/** Refuse marks that could not be proven. This one looks at the vote: a mistake here must not become a ballot. */
export function checkChoices(election, choices) {
  const allowed =
    Array.isArray(choices) &&
    choices.length === election.questions.length &&
    election.questions.every((question, index) => allows(question, choices[index]));
  if (!allowed) throw new ProtocolError(Fault.CHOICES);
}

function allows(question, marks) {
  if (!Array.isArray(marks) || marks.length !== question.width) return false;
  if (!marks.every((mark) => mark === 0 || mark === 1)) return false;
  const marked = marks.reduce((sum, mark) => sum + mark, 0);
  if (question.blank && marks[0] === 1) return marked === 1;
  return question.min <= marked && marked <= question.max;
}

function encryptAnswer(question, marks, y, voter, randomness) {
  const exponents = marks.map(() => randomScalar(randomness));
  const choices = marks.map(
    (m, index) =>
      new Ciphertext(
        GENERATOR.power(exponents[index]),
        y.power(exponents[index]).multiply(powerOfGenerator(m)),
      ),
  );
  const individualProofs = choices.map((choice, index) =>
    proveOneOf(
      claims(exponents[index], marks[index], 0, 1),
      y,
      individualPrefix(voter, choice),
      randomness,
    ),
  );
  const context = questionContext(voter, choices);
  const first = question.blank ? 1 : 0;
  const rSum = modulo(sum(exponents.slice(first)));
  const overall = claims(rSum, sum(marks.slice(first)), question.min, question.max);
  const prefix = overallPrefix(question, context, summed(question, choices));
  const candidates = choices.map(
    ({ alpha, beta }) => new Ciphertext(Candidate.of(alpha), Candidate.of(beta)),
  );
  if (!question.blank) {
    const overallProof = proveOneOf(overall, y, prefix, randomness);
    return new Answer({ choices: candidates, individualProofs, overallProof });
  }
  const [rBlank] = exponents;
  const [mBlank] = marks;
  const either = [
    { exponent: rBlank, offset: modulo(mBlank - 1n), isTrue: mBlank },
    ...overall.map((claim) => ({ ...claim, isTrue: claim.isTrue * (1n - mBlank) })),
  ];
  const consistent = [
    { exponent: rBlank, offset: mBlank, isTrue: 1n - mBlank },
    { exponent: rSum, offset: sum(marks.slice(first)), isTrue: mBlank },
  ];
  const overallProof = proveOneOf(either, y, prefix, randomness);
  const blankProof = proveOneOf(consistent, y, blankPrefix(context), randomness);
  return new Answer({ choices: candidates, individualProofs, overallProof, blankProof });
}

/** That the message is each number from `least` to `most`; one of the claims is true. */
function claims(exponent, message, least, most) {
  return Array.from({ length: most - least + 1 }, (_, index) => {
    const value = BigInt(least + index);
    return {
      exponent,
      offset: modulo(message - value),
      isTrue: BigInt(message === value),
    };
  });
}

function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0n);
}

function sign(election, credential, answers, randomness) {
  const value = {
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential: credential.public.encode(),
    answers: answers.map((answer) => answer.toJson()),
  };
  const signedHash = sha256Base64(serialise(value));
  const proof = proveKnowledge(credential.secret, signaturePrefix(signedHash), randomness);
  const data = serialise({ ...value, signature: { hash: signedHash, proof: proof.toJson() } });
  return new Ballot({
    credential: credential.public,
    answers,
    signedHash,
    signature: proof,
    data,
  });
}
