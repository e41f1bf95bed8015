// What each proof of a ballot binds itself to, so that it fits nowhere else; the prover and the verifier share it.
//
// Specification, "ballots". `context` is the text that grows from the election to the question.

import { Ciphertext } from "./ballots.js";
import { product } from "./group.js";

export function voterContext(election, credential) {
  return `${election.fingerprint}|${credential.encode()}`;
}

export function questionContext(context, choices) {
  return `${context}|${choices.map(spelled).join(",")}`;
}

/** `context` is the voter's. */
export function individualPrefix(context, choice) {
  return `prove|${context}|${spelled(choice)}|`;
}

/** `context` is the question's, `total` the product of its answers. */
export function overallPrefix(question, context, total) {
  return question.blank ? `bproof1|${context}|` : `prove|${context}|${spelled(total)}|`;
}

export function blankPrefix(context) {
  return `bproof0|${context}|`;
}

export function signaturePrefix(signedHash) {
  return `sig|${signedHash}|`;
}

/** The product of the ciphertexts of all answers, the blank flag left out. */
export function summed(question, choices) {
  const answers = question.blank ? choices.slice(1) : choices;
  return new Ciphertext(
    product(answers.map((each) => each.alpha)),
    product(answers.map((each) => each.beta)),
  );
}

function spelled(ciphertext) {
  return `${ciphertext.alpha.encode()},${ciphertext.beta.encode()}`;
}
