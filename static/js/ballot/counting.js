// From the first event of a board to its encrypted tally: what a trustee has to know before using the key, and the
// larger part of verifying an archive.
//
// The first pass over an archive walks the container and the chain of hashes, which takes little time; the second
// checks the contents in the order of events. The first thing found wrong is thrown.

import { CredentialList } from "./credentials.js";
import { Election } from "./election.js";
import { Fault, ProtocolError } from "./errors.js";
import { EventType, placed, readRecords, setupPayload } from "./events.js";
import { sha256Hex } from "./hashing.js";
import { EncryptedTally, TallyDescriptor } from "./tally.js";
import { Trustees } from "./trustees.js";

// --- first pass ---------------------------------------------------------------------------------------

/**
 * The chain of an archive: `{setup, ballots, tally, partials, result, last}`, records or null.
 * The archive must go at least `upTo` an event of that type.
 */
export function outline(bytes, upTo) {
  const found = { setup: null, ballots: [], tally: null, partials: [], result: null, last: null };
  for (const record of readRecords(bytes)) {
    found.last = record;
    const { type } = record.event;
    if (type === EventType.SETUP) found.setup = record;
    else if (type === EventType.BALLOT) found.ballots.push(record);
    else if (type === EventType.ENCRYPTED_TALLY) found.tally = record;
    else if (type === EventType.PARTIAL_DECRYPTION) found.partials.push(record);
    else if (type === EventType.RESULT) found.result = record;
  }
  const reached = Object.values(EventType);
  if (!found.last || reached.indexOf(found.last.event.type) < reached.indexOf(upTo))
    throw placed(new ProtocolError(Fault.EVENT_MISSING, upTo), found.last?.place ?? null);
  return found;
}

// --- second pass --------------------------------------------------------------------------------------

/**
 * What an election begins with: `election`, `trustees` whose key it uses, and `credentials`; `hash` stands for all, as the
 * payload of the archive's first event.
 */
export class Setup {
  constructor(election, trustees, credentials) {
    this.election = election;
    this.trustees = trustees;
    this.credentials = credentials;
    this.hash = sha256Hex(setupPayload(election.data, trustees.toJson(), credentials.data));
    Object.freeze(this);
  }

  /** From the bytes of the three. */
  static fromJson({ election, trustees, credentials }) {
    const setup = new Setup(
      Election.fromJson(election),
      Trustees.fromJson(trustees),
      CredentialList.fromJson(credentials),
    );
    setup.election.checkKey(setup.trustees);
    return setup;
  }

  static fromRecord(record) {
    const [election, trustees, credentials] = record.data;
    try {
      return Setup.fromJson({ election, trustees, credentials });
    } catch (error) {
      throw placed(error, record.place);
    }
  }
}

/**
 * Check every ballot, and multiply those that count: of each credential the last.
 *
 * @param records    of ballots, in the order of casting
 * @param setup      with which `crew` has begun
 * @param crew       does the work: a `Crew` of workers
 * @param isChecked  whether the ballot of that hash was checked before, for this set-up
 * @param onProgress called with the ballots done and their number
 * @returns {tally, ballots, weight}: the product, and of how many ballots with what weight
 */
export async function countBallots(records, setup, crew, isChecked, onProgress = () => {}) {
  refuseDuplicates(records);
  const rest = new AbortController();
  let done = 0;
  const checks = records.map(async (record) => {
    const hash = record.event.payload;
    try {
      const { credential } = await crew.checkBallot(record.payload, {
        hash,
        known: isChecked(hash),
        signal: rest.signal,
      });
      done += 1;
      onProgress(done, records.length);
      return { hash, credential };
    } catch (error) {
      throw placed(error, record.place);
    }
  });
  const last = new Map((await inOrder(checks, rest)).map((each) => [each.credential, each.hash]));
  const counted = [...last].map(([credential, hash]) => ({
    hash,
    weight: setup.credentials.weightOf(credential),
  }));
  return {
    tally: await crew.multiply(counted),
    ballots: counted.length,
    weight: counted.reduce((sum, each) => sum + each.weight, 0n),
  };
}

/** All results, or the failure that comes first in the list; the rest is then given up. */
export async function inOrder(promises, rest) {
  for (const promise of promises) promise.catch(() => {}); // each is awaited below, unless an earlier one fails
  const results = [];
  try {
    for (const promise of promises) results.push(await promise);
  } catch (error) {
    rest.abort();
    throw error;
  }
  return results;
}

function refuseDuplicates(records) {
  const seen = new Set();
  for (const record of records) {
    if (seen.has(record.event.payload))
      throw placed(new ProtocolError(Fault.BALLOT_DUPLICATE), record.place);
    seen.add(record.event.payload);
  }
}

/** The archive's tally descriptor, if the archived tally and its counts are those of `counted`. */
export function checkTally(record, setup, counted) {
  try {
    const archived = EncryptedTally.fromJson(record.data[0], setup.election);
    if (!archived.equals(counted.tally)) throw new ProtocolError(Fault.TALLY_WRONG);
    const descriptor = TallyDescriptor.fromJson(record.payload);
    if (descriptor.numTallied !== counted.ballots || descriptor.totalWeight !== counted.weight)
      throw new ProtocolError(Fault.TALLY_COUNTS);
    return descriptor;
  } catch (error) {
    throw placed(error, record.place);
  }
}
