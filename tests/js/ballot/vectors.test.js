// Elections made with belenios-tool: everything that it wrote is read, verified, and made again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ballot } from "../../../static/js/ballot/ballots.js";
import { Board } from "../../../static/js/ballot/board.js";
import { checkBallot } from "../../../static/js/ballot/checks.js";
import { Setup } from "../../../static/js/ballot/counting.js";
import { deriveCredential } from "../../../static/js/ballot/credentials.js";
import {
  checkPartialDecryption,
  decryptPartially,
  PartialDecryption,
} from "../../../static/js/ballot/decryption.js";
import { encryptBallot } from "../../../static/js/ballot/encryption.js";
import { ArchiveWriter } from "../../../static/js/ballot/events.js";
import { encodeScalar } from "../../../static/js/ballot/group.js";
import { computeResult } from "../../../static/js/ballot/result.js";
import { EncryptedTally, tallyBallots } from "../../../static/js/ballot/tally.js";
import { trusteeKeyFromSecret } from "../../../static/js/ballot/trustees.js";
import { verifyArchive } from "../../../static/js/ballot/verification.js";
import { Crew, inProcess } from "../../../static/js/ballot/workers.js";
import { stream } from "./streams.js";
import { threads } from "./threads.js";
import { archiveOf, payloads, TAMPERED, vector } from "./vectors.js";

const small = archiveOf("small");
const setup = Setup.fromJson(small.setup);
const numbers = (counts) => counts.map((row) => row.map(Number));

test("an election's text, its keys and its credentials come out as the tool has them", () => {
  const { expected } = small;
  assert.equal(setup.election.uuid, expected.uuid);
  assert.equal(setup.election.fingerprint, expected.fingerprint);
  assert.equal(setup.election.publicKey.encode(), expected.election_public_key);
  assert.deepEqual(setup.trustees.toJson(), small.setup.trustees);
  assert.deepEqual(
    setup.trustees.members.map((each) => each.publicKey.encode()),
    expected.trustee_private_keys.map((text) => trusteeKeyFromSecret(text).public.encode()),
  );
  for (const each of Object.values(expected.credentials)) {
    const credential = deriveCredential(expected.uuid, each.private);
    assert.equal(encodeScalar(credential.secret), each.secret_exponent);
    assert.equal(credential.public.encode(), each.public);
    assert.ok(setup.credentials.has(each.public));
  }
});

test("the tool's ballots are right, and add up to its tally and its result", () => {
  const ballots = payloads(small.records, "Ballot").map((data) =>
    Ballot.fromJson(data, setup.election),
  );
  assert.deepEqual(
    ballots.map((ballot) => ballot.tracker),
    small.expected.cast.map((each) => each.tracker),
  );
  const checked = ballots.map((ballot) => checkBallot(ballot, setup.election, setup.credentials));
  const { tally, descriptor } = tallyBallots(setup.election, setup.credentials, checked);
  const record = small.records.find((each) => each.event.type === "EncryptedTally");
  assert.deepEqual(tally.toJson(), record.data[0]);
  assert.deepEqual(descriptor.toJson(), record.payload);
  const partials = small.records
    .filter((each) => each.event.type === "PartialDecryption")
    .map((each) => PartialDecryption.fromJson(each.data[0], setup.election));
  partials.forEach((partial, index) => {
    const { publicKey } = setup.trustees.members[index];
    checkPartialDecryption(partial, setup.election, tally, publicKey);
  });
  const result = computeResult(tally, partials, descriptor.totalWeight);
  assert.deepEqual(result.toJson(), payloads(small.records, "Result")[0]);
});

