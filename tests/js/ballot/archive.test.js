// The container and the chain: one spelling, one order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { writeMember } from "../../../static/js/ballot/archive.js";
import { serialise } from "../../../static/js/ballot/canonical.js";
import { Fault, ProtocolError } from "../../../static/js/ballot/errors.js";
import { readRecords } from "../../../static/js/ballot/events.js";
import { sha256Hex } from "../../../static/js/ballot/hashing.js";
import { archiveOf, bytes } from "./vectors.js";

const { bytes: good, records } = archiveOf("small");
const time = 1700000000;

function faultOf(data) {
  try {
    for (const _ of readRecords(data));
  } catch (error) {
    assert.ok(error instanceof ProtocolError, String(error.stack));
    return error.fault;
  }
  return null;
}

const joined = (...parts) => new Uint8Array(Buffer.concat(parts));
const first = (value = { version: 1, timestamp: String(time) }) =>
  writeMember("BELENIOS", serialise(value), time);
const data = (content) => writeMember(`${sha256Hex(content)}.data.json`, content, time);
const event = (value) => {
  const content = serialise(value);
  return writeMember(`${sha256Hex(content)}.event.json`, content, time);
};

const [election, trustees, credentials] = ["e", "t", "c"].map(bytes);
const payload = serialise({
  election: sha256Hex(election),
  trustees: sha256Hex(trustees),
  credentials: sha256Hex(credentials),
});
const setup = { height: 0, type: "Setup", payload: sha256Hex(payload) };
const before = joined(...[election, trustees, credentials, payload].map(data));
const start = joined(first(), before, event(setup));
const parent = sha256Hex(serialise(setup));

test("whatever end is cut off, it is missed", () => {
  assert.equal(faultOf(good), null);
  for (const length of [good.length - 1, good.length - 512, 5000, 1025, 1000, 513, 511, 9, 8])
    assert.equal(faultOf(good.slice(0, length)), Fault.ARCHIVE_TRUNCATED, String(length));
  for (const length of [0, 1, 7])
    assert.equal(faultOf(good.slice(0, length)), Fault.ARCHIVE_FIRST, String(length));
});

test("whatever is added at the end, it is found", () => {
  assert.equal(faultOf(joined(good, new Uint8Array(1))), Fault.ARCHIVE_TRUNCATED);
  assert.equal(faultOf(joined(good, new Uint8Array(512))), Fault.ARCHIVE_HEADER);
  assert.equal(faultOf(joined(good, new Uint8Array(1024))), Fault.ARCHIVE_HEADER);
  assert.equal(faultOf(joined(start, data(bytes("x")))), Fault.ARCHIVE_PAYLOAD);
});

test("every byte of a header is checked", () => {
  const header = 1024; // of the second member
  for (let at = 0; at < 512; at += 1) {
    const changed = good.slice();
    changed[header + at] ^= 1;
    assert.equal(faultOf(changed), Fault.ARCHIVE_HEADER, String(at));
  }
});

test("a header that adds up may still be another than the one allowed", () => {
  const later = writeMember(`${sha256Hex(election)}.data.json`, election, time + 1);
  assert.equal(faultOf(joined(first(), later)), Fault.ARCHIVE_HEADER);
  const padded = joined(first(), before, event(setup));
  padded[512 + serialise({ version: 1, timestamp: String(time) }).length] = 1;
  assert.equal(faultOf(padded), Fault.ARCHIVE_HEADER);
});

test("names are the hashes of contents, and say of which kind they are", () => {
  const content = bytes("x");
  for (const name of [
    `${sha256Hex(bytes("y"))}.data.json`,
    `${sha256Hex(content).toUpperCase()}.data.json`,
    `${sha256Hex(content)}.data.jso`,
    `${sha256Hex(content)}`,
    "BELENIOS",
    "",
  ])
    assert.equal(
      faultOf(joined(first(), writeMember(name, content, time))),
      Fault.ARCHIVE_MEMBER_NAME,
      name,
    );
});

