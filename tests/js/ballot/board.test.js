// The board that a trustee's browser follows, and the one tally on which it uses the key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ballot } from "../../../static/js/ballot/ballots.js";
import { Board, VerifiedTally } from "../../../static/js/ballot/board.js";
import { serialise } from "../../../static/js/ballot/canonical.js";
import { checkBallot } from "../../../static/js/ballot/checks.js";
import * as decryption from "../../../static/js/ballot/decryption.js";
import {
  checkPartialDecryption,
  decryptPartially,
  PartialDecryption,
} from "../../../static/js/ballot/decryption.js";
import { Fault, ProtocolError } from "../../../static/js/ballot/errors.js";
import { NEUTRAL } from "../../../static/js/ballot/group.js";
import { sha256Hex } from "../../../static/js/ballot/hashing.js";
import { computeResult } from "../../../static/js/ballot/result.js";
import { TallyDescriptor, tallyBallots } from "../../../static/js/ballot/tally.js";
import { generateTrusteeKey, TrusteeKey } from "../../../static/js/ballot/trustees.js";
import { verifyArchive } from "../../../static/js/ballot/verification.js";
import { Crew, inProcess } from "../../../static/js/ballot/workers.js";
import { archiveWith, makeElection, spoiled } from "./elections.js";
import { stream } from "./streams.js";
import { bytes } from "./vectors.js";

const made = makeElection({ voters: 3 });
const { election, roll, keys } = made;
const votes = [
  made.ballot(0, [[1, 0]]),
  made.ballot(1, [[0, 1]]),
  made.ballot(0, [[0, 1]], "again"),
  made.ballot(2, [[0, 0]]),
].map((ballot) => ballot.data);

function counted(ballots) {
  const checked = ballots.map((data) =>
    checkBallot(Ballot.fromJson(data, election), election, roll),
  );
  return tallyBallots(election, roll, checked);
}

function archive(ballots, tally = counted(ballots)) {
  return archiveWith(made, ballots, tally).bytes;
}

function fault(expected, place) {
  return (error) => {
    assert.ok(error instanceof ProtocolError, String(error.stack));
    assert.equal(error.fault, expected);
    if (place) assert.deepEqual(error.event, place);
    return true;
  };
}

/** A crew in this process that counts the ballots it really checks. */
class Counting extends Crew {
  checked = [];
  read = [];

  constructor() {
    super(inProcess);
  }

  checkBallot(data, options) {
    (options.known ? this.read : this.checked).push(options.hash);
    return super.checkBallot(data, options);
  }
}

test("ballots are checked once, as they come; the tally then needs no more checks", async () => {
  const crew = new Counting();
  const board = new Board(made.setup, crew);
  await board.checkBallots(votes.slice(0, 2));
  const progress = [];
  await board.checkBallots(votes.slice(0, 3), (...each) => progress.push(each));
  assert.deepEqual(progress.at(-1), [3, 3]);
  assert.equal(board.size, 3);
  assert.deepEqual(crew.checked, votes.slice(0, 3).map(sha256Hex));
  const verified = await board.verifyArchive(archive(votes));
  assert.deepEqual(crew.checked, votes.map(sha256Hex).slice(0, 3).concat(sha256Hex(votes[3])));
  assert.equal(verified.ballots, 4);
  assert.equal(verified.descriptor.numTallied, 3);
  assert.ok(verified.tally.equals(counted(votes).tally));
  assert.equal(verified.lastEvent, archiveWith(made, votes, counted(votes)).lastEvent);
});

test("what was checked is known again after the page was opened anew", async () => {
  const before = new Board(made.setup, new Crew(inProcess));
  await before.checkBallots(votes.slice(0, 3));
  const kept = JSON.parse(JSON.stringify(before.exportChecked()));
  const crew = new Counting();
  const board = new Board(made.setup, crew);
  assert.ok(board.importChecked(kept));
  const verified = await board.verifyArchive(archive(votes));
  assert.deepEqual(crew.read, votes.slice(0, 3).map(sha256Hex));
  assert.deepEqual(crew.checked, [sha256Hex(votes[3])]);
  assert.ok(verified.tally.equals(counted(votes).tally));
  const other = new Board(makeElection({ seed: "other" }).setup, new Crew(inProcess));
  assert.deepEqual(kept.ballots, kept.ballots.toSorted()); // not in the order in which they came
  for (const damaged of [kept, null, {}, { ...other.exportChecked(), ballots: [1] }, "x"])
    assert.equal(other.importChecked(damaged), false);
  assert.equal(other.size, 0);
});