test("an archive written again from its contents is the same, byte for byte", () => {
  const writer = new ArchiveWriter(Number(/"timestamp":"(\d+)"/.exec(textOf(small.bytes))[1]));
  for (const { event, data } of small.records) {
    if (event.type === "Setup") writer.setup(...data.slice(0, 3));
    else if (event.type === "Ballot") writer.ballot(data[0]);
    else if (event.type === "EndBallots") writer.endBallots();
    else if (event.type === "EncryptedTally") writer.encryptedTally(...data);
    else if (event.type === "PartialDecryption")
      writer.partialDecryption(JSON.parse(textOf(data[1])).owner, data[0]);
    else writer.result(data[0]);
  }
  assert.equal(writer.lastEvent, small.records.at(-1).hash);
  assert.deepEqual(writer.bytes, small.bytes);
});

function textOf(bytes) {
  return new TextDecoder().decode(bytes);
}

test("a vote for the tool's election can be cast and verified, with its keys the result is found", async () => {
  const [credential] = Object.values(small.expected.credentials).map((each) =>
    deriveCredential(small.expected.uuid, each.private),
  );
  const choices = [
    [0, 1, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 0, 1],
  ];
  const vote = encryptBallot(setup.election, credential, choices, stream("vote"));
  const checked = checkBallot(
    Ballot.fromJson(vote.data, setup.election),
    setup.election,
    setup.credentials,
  );
  const { tally, descriptor } = tallyBallots(setup.election, setup.credentials, [checked]);
  const writer = new ArchiveWriter(1700000000);
  writer.setup(small.setup.election, small.setup.trustees, small.setup.credentials);
  writer.ballot(vote.data);
  writer.endBallots();
  writer.encryptedTally(tally.toJson(), descriptor.toJson());
  const board = new Board(small.setup, new Crew(inProcess));
  const verified = await board.verifyArchive(writer.bytes);
  const partials = [];
  for (const [index, secret] of small.expected.trustee_private_keys.entries()) {
    const key = trusteeKeyFromSecret(secret);
    const store = new Map();
    const partial = await decryptPartially(verified, key, stream(`decryption ${index}`), { store });
    writer.partialDecryption(index + 1, partial.toJson());
    partials.push(partial);
  }
  const result = computeResult(tally, partials, 1n);
  writer.result(result.toJson());
  assert.deepEqual(numbers(result.counts), choices);
  const report = await verifyArchive(writer.bytes, new Crew(inProcess));
  assert.deepEqual(numbers(report.result.counts), choices);
  assert.equal(report.lastEvent, writer.lastEvent);
});

test("the larger election, with blank votes and revotes, is verified to its result by two workers", async () => {
  const { expected, bytes } = archiveOf("mid");
  const crew = new Crew(threads, 2);
  let last = null;
  try {
    const report = await verifyArchive(bytes, crew, {
      onProgress: (...progress) => {
        last = progress;
      },
    });
    assert.deepEqual(last, [23, 23]);
    assert.equal(report.ballots, 23);
    assert.equal(report.descriptor.numTallied, expected.num_tallied);
    assert.equal(report.descriptor.totalWeight, BigInt(expected.total_weight));
    assert.equal(report.descriptor.encryptedTally, expected.encrypted_tally_sha256);
    assert.equal(report.lastEvent, expected.last_event_sha256);
    assert.deepEqual(numbers(report.result.counts), expected.result);
    assert.equal(report.partialDecryptions, 3);
  } finally {
    crew.close();
  }
});

for (const { file, what, expected, reason } of TAMPERED)
  test(`altered archive ${file}: ${what}`, async () => {
    const verdict = verifyArchive(vector(`tampered/${file}`), new Crew(inProcess));
    if (expected === "accept") {
      const report = await verdict;
      assert.ok(report.result instanceof Object);
    } else
      await assert.rejects(verdict, (error) => {
        assert.ok(error.message.startsWith(reason), `${error.message} instead of ${reason}`);
        assert.ok(reason.startsWith("archive") || error.event.height >= 0);
        return true;
      });
  });

test("an empty tally is made of neutral elements only", () => {
  const empty = EncryptedTally.empty(setup.election);
  assert.ok(empty.rows.flat().every(({ alpha, beta }) => alpha.isNeutral && beta.isNeutral));
  assert.ok(EncryptedTally.fromJson(empty.toJson(), setup.election).equals(empty));
});
