// Ballots of our own: right ones pass, and every single thing changed in one is refused for its own reason.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { Ballot, ballotSizeLimit } from "../../../static/js/ballot/ballots.js";
import { serialise } from "../../../static/js/ballot/canonical.js";
import { checkBallot, checkedBefore } from "../../../static/js/ballot/checks.js";
import {
  CredentialList,
  deriveCredential,
  generateCredential,
} from "../../../static/js/ballot/credentials.js";
import { generateUuid } from "../../../static/js/ballot/election.js";
import { encryptBallot } from "../../../static/js/ballot/encryption.js";
import { Fault, ProtocolError } from "../../../static/js/ballot/errors.js";
import {
  decodeScalar,
  encodeScalar,
  GENERATOR,
  ORDER,
  randomScalar,
} from "../../../static/js/ballot/group.js";
import { sha256Base64 } from "../../../static/js/ballot/hashing.js";
import { oneOfHolds, proveKnowledge, proveOneOf } from "../../../static/js/ballot/proofs.js";
import { tallyBallots, weightedTally } from "../../../static/js/ballot/tally.js";
import {
  individualPrefix,
  signaturePrefix,
  voterContext,
} from "../../../static/js/ballot/transcripts.js";
import { makeElection, rows } from "./elections.js";
import { stream } from "./streams.js";
import { bytes, text } from "./vectors.js";

const { Point } = ed25519;
const made = makeElection({ questions: [...rows(1), ...rows(1, { blank: true, min: 1 })] });
const { election, roll } = made;
const vote = made.ballot(0, [
  [0, 1],
  [0, 1, 0],
]);

function check(data, credentials = roll) {
  return checkBallot(Ballot.fromJson(data, election), election, credentials);
}

function faultOf(data, credentials = roll) {
  try {
    check(data, credentials);
  } catch (error) {
    assert.ok(error instanceof ProtocolError, String(error.stack));
    return error.fault;
  }
  return null;
}

/** The ballot with a change made to its value, signed anew, as its own voter could. */
function altered(change, { voter = 0, sign = true } = {}) {
  const { signature, ...value } = JSON.parse(text(vote.data));
  change(value);
  const credential = made.credentials[voter];
  const hash = sign ? sha256Base64(serialise(value)) : signature.hash;
  const proof = sign
    ? proveKnowledge(credential.secret, signaturePrefix(hash), stream("sign")).toJson()
    : signature.proof;
  return serialise({ ...value, signature: { hash, proof } });
}

const plusOne = (scalar) => encodeScalar((decodeScalar(scalar) + 1n) % ORDER);

test("every allowed choice makes a ballot that is right", () => {
  const choices = [
    ...[
      [0, 0],
      [1, 0],
      [0, 1],
    ].map((first) => [first, [0, 0, 1]]),
    [
      [0, 0],
      [1, 0, 0],
    ],
  ];
  for (const each of choices) assert.equal(faultOf(made.ballot(0, each).data), null);
});

test("questions with other limits, and a min of more than none, are proven too", () => {
  const several = makeElection({
    questions: [
      ...rows(1, { answers: 3, min: 0, max: 3 }),
      ...rows(1, { answers: 3, min: 2, max: 3, blank: false }),
      ...rows(1, { answers: 1, min: 1, max: 1 }),
      ...rows(1, { answers: 2, min: 0, max: 0 }),
      ...rows(1, { answers: 3, min: 2, max: 2, blank: true }),
    ],
  });
  const { data } = several.ballot(1, [[1, 1, 1], [0, 1, 1], [1], [0, 0], [1, 0, 0, 0]]);
  const checked = checkBallot(
    Ballot.fromJson(data, several.election),
    several.election,
    several.roll,
  );
  assert.deepEqual(
    checked.ciphertexts.map((row) => row.length),
    several.election.shape,
  );
});

test("choices that a question does not allow make no ballot", () => {
  const right = [0, 1, 0];
  for (const choices of [
    [[0, 1]],
    [[0, 1], right, right],
    [[1, 1], right],
    [[0, 1, 0], right],
    [[0, 2], right],
    [[0, "1"], right],
    [[false, true], right],
    [[-1, 1], right],
    [
      [0, 1],
      [0, 0, 0],
    ],
    [
      [0, 1],
      [1, 1, 0],
    ],
    [[0, 1], null],
    null,
    [
      [0, 1],
      [0, 1],
    ],
  ])
    assert.throws(
      () => encryptBallot(election, made.credentials[0], choices, stream("x")),
      (error) => error.fault === Fault.CHOICES,
      JSON.stringify(choices),
    );
});