test("a wrong ballot is named, and the right ones beside it are remembered", async () => {
  const board = new Board(made.setup, new Crew(inProcess));
  const wrong = spoiled(votes[1]);
  await assert.rejects(board.checkBallots([votes[0], wrong, votes[2]]), (error) => {
    assert.equal(error.ballot, sha256Hex(wrong));
    return fault(Fault.BALLOT_HASH)(error);
  });
  assert.equal(board.size, 1);
  await assert.rejects(board.checkBallots([wrong]), fault(Fault.BALLOT_HASH));
});

test("of a revote the last counts, wherever the others are", async () => {
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [0, 2],
  ]) {
    const cast = order.map((index) => votes[index]);
    const verified = await new Board(made.setup, new Crew(inProcess)).verifyArchive(archive(cast));
    const keysOf = keys.map((key) =>
      decryptPartially(verified, key, stream("d"), { store: new Map() }),
    );
    const result = computeResult(verified.tally, await Promise.all(keysOf), 3n);
    const last = order.lastIndexOf(2) > order.lastIndexOf(0) ? [0, 1] : [1, 0];
    const other = order.includes(1) ? [0, 1] : [0, 0];
    assert.deepEqual(result.counts[0].map(Number), [last[0] + other[0], last[1] + other[1]]);
  }
});

test("an archive that lies about its ballots is refused", async () => {
  const honest = counted(votes);
  const { descriptor } = honest;
  const verify = (data) => new Board(made.setup, new Crew(inProcess)).verifyArchive(data);
  const place = { height: 6, type: "EncryptedTally" };
  const cases = [
    [archive([...votes, votes[1]], honest), Fault.BALLOT_DUPLICATE, { height: 5, type: "Ballot" }],
    [archive(votes.slice(0, 3), honest), Fault.TALLY_WRONG, { height: 5, type: "EncryptedTally" }],
    [
      archive(
        [votes[0], votes[2], votes[1], votes[3]],
        counted(votes.slice(0, 2).concat(votes[3])),
      ),
      Fault.TALLY_WRONG,
      place,
    ],
    [archive([votes[2], votes[1], votes[0], votes[3]], honest), Fault.TALLY_WRONG, place],
    [
      archive(votes, { ...honest, descriptor: TallyDescriptor.of(honest.tally, 4, 3n) }),
      Fault.TALLY_COUNTS,
      place,
    ],
    [
      archive(votes, { ...honest, descriptor: TallyDescriptor.of(honest.tally, 3, 4n) }),
      Fault.TALLY_COUNTS,
      place,
    ],
    [
      archive([votes[0], spoiled(votes[1])], honest),
      Fault.BALLOT_HASH,
      { height: 2, type: "Ballot" },
    ],
    [archiveWith(made, votes).bytes, Fault.EVENT_MISSING, { height: 5, type: "EndBallots" }],
  ];
  for (const [data, expected, where] of cases) {
    await assert.rejects(verify(data), fault(expected, where));
  }
  assert.equal(descriptor.numTallied, 3);
  await verify(archive(votes, honest));
});

test("an archive of another set-up is refused, though everything in it be right", async () => {
  const other = makeElection({ voters: 3, seed: "other" });
  const cast = [other.ballot(0, [[1, 0]]).data];
  const tally = tallyBallots(other.election, other.roll, [
    checkBallot(Ballot.fromJson(cast[0], other.election), other.election, other.roll),
  ]);
  const theirs = archiveWith(other, cast, tally).bytes;
  await verifyArchive(theirs, new Crew(inProcess), { upTo: "EncryptedTally" });
  const board = new Board(made.setup, new Crew(inProcess));
  await assert.rejects(
    board.verifyArchive(theirs),
    fault(Fault.BOARD_UNVERIFIED, { height: 0, type: "Setup" }),
  );
  const mixed = { ...made.setup, trustees: other.setup.trustees };
  assert.throws(() => new Board(mixed, new Crew(inProcess)), fault(Fault.ELECTION_KEY));
});

