// JSON in one spelling only; whatever the bytes are, nothing but a ProtocolError comes out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Ballot } from "../../../static/js/ballot/ballots.js";
import {
  parse,
  parseCanonical,
  serialise,
  string,
  weight,
  writeWeight,
} from "../../../static/js/ballot/canonical.js";
import { outline } from "../../../static/js/ballot/counting.js";
import { CredentialList } from "../../../static/js/ballot/credentials.js";
import { PartialDecryption } from "../../../static/js/ballot/decryption.js";
import { Election } from "../../../static/js/ballot/election.js";
import { Fault, NotSupported, ProtocolError } from "../../../static/js/ballot/errors.js";
import { Event } from "../../../static/js/ballot/events.js";
import { GENERATOR } from "../../../static/js/ballot/group.js";
import { Result } from "../../../static/js/ballot/result.js";
import { EncryptedTally, TallyDescriptor } from "../../../static/js/ballot/tally.js";
import { Trustees } from "../../../static/js/ballot/trustees.js";
import { makeElection, rows } from "./elections.js";
import { stream } from "./streams.js";
import { bytes, text } from "./vectors.js";

const fault = (work) => {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof ProtocolError, String(error.stack));
    return error.fault;
  }
  return null;
};

test("canonical text is taken, other spellings of the same value are not", () => {
  const value = { a: [1, true, 'é“\u2028\u007f"\\\n\u0001😀'], b: { c: "" } };
  assert.deepEqual(parseCanonical(serialise(value)), value);
  for (const other of ['{"a": 1}', '{"a":1}\n', '["\\u0041"]', '["\\/"]', "[-0]", "[1.0]", "[1e2]"])
    assert.notEqual(
      fault(() => parseCanonical(bytes(other))),
      null,
      other,
    );
  assert.equal(
    fault(() => parseCanonical(bytes('{"a": 1}'))),
    Fault.NOT_CANONICAL,
  );
  assert.equal(
    fault(() => parseCanonical(bytes('{"a": 1}'), Fault.BALLOT_NOT_CANONICAL)),
    Fault.BALLOT_NOT_CANONICAL,
  );
});

test("a key given twice is found, however it is spelled and wherever it is", () => {
  for (const each of [
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '[{"b":{"x":1,"y":[],"x":1}}]',
    '{"__proto__":1,"__proto__":1}',
    '{"a}\\"":1,"b":{"a":1},"a}\\"":2}',
  ]) {
    assert.equal(
      fault(() => parse(bytes(each))),
      Fault.JSON_DUPLICATE_KEY,
      each,
    );
    assert.equal(
      fault(() => parseCanonical(bytes(each))),
      Fault.JSON_DUPLICATE_KEY,
      each,
    );
  }
  assert.deepEqual(parse(bytes('[{"a":1},{"a":{"a":"a:\\"a\\""}}]')), [
    { a: 1 },
    { a: { a: 'a:"a"' } },
  ]);
});

test("numbers are short and whole, texts are well-formed", () => {
  for (const each of ["[1.5]", "[1e5]", "[12345678901]", "[1.0]", "[-0.0]"])
    assert.equal(
      fault(() => parse(bytes(each))),
      Fault.JSON_NUMBER,
      each,
    );
  assert.equal(
    fault(() => string(parse(bytes('"\\ud800"')))),
    Fault.JSON_INVALID,
  );
  assert.equal(
    fault(() => string(parseCanonical(bytes('"\\udc00x"')))),
    Fault.JSON_INVALID,
  );
  for (const each of ["NaN", "[1,]", "", "{'a':1}", "[1] x", "\ufeff[1]", "[01]"])
    assert.equal(
      fault(() => parse(bytes(each))),
      Fault.JSON_INVALID,
      each,
    );
  for (const each of [[0xff], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22]])
    assert.equal(
      fault(() => parse(new Uint8Array(each))),
      Fault.JSON_INVALID,
    );
});