test("the same bytes drawn give the same ballot, other bytes another", () => {
  const choices = [
    [0, 1],
    [0, 1, 0],
  ];
  assert.deepEqual(made.ballot(0, choices).data, vote.data);
  assert.notDeepEqual(made.ballot(0, choices, "again").data, vote.data);
  const progress = [];
  encryptBallot(election, made.credentials[0], choices, stream("p"), (...each) =>
    progress.push(each),
  );
  assert.deepEqual(progress, [
    [1, 2],
    [2, 2],
  ]);
});

test("the draws are taken in the agreed number, whatever the choice", () => {
  const counts = [
    [
      [0, 0],
      [1, 0, 0],
    ],
    [
      [1, 0],
      [0, 0, 1],
    ],
  ].map((choices) => {
    let drawn = 0;
    const draw = stream("count");
    encryptBallot(election, made.credentials[0], choices, (length) => {
      drawn += length;
      return draw(length);
    });
    return drawn;
  });
  // r; two draws a statement of the individual and the overall proofs and of the blank proof; the signature
  const scalars = 2 + 2 * 4 + 2 * 2 + (3 + 3 * 4 + 2 * 2 + 2 * 2) + 1;
  assert.deepEqual(counts, [48 * scalars, 48 * scalars]);
});

test("a ballot as it was sent is right; signed by another, by none or changed it is not", () => {
  assert.equal(faultOf(vote.data), null);
  assert.equal(faultOf(altered(() => {})), null);
  const other = makeElection({ seed: "other" });
  assert.equal(faultOf(vote.data, other.roll), Fault.BALLOT_UNKNOWN_CREDENTIAL);
  const another = altered(() => {}, { voter: 1 });
  assert.equal(faultOf(another), Fault.BALLOT_SIGNATURE);
  const stolen = altered(
    (value) => {
      value.credential = made.credentials[1].public.encode();
    },
    { voter: 1 },
  );
  assert.equal(faultOf(stolen), Fault.BALLOT_INDIVIDUAL);
});

const CHANGES = [
  ["uuid", (v) => (v.election_uuid = "1".repeat(14)), Fault.BALLOT_OTHER_ELECTION],
  ["election's hash", (v) => (v.election_hash = "x"), Fault.BALLOT_OTHER_ELECTION],
  ["answers", (v) => v.answers.pop(), Fault.JSON_WRONG_LENGTH],
  [
    "a choice more",
    (v) => v.answers[0].choices.push(v.answers[0].choices[0]),
    Fault.JSON_WRONG_LENGTH,
  ],
  ["a proof less", (v) => v.answers[0].overall_proof.pop(), Fault.JSON_WRONG_LENGTH],
  ["a blank proof less", (v) => v.answers[1].blank_proof.pop(), Fault.JSON_WRONG_LENGTH],
  ["no blank proof", (v) => delete v.answers[1].blank_proof, Fault.JSON_WRONG_FIELDS],
  ["null for a proof", (v) => (v.answers[1].blank_proof = null), Fault.JSON_WRONG_TYPE],
  [
    "fields the other way round",
    (v) => (v.answers[0].choices[0] = turned(v.answers[0].choices[0])),
    Fault.NOT_CANONICAL,
  ],
  ["alpha", (v) => (v.answers[0].choices[1].alpha = GENERATOR.encode()), Fault.BALLOT_INDIVIDUAL],
  ["beta", (v) => (v.answers[0].choices[0].beta = GENERATOR.encode()), Fault.BALLOT_INDIVIDUAL],
  ["choices exchanged", (v) => v.answers[0].choices.reverse(), Fault.BALLOT_INDIVIDUAL],
  ["choices and their proofs exchanged", (v) => reverseBoth(v.answers[0]), Fault.BALLOT_OVERALL],
  ["blank flag and an answer exchanged", (v) => reverseBoth(v.answers[1]), Fault.BALLOT_OVERALL],
  ...["challenge", "response"].flatMap((part) => [
    [
      `individual ${part}`,
      (v) => raise(v.answers[0].individual_proofs[1][0], part),
      Fault.BALLOT_INDIVIDUAL,
    ],
    [
      `individual ${part}, the other`,
      (v) => raise(v.answers[1].individual_proofs[2][1], part),
      Fault.BALLOT_INDIVIDUAL,
    ],
    [`overall ${part}`, (v) => raise(v.answers[0].overall_proof[0], part), Fault.BALLOT_OVERALL],
    [
      `overall ${part}, the other`,
      (v) => raise(v.answers[0].overall_proof[1], part),
      Fault.BALLOT_OVERALL,
    ],
    [
      `overall ${part} with blank`,
      (v) => raise(v.answers[1].overall_proof[0], part),
      Fault.BALLOT_OVERALL,
    ],
    [
      `overall ${part} of the last`,
      (v) => raise(v.answers[1].overall_proof[1], part),
      Fault.BALLOT_OVERALL,
    ],
    [`blank ${part}`, (v) => raise(v.answers[1].blank_proof[0], part), Fault.BALLOT_BLANK],
    [
      `blank ${part}, the other`,
      (v) => raise(v.answers[1].blank_proof[1], part),
      Fault.BALLOT_BLANK,
    ],
  ]),
  [
    "a number too large",
    (v) => (v.answers[0].overall_proof[0].response = String(ORDER)),
    Fault.SCALAR_RANGE,
  ],
  [
    "a number as JSON number",
    (v) => (v.answers[0].overall_proof[0].response = 5),
    Fault.JSON_WRONG_TYPE,
  ],
  [
    "the neutral element",
    (v) => (v.answers[0].choices[0].alpha = `${"0".repeat(63)}1`),
    Fault.POINT,
  ],
  ["a field more", (v) => (v.answers[0].extra = 1), Fault.JSON_WRONG_FIELDS],
];