test("the key is used on nothing but a tally that was verified here", async () => {
  const honest = counted(votes);
  const verified = await new Board(made.setup, new Crew(inProcess)).verifyArchive(archive(votes));
  const untouched = {
    get: () => assert.fail("nothing may be remembered"),
    set: () => assert.fail("nothing may be remembered"),
  };
  const look = { election, trustees: made.trustees, ...honest };
  for (const unverified of [
    look,
    { ...verified },
    Object.create(VerifiedTally.prototype, Object.getOwnPropertyDescriptors(look)),
    Object.create(verified),
    structuredClone({ x: 1 }),
    honest.tally,
    archive(votes),
    null,
    undefined,
  ])
    await assert.rejects(
      decryptPartially(unverified, keys[0], stream("d"), { store: untouched }),
      fault(Fault.BOARD_UNVERIFIED),
    );
  assert.throws(() => new VerifiedTally(Symbol("maker"), look), fault(Fault.BOARD_UNVERIFIED));
  assert.throws(() => new VerifiedTally(undefined, look), fault(Fault.BOARD_UNVERIFIED));
  assert.throws(() => {
    verified.tally = honest.tally;
  }, TypeError);
  assert.throws(() => verified.tally.rows[0].push(1), TypeError);
  assert.deepEqual(Object.keys(decryption).sort(), [
    "PartialDecryption",
    "checkPartialDecryption",
    "decryptPartially",
  ]);
});

test("a key of no trustee of this election is not used", async () => {
  const verified = await new Board(made.setup, new Crew(inProcess)).verifyArchive(archive(votes));
  const store = new Map();
  for (const key of [generateTrusteeKey(stream("stranger")), new TrusteeKey(keys[0].secret + 1n)])
    await assert.rejects(
      decryptPartially(verified, key, stream("d"), { store }),
      fault(Fault.DECRYPTION_FOREIGN_KEY),
    );
  assert.equal(store.size, 0);
});

test("a second, different tally of one election is not decrypted, the same one again is", async () => {
  const board = new Board(made.setup, new Crew(inProcess));
  const first = await board.verifyArchive(archive(votes));
  const second = await board.verifyArchive(archive(votes.slice(0, 2)));
  const store = new Map();
  const progress = [];
  const options = { store, onProgress: (...each) => progress.push(each) };
  const partial = await decryptPartially(first, keys[1], stream("d"), options);
  assert.deepEqual(progress, [[1, 1]]);
  checkPartialDecryption(partial, election, first.tally, keys[1].public);
  await assert.rejects(
    decryptPartially(second, keys[1], stream("d"), { store }),
    fault(Fault.TALLY_SECOND),
  );
  const again = await decryptPartially(first, keys[1], stream("d"), { store });
  assert.deepEqual(again.toJson(), partial.toJson());
  // With an empty store the second tally alone would be fine: it is the memory that refuses it.
  await decryptPartially(second, keys[1], stream("d"), { store: new Map() });
});

test("of two different tallies at the same moment one is refused", async () => {
  const board = new Board(made.setup, new Crew(inProcess));
  const first = await board.verifyArchive(archive(votes));
  const second = await board.verifyArchive(archive(votes.slice(0, 2)));
  const kept = new Map();
  const later = (ms, run) => new Promise((resolve) => setTimeout(() => resolve(run()), ms));
  // Both would look before either has written, and each would read its own tally back.
  const storeOf = (ms) => ({
    get: (name) => later(5, () => kept.get(name)),
    set: (name, text) => later(ms, () => kept.set(name, text)),
  });
  const outcomes = await Promise.allSettled([
    decryptPartially(first, keys[0], stream("d"), { store: storeOf(5) }),
    decryptPartially(second, keys[0], stream("d"), { store: storeOf(50) }),
  ]);
  assert.deepEqual(
    outcomes.map((each) => each.status),
    ["fulfilled", "rejected"],
  );
  assert.equal(outcomes[1].reason.fault, Fault.TALLY_SECOND);
});

