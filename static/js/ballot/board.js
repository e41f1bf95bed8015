// The board of one election as a trustee's or an observer's browser follows it: ballots are checked as they come, and
// at the end the tally is recomputed from them.

import { checkTally, countBallots, inOrder, outline, Setup } from "./counting.js";
import { Fault, ProtocolError } from "./errors.js";
import { EventType, placed } from "./events.js";
import { sha256Hex } from "./hashing.js";

const MAKER = Symbol("maker");

/**
 * A tally that was recomputed from checked ballots in this browser. Only `Board.verifyArchive` makes one:
 * `election`, `trustees`, `tally`, `descriptor`, `ballots` (how many are on the board) and `lastEvent`.
 */
export class VerifiedTally {
  #isOne = true;

  constructor(maker, values) {
    if (maker !== MAKER) throw new ProtocolError(Fault.BOARD_UNVERIFIED);
    Object.assign(this, values);
    Object.freeze(this);
  }

  static isOne(value) {
    return typeof value === "object" && value !== null && #isOne in value && value.#isOne;
  }
}

export class Board {
  #crew;
  #checked = new Set(); // hashes of ballots that are right, for this set-up

  /**
   * @param setup the bytes of the election, of its trustees and of its public credentials:
   *              `{election, trustees, credentials}`; throws `ProtocolError` if they are wrong
   * @param crew  a `Crew`, which no other board uses
   */
  constructor(setup, crew) {
    this.setup = Setup.fromJson(setup);
    this.#crew = crew;
    crew.begin(this.setup);
    Object.freeze(this);
  }

  /** How many different ballots were checked. */
  get size() {
    return this.#checked.size;
  }

  /**
   * Check those of `ballots` (a list of bytes) that were not checked before.
   *
   * Throws the `ProtocolError` of the first in the list that is wrong, with the ballot's hash as `ballot`; the right ones
   * checked until then are remembered all the same. `onProgress` is called with the ballots done and their number.
   */
  async checkBallots(ballots, onProgress = () => {}) {
    const rest = new AbortController();
    let done = 0;
    const checks = ballots.map(async (data) => {
      const hash = sha256Hex(data);
      try {
        if (!this.#checked.has(hash))
          await this.#crew.checkBallot(data, { hash, known: false, signal: rest.signal });
      } catch (error) {
        if (error instanceof ProtocolError) error.ballot = hash;
        throw error;
      }
      this.#checked.add(hash);
      done += 1;
      onProgress(done, ballots.length);
    });
    await inOrder(checks, rest);
  }

  /**
   * What was checked, to be kept in this browser until the page is opened again: plain JSON.
   *
   * In the order of the hashes: the order in which ballots came tells who cast which, together with who came when.
   */
  exportChecked() {
    return { setup: this.setup.hash, ballots: [...this.#checked].sort() };
  }

  /** Take up what `exportChecked` gave; false, and nothing is taken, if that was another set-up or is damaged. */
  importChecked(state) {
    const hashes = state?.setup === this.setup.hash ? state.ballots : null;
    const isHash = (each) => typeof each === "string" && /^[0-9a-f]{64}$/.test(each);
    if (!Array.isArray(hashes) || !hashes.every(isHash)) return false;
    for (const hash of hashes) this.#checked.add(hash);
    return true;
  }

  /**
   * Verify a whole archive (bytes) up to its tally, and give that as a `VerifiedTally`.
   *
   * The container, the chain of events, the set-up, every ballot, the tally and its counts; ballots that this board has
   * checked before are not checked again. What follows the tally is looked at only as links of the chain.
   */
  async verifyArchive(bytes, onProgress = () => {}) {
    const found = outline(bytes, EventType.ENCRYPTED_TALLY);
    this.#checkSetup(found.setup);
    const isChecked = (hash) => this.#checked.has(hash);
    const counted = await countBallots(
      found.ballots,
      this.setup,
      this.#crew,
      isChecked,
      onProgress,
    );
    for (const record of found.ballots) this.#checked.add(record.event.payload);
    const descriptor = checkTally(found.tally, this.setup, counted);
    return new VerifiedTally(MAKER, {
      election: this.setup.election,
      trustees: this.setup.trustees,
      tally: counted.tally,
      descriptor,
      ballots: found.ballots.length,
      lastEvent: found.tally.hash,
    });
  }

  #checkSetup(record) {
    if (record.event.payload !== this.setup.hash)
      throw placed(new ProtocolError(Fault.BOARD_UNVERIFIED, "another set-up"), record.place);
  }
}