function turned({ alpha, beta }) {
  return { beta, alpha };
}

function reverseBoth(answer) {
  answer.choices.reverse();
  answer.individual_proofs.reverse();
}

function raise(proof, part) {
  proof[part] = plusOne(proof[part]);
}

for (const [what, change, fault] of CHANGES)
  test(`a ballot altered by its own voter is refused: ${what}`, () => {
    assert.equal(faultOf(altered(change)), fault);
  });

test("altered and not signed anew, a ballot has the wrong hash", () => {
  const changed = altered((v) => raise(v.answers[0].overall_proof[0], "response"), { sign: false });
  assert.equal(faultOf(changed), Fault.BALLOT_HASH);
  const value = JSON.parse(text(vote.data));
  raise(value.signature.proof, "response");
  assert.equal(faultOf(serialise(value)), Fault.BALLOT_SIGNATURE);
});

test("a point outside the group is called that, and nothing else, in whichever place it is", () => {
  for (const [answer, choice, half] of [
    [0, 0, "alpha"],
    [0, 1, "beta"],
    [1, 0, "alpha"],
    [1, 2, "beta"],
  ]) {
    const changed = altered((v) => {
      const ciphertext = v.answers[answer].choices[choice];
      ciphertext[half] = besideOrder2(ciphertext[half]);
    });
    assert.equal(faultOf(changed), Fault.POINT);
  }
});

test("proofs that hold for a point outside the group do not help it", () => {
  const single = makeElection({ questions: rows(1, { answers: 1, min: 1, max: 1 }) });
  const ballot = Ballot.fromJson(forgeWithOrder2(single), single.election);
  assert.throws(
    () => checkBallot(ballot, single.election, single.roll),
    (error) => error.fault === Fault.POINT,
  );
  // The forgery is a good one: without the question whether the point belongs to the group, the proofs do hold.
  const [[{ alpha, beta }]] = checkedBefore(ballot).ciphertexts;
  const proofs = ballot.answers[0].individualProofs[0];
  const challenges = proofs.map((proof) => proof.challenge);
  const a = alpha.powersUnsafe(challenges);
  const b = beta.powersUnsafe(challenges);
  const statements = [0, 1].map((message) => ({ a: a[message], b: b[message], message }));
  const context = voterContext(single.election, ballot.credential);
  const prefix = individualPrefix(context, ballot.answers[0].choices[0]);
  assert.ok(oneOfHolds(proofs, statements, single.election.publicKey, prefix));
});