test("it is remembered before the key is used, and a store that fails stops everything", async () => {
  const verified = await new Board(made.setup, new Crew(inProcess)).verifyArchive(archive(votes));
  const store = new Map();
  const broken = () => {
    assert.equal(store.size, 1);
    throw new Error("no randomness");
  };
  await assert.rejects(decryptPartially(verified, keys[0], broken, { store }), /no randomness/);
  assert.equal(store.size, 1);
  const unused = () => assert.fail("the key was used");
  const blocked = {
    get: async () => null,
    set: async () => {
      throw new Error("blocked");
    },
  };
  await assert.rejects(decryptPartially(verified, keys[0], unused, { store: blocked }), /blocked/);
  const forgetful = { get: async () => null, set: async () => {} };
  await assert.rejects(
    decryptPartially(verified, keys[0], unused, { store: forgetful }),
    fault(Fault.TALLY_SECOND),
  );
  await assert.rejects(decryptPartially(verified, keys[0], unused, {}), TypeError);
});

test("with no ballots at all the tally is empty, and so is the result", async () => {
  const writer = archiveWith(made, [], counted([]));
  const verified = await new Board(made.setup, new Crew(inProcess)).verifyArchive(writer.bytes);
  const partials = [];
  for (const [index, key] of keys.entries()) {
    const partial = await decryptPartially(verified, key, stream("d"), { store: new Map() });
    writer.partialDecryption(index + 1, partial.toJson());
    partials.push(PartialDecryption.fromJson(partial.toJson(), election));
  }
  writer.result(computeResult(verified.tally, partials, 0n).toJson());
  const report = await verifyArchive(writer.bytes, new Crew(inProcess));
  assert.deepEqual(report.result.counts, [[0n, 0n]]);
});

test("a wrong share or a wrong result is refused, a right one of each trustee is needed", async () => {
  const board = new Board(made.setup, new Crew(inProcess));
  const verified = await board.verifyArchive(archive(votes));
  const shares = await Promise.all(
    keys.map((key) => decryptPartially(verified, key, stream("d"), { store: new Map() })),
  );
  const right = computeResult(verified.tally, shares, 3n);
  const write = (partials, result) => {
    const writer = archiveWith(made, votes, counted(votes));
    for (const [owner, data] of partials) writer.partialDecryption(owner, data);
    if (result) writer.result(result);
    return verifyArchive(writer.bytes, new Crew(inProcess));
  };
  const [first, second] = shares.map((share) => share.toJson());
  const results = (counts) => bytes(JSON.stringify({ result: counts }));
  const both = [
    [1, first],
    [2, second],
  ];
  await write(both, right.toJson());
  const place = { height: 9, type: "Result" };
  for (const counts of [
    [[0, 3]],
    [[1, 2]],
    [[0, 1]],
    [[0]],
    [
      [0, 2],
      [0, 2],
    ],
    [],
  ])
    await assert.rejects(write(both, results(counts)), fault(Fault.RESULT_WRONG, place));
  await assert.rejects(write(both, results([[0, -2]])), fault(Fault.JSON_NUMBER, place));
  const missing = { height: 8, type: "Result" };
  await assert.rejects(write([[1, first]], right.toJson()), fault(Fault.EVENT_MISSING, missing));
  await assert.rejects(
    write(
      [
        [1, first],
        [1, first],
      ],
      right.toJson(),
    ),
    fault(Fault.DECRYPTION_OWNER, { height: 8, type: "PartialDecryption" }),
  );
  for (const owner of [0, 3])
    await assert.rejects(write([[owner, first]], null), fault(Fault.EVENT_MISSING));
  for (const owner of [0, 3])
    await assert.rejects(
      write(
        [
          [owner, first],
          [2, second],
        ],
        right.toJson(),
      ),
      fault(Fault.DECRYPTION_OWNER),
    );
  await assert.rejects(
    write(
      [
        [2, first],
        [1, second],
      ],
      right.toJson(),
    ),
    fault(Fault.DECRYPTION_PROOF),
  );
  const blanked = JSON.parse(new TextDecoder().decode(first));
  blanked.decryption_factors[0][0] = NEUTRAL.encode();
  await assert.rejects(
    write(
      [
        [1, serialise(blanked)],
        [2, second],
      ],
      right.toJson(),
    ),
    fault(Fault.POINT),
  );
  assert.deepEqual(right.counts, [[0n, 2n]]);
});