test("weights are numbers as long as those are small, and texts above", () => {
  for (const n of [0n, 1n, 1073741823n, 1073741824n, 10n ** 30n])
    assert.equal(weight(parseCanonical(serialise(writeWeight(n)))), n);
  assert.equal(
    fault(() => weight("1073741823")),
    Fault.NOT_CANONICAL,
  );
  assert.equal(
    fault(() => weight(1073741824)),
    Fault.JSON_NUMBER,
  );
  assert.equal(
    fault(() => weight("0x10")),
    Fault.NOT_CANONICAL,
  );
  assert.equal(
    fault(() => weight("9".repeat(41))),
    Fault.JSON_NUMBER,
  );
  assert.equal(
    fault(() => weight(-1)),
    Fault.JSON_NUMBER,
  );
  assert.equal(
    fault(() => weight(null)),
    Fault.JSON_WRONG_TYPE,
  );
});

const made = makeElection({ questions: rows(1, { blank: true }) });
const GOOD = new Map([
  [(data) => Election.fromJson(data), made.election.data],
  [(data) => Trustees.fromJson(data), made.setup.trustees],
  [(data) => CredentialList.fromJson(data), made.setup.credentials],
  [(data) => Ballot.fromJson(data, made.election), made.ballot(0, [[0, 1, 0]]).data],
  [
    (data) => EncryptedTally.fromJson(data, made.election),
    EncryptedTally.empty(made.election).toJson(),
  ],
  [(data) => TallyDescriptor.fromJson(data), new TallyDescriptor(1, 2n, "x").toJson()],
  [
    (data) => PartialDecryption.fromJson(data, made.election),
    new PartialDecryption([[]], [[]]).toJson(),
  ],
  [(data) => Result.fromJson(data, made.election), new Result([[0n, 1n, 2n]]).toJson()],
  [
    (data) => Event.fromJson(data),
    new Event({ parent: null, height: 0, type: "Setup", payload: "x" }).toJson(),
  ],
  [(data) => outline(data, "Setup"), new Uint8Array(512)],
]);