/** A vote whose alpha has a part of order 2, which even challenges hide: drawn again until they are even. */
function forgeWithOrder2({ election: its, credentials: [credential] }) {
  const draw = stream("forgery");
  const y = its.publicKey;
  const r = randomScalar(draw);
  const alpha = besideOrder2(GENERATOR.power(r).encode());
  const beta = y.power(r).multiply(GENERATOR).encode();
  const context = voterContext(its, credential.public);
  const evenly = (claims, prefix) => {
    for (;;) {
      const proofs = proveOneOf(claims, y, prefix, draw);
      if (proofs.every((proof) => proof.challenge % 2n === 0n))
        return proofs.map((proof) => proof.toJson());
    }
  };
  const one = { exponent: r, offset: 0n, isTrue: 1n };
  const zero = { exponent: r, offset: 1n, isTrue: 0n };
  const value = {
    election_uuid: its.uuid,
    election_hash: its.fingerprint,
    credential: credential.public.encode(),
    answers: [
      {
        choices: [{ alpha, beta }],
        individual_proofs: [evenly([zero, one], `prove|${context}|${alpha},${beta}|`)],
        overall_proof: evenly([one], `prove|${context}|${alpha},${beta}|${alpha},${beta}|`),
      },
    ],
  };
  const hash = sha256Base64(serialise(value));
  const proof = proveKnowledge(credential.secret, signaturePrefix(hash), draw).toJson();
  return serialise({ ...value, signature: { hash, proof } });
}

function besideOrder2(element) {
  const order2 = new Point(0n, Point.Fp.neg(1n), 1n, 0n);
  const point = Point.fromBytes(Buffer.from(element, "hex").reverse(), false).add(order2);
  return Buffer.from(point.toBytes()).reverse().toString("hex");
}

test("other spellings of a ballot are no ballot", () => {
  const good = text(vote.data);
  for (const [other, fault] of [
    [good.replace(":", ": "), Fault.BALLOT_NOT_CANONICAL],
    [`${good}\n`, Fault.BALLOT_NOT_CANONICAL],
    [` ${good}`, Fault.BALLOT_NOT_CANONICAL],
    [good.replace("election_uuid", "\\u0065lection_uuid"), Fault.BALLOT_NOT_CANONICAL],
    [`${good.slice(0, -1)},"credential":"x"}`, Fault.JSON_DUPLICATE_KEY],
    [
      good.replace(/("election_uuid":"[^"]*"),("election_hash":"[^"]*")/, "$2,$1"),
      Fault.BALLOT_NOT_CANONICAL,
    ],
    [`${good}x`, Fault.JSON_INVALID],
    [good.slice(0, -1), Fault.JSON_INVALID],
    [`[${good}]`, Fault.JSON_WRONG_TYPE],
  ])
    assert.equal(faultOf(bytes(other)), fault, other.slice(0, 60));
});

test("a text longer than any ballot of the election is not even read", () => {
  const limit = ballotSizeLimit(election);
  assert.ok(vote.data.length < limit);
  assert.equal(faultOf(new Uint8Array(limit + 1)), Fault.BALLOT_TOO_LARGE);
  assert.equal(faultOf(new Uint8Array(limit)), Fault.JSON_INVALID);
});

test("a ballot of another election does not fit", () => {
  const other = makeElection({ questions: election.questions, seed: "other" });
  const theirs = other.ballot(0, [
    [0, 1],
    [0, 1, 0],
  ]);
  assert.equal(faultOf(theirs.data), Fault.BALLOT_OTHER_ELECTION);
});

test("credentials: of the right form, random, and good in one election only", () => {
  const privateText = generateCredential(stream("credential"));
  assert.match(privateText, /^\w{5}-\w{6}-\w{5}-\w{6}$/);
  const uuid = generateUuid(stream("uuid"));
  assert.match(uuid, /^[1-9A-HJ-NP-Za-km-z]{14}$/);
  assert.notEqual(
    deriveCredential(uuid, privateText).secret,
    deriveCredential(election.uuid, privateText).secret,
  );
  for (const wrong of [
    "",
    privateText.replaceAll("-", ""),
    `${privateText} `,
    privateText.replace(/^./, "0"),
    privateText.replace(/^./, "l"),
    `${privateText}\n`,
  ])
    assert.throws(
      () => deriveCredential(uuid, wrong),
      (error) => error.fault === Fault.CREDENTIAL_FORM && !error.message.includes("-"),
    );
  const shown = JSON.stringify(deriveCredential(uuid, privateText));
  assert.ok(!shown.includes(privateText.slice(0, 5)));
});

test("weights count: a vote of weight 3 is three votes", () => {
  const [first, second] = made.credentials.map((each) => each.public.encode());
  const weighted = CredentialList.fromJson(serialise([`${first},3`, second]));
  const checked = check(vote.data, weighted);
  const { tally, descriptor } = tallyBallots(election, weighted, [checked]);
  assert.equal(descriptor.numTallied, 1);
  assert.equal(descriptor.totalWeight, 3n);
  const once = weightedTally(checked.ciphertexts, 1n);
  assert.ok(tally.equals(once.multiply(once).multiply(once)));
  assert.ok(!tally.equals(once));
});
