// Verifying a whole archive: everything that anybody can check about an election without any secret.

import { fields, natural, parseCanonical } from "./canonical.js";
import { checkTally, countBallots, outline, Setup } from "./counting.js";
import { checkPartialDecryption, PartialDecryption } from "./decryption.js";
import { Fault, ProtocolError } from "./errors.js";
import { EventType, placed } from "./events.js";
import { checkResult, Result } from "./result.js";

/**
 * Verify everything in an archive, which must go at least `upTo` that event (Setup, EncryptedTally or Result).
 *
 * @param bytes      the archive
 * @param crew       a `Crew`, whose workers check the ballots
 * @param onProgress called with the ballots checked so far and their number
 * @returns {setup, ballots, tally, descriptor, partialDecryptions, result, lastEvent}; what the archive does not have
 *          is null, `ballots` and `partialDecryptions` are numbers, `lastEvent` is the hash that stands for the board
 * @throws  `ProtocolError` with its `event` for the first thing that is wrong
 */
export async function verifyArchive(bytes, crew, { upTo = EventType.RESULT, onProgress } = {}) {
  const found = outline(bytes, upTo);
  const setup = Setup.fromRecord(found.setup);
  crew.begin(setup);
  const counted = await countBallots(found.ballots, setup, crew, () => false, onProgress);
  const descriptor = found.tally && checkTally(found.tally, setup, counted);
  const partials = checkPartialDecryptions(found.partials, setup, counted.tally);
  const result = found.result && checkedResult(found.result, setup, counted, partials);
  return Object.freeze({
    setup,
    ballots: found.ballots.length,
    tally: found.tally && counted.tally,
    descriptor,
    partialDecryptions: found.partials.length,
    result,
    lastEvent: found.last.hash,
  });
}

/** Those that are there, by their owner's number from 1. */
function checkPartialDecryptions(records, { election, trustees }, tally) {
  const partials = new Map();
  for (const record of records) {
    try {
      const payload = fields(parseCanonical(record.payload), ["owner", "payload"], [], "owner");
      const owner = natural(payload.owner, undefined, "owner");
      const trustee = trustees.members[owner - 1];
      if (partials.has(owner) || !trustee) throw new ProtocolError(Fault.DECRYPTION_OWNER);
      const partial = PartialDecryption.fromJson(record.data[0], election);
      checkPartialDecryption(partial, election, tally, trustee.publicKey);
      partials.set(owner, partial);
    } catch (error) {
      throw placed(error, record.place);
    }
  }
  return partials;
}

function checkedResult(record, { election, trustees }, { tally, weight }, partials) {
  try {
    if (partials.size < trustees.members.length)
      throw new ProtocolError(Fault.EVENT_MISSING, "a partial decryption");
    const result = Result.fromJson(record.payload, election);
    checkResult(result, tally, [...partials.values()], weight);
    return result;
  } catch (error) {
    throw placed(error, record.place);
  }
}
