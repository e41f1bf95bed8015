// Elections of our own, invented, with all their secrets.
import {
  CredentialList,
  deriveCredential,
  generateCredential,
} from "../../../static/js/ballot/credentials.js";
import { generateUuid, Question, writeElection } from "../../../static/js/ballot/election.js";
import { encryptBallot } from "../../../static/js/ballot/encryption.js";
import { ArchiveWriter } from "../../../static/js/ballot/events.js";
import { generateTrusteeKey, proveTrustee, Trustees } from "../../../static/js/ballot/trustees.js";
import { stream } from "./streams.js";

export const TIME = 1700000000;

export function rows(number, { answers = 2, min = 0, max = 1, blank = null } = {}) {
  return Array.from(
    { length: number },
    (_, index) =>
      new Question({
        answers: ["Excellent", "Qualified", "Basically qualified", "Unqualified"].slice(0, answers),
        min,
        max,
        question: `Member ${index}`,
        blank,
      }),
  );
}

export function makeElection({ questions = rows(1), voters = 2, trustees = 2, seed = "" } = {}) {
  const randomness = stream(`election ${seed}`);
  const keys = Array.from({ length: trustees }, () => generateTrusteeKey(randomness));
  const people = Trustees.of(
    keys.map((key, index) => proveTrustee(key, `Trustee ${index}`, randomness)),
  );
  const election = writeElection({
    uuid: generateUuid(randomness),
    name: "Invented “election”",
    description: "Nobody \\ voted",
    trustees: people,
    questions,
  });
  const credentials = Array.from({ length: voters }, () =>
    deriveCredential(election.uuid, generateCredential(randomness)),
  );
  const roll = CredentialList.of(credentials.map((each) => each.public));
  return {
    election,
    keys,
    trustees: people,
    credentials,
    roll,
    setup: { election: election.data, trustees: people.toJson(), credentials: roll.data },
    ballot: (voter, choices, again = "") =>
      encryptBallot(election, credentials[voter], choices, stream(`ballot ${voter} ${again}`)),
  };
}

/** An archive with these ballots (bytes), closed, and with its tally if that is given. */
export function archiveWith({ setup }, ballots, counted = null) {
  const writer = new ArchiveWriter(TIME);
  writer.setup(setup.election, setup.trustees, setup.credentials);
  for (const ballot of ballots) writer.ballot(ballot);
  writer.endBallots();
  if (counted) writer.encryptedTally(counted.tally.toJson(), counted.descriptor.toJson());
  return writer;
}

/** The ballot (bytes) with another last digit in its first response: well-formed, but not what was signed. */
export function spoiled(ballot) {
  const text = new TextDecoder().decode(ballot);
  return new TextEncoder().encode(
    text.replace(
      /("response":"\d*)(\d)"/,
      (_, before, last) => `${before}${(Number(last) + 1) % 10}"`,
    ),
  );
}