test("the first member says what the file is", () => {
  assert.equal(faultOf(first()), null);
  assert.equal(faultOf(first({ version: 2, timestamp: String(time) })), Fault.UNSUPPORTED);
  assert.equal(faultOf(first({ version: 1, timestamp: "1" })), Fault.ARCHIVE_HEADER);
  assert.equal(faultOf(first({ version: 1, timestamp: time })), Fault.JSON_WRONG_TYPE);
  assert.equal(faultOf(first({ version: 1 })), Fault.JSON_WRONG_FIELDS);
  assert.equal(faultOf(start.subarray(1024)), Fault.ARCHIVE_FIRST);
  assert.equal(faultOf(bytes("PK\u0003\u0004".repeat(1000))), Fault.ARCHIVE_FIRST);
});

test("events follow one another by hash, height and type", () => {
  assert.equal(faultOf(start), null);
  const vote = bytes("vote");
  const hash = sha256Hex(vote);
  const next = { parent, height: 1, type: "Ballot", payload: hash };
  const after = (value, ...contents) => faultOf(joined(start, ...contents.map(data), event(value)));
  assert.equal(after(next, vote), null);
  const { payload: _payload, ...bare } = next;
  assert.equal(after({ ...bare, type: "EndBallots" }), null);
  for (const [value, contents, fault] of [
    [{ ...next, parent: hash }, [vote], Fault.EVENT_PARENT],
    [{ height: 1, type: "Ballot", payload: hash }, [vote], Fault.EVENT_PARENT],
    [{ ...next, height: 2 }, [vote], Fault.EVENT_HEIGHT],
    [{ ...next, height: 0 }, [vote], Fault.EVENT_HEIGHT],
    [{ ...next, type: "Result" }, [vote], Fault.EVENT_ORDER],
    [{ ...next, type: "EncryptedTally" }, [vote], Fault.EVENT_ORDER],
    [{ ...next, type: "Setup" }, [vote], Fault.EVENT_ORDER],
    [{ ...next, type: "ballot" }, [vote], Fault.EVENT_ORDER],
    [{ ...next, type: "Shuffle" }, [vote], Fault.UNSUPPORTED],
    [next, [], Fault.ARCHIVE_PAYLOAD],
    [next, [vote, vote], Fault.ARCHIVE_PAYLOAD],
    [next, [bytes("other")], Fault.ARCHIVE_PAYLOAD],
    [bare, [vote], Fault.ARCHIVE_PAYLOAD],
    [bare, [], Fault.ARCHIVE_PAYLOAD],
    [{ ...next, type: "EndBallots" }, [vote], Fault.ARCHIVE_PAYLOAD],
    [{ ...bare, type: "EndBallots" }, [vote], Fault.ARCHIVE_PAYLOAD],
    [{ ...next, extra: 1 }, [vote], Fault.JSON_WRONG_FIELDS],
    [{ ...next, height: "1" }, [vote], Fault.JSON_WRONG_TYPE],
    [{ height: 1, parent, type: "Ballot", payload: hash }, [vote], Fault.NOT_CANONICAL],
  ])
    assert.equal(after(value, ...contents), fault, JSON.stringify(value));
  assert.equal(faultOf(joined(start, ...Array(5).fill(data(vote)))), Fault.ARCHIVE_PAYLOAD);
});

test("the set-up names its parts in order", () => {
  const swapped = joined(
    first(),
    ...[trustees, election, credentials, payload].map(data),
    event(setup),
  );
  assert.equal(faultOf(swapped), Fault.ARCHIVE_PAYLOAD);
  const more = serialise({ ...JSON.parse(Buffer.from(payload)), more: 1 });
  const withMore = joined(
    first(),
    ...[election, trustees, credentials, more].map(data),
    event({ ...setup, payload: sha256Hex(more) }),
  );
  assert.equal(faultOf(withMore), Fault.JSON_WRONG_FIELDS);
});

test("an error tells at which event it was found", () => {
  const place = records[2];
  const at = Buffer.from(good).indexOf(`${place.hash}.event.json`);
  const changed = good.slice();
  changed[at + 520] ^= 1;
  assert.throws(
    () => [...readRecords(changed)],
    (error) => {
      assert.deepEqual(error.event, { height: 2, type: null });
      return error.fault === Fault.ARCHIVE_MEMBER_NAME;
    },
  );
});