test("no bytes make anything but a ProtocolError", () => {
  const hostile = [
    "",
    "null",
    "0",
    '""',
    "{}",
    "[[]]",
    "[null]",
    "[{}]",
    '{"__proto__":{}}',
    '{"__proto__":null}',
    '{"constructor":1,"toString":2}',
    '{"result":null}',
    '{"result":[null]}',
    '{"type":{},"height":[]}',
    '{"height":0,"type":"toString"}',
    '{"height":0,"type":"__proto__"}',
    '[["Single",null]]',
    '["Single"]',
    '[","]',
    '["\\ud800"]',
    "[".repeat(300_000) + "]".repeat(300_000),
    `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
    `[${"9".repeat(300_000)}]`,
    `["${"9".repeat(300_000)}"]`,
    `[${"1,".repeat(100_000)}1]`,
  ].map(bytes);
  for (const read of GOOD.keys())
    for (const data of hostile)
      assert.notEqual(
        fault(() => read(data)),
        null,
      );
});

test("huge texts and numbers are refused too", () => {
  const trustee = { pok: { challenge: "9".repeat(20_000_000), response: "1" } };
  for (const [read, data] of [
    [(each) => Election.fromJson(each), `["${"\\n".repeat(20_000_000)}"]`],
    [(each) => Election.fromJson(each), `["${"x".repeat(20_000_000)}" ]`],
    [(each) => CredentialList.fromJson(each), `["${"9".repeat(20_000_000)}"]`],
    [
      (each) => CredentialList.fromJson(each),
      `["${GENERATOR.encode()},${"9".repeat(20_000_000)}"]`,
    ],
    [
      (each) => Trustees.fromJson(each),
      JSON.stringify([["Single", { ...trustee, public_key: GENERATOR.encode() }]]),
    ],
  ])
    assert.notEqual(
      fault(() => read(bytes(data))),
      null,
    );
});

test("a changed byte or a lost end makes nothing but a ProtocolError", () => {
  const draw = stream("mutations");
  const pick = (below) => {
    const [a, b, c] = draw(3);
    return (a * 65536 + b * 256 + c) % below;
  };
  let refused = 0;
  for (const [read, data] of GOOD)
    for (let round = 0; round < 25; round++) {
      const changed = data.slice(0, round % 3 ? data.length : pick(data.length));
      if (round % 3) changed[pick(changed.length)] = draw(1)[0];
      if (fault(() => read(changed)) !== null) refused += 1;
    }
  assert.ok(refused > 150, String(refused));
});

test("an election is kept in its own spelling, and refused when it is another kind", () => {
  const good = text(made.election.data);
  const loose = bytes(good.replaceAll('":', '" : ').replace("“", "\\u201c"));
  const election = Election.fromJson(loose);
  assert.deepEqual(election.data, loose);
  assert.notEqual(election.fingerprint, made.election.fingerprint);
  assert.equal(election.name, made.election.name);
  const withMore = `${good.slice(0, -1)},"administrator":"a","credential_authority":"b","language":"fr"}`;
  assert.equal(Election.fromJson(bytes(withMore)).uuid, made.election.uuid);
  const cases = [
    [/"version":1/, '"version":2', Fault.UNSUPPORTED],
    [/"Ed25519"/, '"BELENIOS-2048"', Fault.UNSUPPORTED],
    [/\{"answers"/, '{"type":"NonHomomorphic","answers"', Fault.UNSUPPORTED],
    [/"min":0/, '"min":2', Fault.ELECTION_QUESTION],
    [/"max":1/, '"max":3', Fault.ELECTION_QUESTION],
    [/"min":0/, '"min":0.5', Fault.JSON_NUMBER],
    [/"min":0/, '"min":"0"', Fault.JSON_WRONG_TYPE],
    [/"min":0/, '"min":-1', Fault.JSON_NUMBER],
    [/"blank":true/, '"blank":null', Fault.JSON_WRONG_TYPE],
    [/"answers":\[[^\]]*\]/, '"answers":[]', Fault.ELECTION_QUESTION],
    [/"questions":\[.*\]/, '"questions":[]', Fault.ELECTION_QUESTION],
    [/"uuid":"./, '"uuid":"0', Fault.ELECTION_UUID],
    [/"uuid":"...../, '"uuid":"', Fault.ELECTION_UUID],
    [/"public_key":"../, '"public_key":"zz', Fault.POINT],
    [/"name":/, '"name":"x","name":', Fault.JSON_DUPLICATE_KEY],
    [/"name":"[^"]*",/, "", Fault.JSON_WRONG_FIELDS],
    [/,"uuid"/, ',"extra":1,"uuid"', Fault.JSON_WRONG_FIELDS],
  ];
  for (const [from, to, expected] of cases) {
    const changed = good.replace(from, to);
    assert.notEqual(changed, good);
    assert.equal(
      fault(() => Election.fromJson(bytes(changed))),
      expected,
      changed,
    );
  }
  assert.throws(
    () => Election.fromJson(bytes(good.replace('"version":1', '"version":0'))),
    NotSupported,
  );
});

test("trustees: their proofs, nobody twice, no other kind", () => {
  const good = JSON.parse(text(made.setup.trustees));
  const read = (value) => fault(() => Trustees.fromJson(serialise(value)));
  assert.equal(read(good), null);
  assert.equal(read([]), Fault.TRUSTEES_NONE);
  assert.equal(read([good[0], good[0]]), Fault.TRUSTEE_DUPLICATE);
  assert.equal(read([["Pedersen", {}]]), Fault.UNSUPPORTED);
  const swapped = [["Single", { ...good[0][1], pok: good[1][1].pok }]];
  assert.equal(read(swapped), Fault.TRUSTEE_PROOF);
  const other = Trustees.fromJson(serialise(good.slice(1)));
  assert.equal(
    fault(() => made.election.checkKey(other)),
    Fault.ELECTION_KEY,
  );
});

test("credentials: weights are read, nobody is twice on the roll", () => {
  const [first, second] = made.credentials.map((each) => each.public.encode());
  const read = (value) => CredentialList.fromJson(serialise(value));
  const roll = read([`${first},12`, second]);
  assert.equal(roll.weightOf(first), 12n);
  assert.equal(roll.weightOf(second), 1n);
  for (const [value, expected] of [
    [[first, first], Fault.CREDENTIAL_DUPLICATE],
    [[first, `${first},2`], Fault.CREDENTIAL_DUPLICATE],
    [[`${first},`], Fault.NOT_CANONICAL],
    [[`${first},01`], Fault.NOT_CANONICAL],
    [[`${first},1,1`], Fault.NOT_CANONICAL],
    [[`${first},-1`], Fault.NOT_CANONICAL],
    [[first.toUpperCase()], Fault.POINT],
    [[1], Fault.JSON_WRONG_TYPE],
  ])
    assert.equal(
      fault(() => read(value)),
      expected,
      JSON.stringify(value),
    );
});
