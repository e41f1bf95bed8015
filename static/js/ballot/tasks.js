// What a worker does for the page: the heavy part of checking, counting and encrypting ballots of one election.
//
// A worker keeps the ballots that it has checked, decoded, so that counting them needs no second decoding.

import { Ballot } from "./ballots.js";
import { checkBallot, checkedBefore } from "./checks.js";
import { CredentialList, deriveCredential } from "./credentials.js";
import { Election } from "./election.js";
import { encryptBallot } from "./encryption.js";
import { Fault, ProtocolError } from "./errors.js";
import { secureRandomness } from "./randomness.js";
import { multiplyTallies, weightedTally } from "./tally.js";

/**
 * The answering side of a worker: gives the function that takes each message `{id, task, payload}`.
 *
 * It calls `post` with `{id, progress: [done, total]}`, and in the end with `{id, value}` or `{id, error}`. An error that
 * is not the protocol's is posted by its name only: its message might quote what nobody should read.
 */
export function serve(post, randomness = secureRandomness) {
  const tasks = new Tasks(randomness);
  return ({ id, task, payload }) => {
    try {
      const value = tasks[task](payload, (...progress) => post({ id, progress }));
      post({ id, value });
    } catch (error) {
      post({
        id,
        error: error instanceof ProtocolError ? error.toMessage() : { failure: error.name },
      });
    }
  };
}

class Tasks {
  #randomness;
  #election = null;
  #credentials = null;
  #held = new Map(); // hash of a ballot -> the checked ballot

  constructor(randomness) {
    this.#randomness = randomness;
  }

  /** The election and its roll (bytes), with which everything after this is done. */
  begin({ election, credentials }) {
    this.#election = Election.fromJson(election);
    this.#credentials = CredentialList.fromJson(credentials);
    this.#held.clear();
  }

  /** Check a ballot, or only read it if it is `known` to be right, and keep it. */
  check({ data, hash, known }) {
    const ballot = Ballot.fromJson(data, this.#election);
    const checked = known
      ? checkedBefore(ballot)
      : checkBallot(ballot, this.#election, this.#credentials);
    if (checked.hash !== hash) throw new Error("another ballot than announced");
    this.#held.set(hash, checked);
    return { credential: checked.credential.encode() };
  }

  /** The product of ballots kept here, a list of `{hash, weight}`. */
  multiply({ ballots }) {
    const tallies = ballots.map(({ hash, weight }) =>
      weightedTally(this.#held.get(hash).ciphertexts, weight),
    );
    return multiplyTallies(this.#election, tallies).toMessage();
  }

  /** A ballot by a private credential, which has to be on the roll. */
  encrypt({ credential: privateText, choices }, report) {
    const credential = deriveCredential(this.#election.uuid, privateText);
    if (!this.#credentials.has(credential.public.encode()))
      throw new ProtocolError(Fault.BALLOT_UNKNOWN_CREDENTIAL);
    const ballot = encryptBallot(this.#election, credential, choices, this.#randomness, report);
    return { data: ballot.data, tracker: ballot.tracker };
  }
}
