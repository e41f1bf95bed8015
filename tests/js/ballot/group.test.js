// Elements, numbers, and what is refused of them; hashes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { Fault } from "../../../static/js/ballot/errors.js";
import {
  Candidate,
  decodeCandidate,
  decodeElement,
  decodeElementOrNeutral,
  decodeScalar,
  encodeScalar,
  GENERATOR,
  NEUTRAL,
  ORDER,
  powerOfGenerator,
  product,
  randomScalar,
} from "../../../static/js/ballot/group.js";
import { challenge, sha256Base64, sha256Hex } from "../../../static/js/ballot/hashing.js";
import { multiplesUnsafe } from "../../../static/js/ballot/multiples.js";
import { secureRandomness } from "../../../static/js/ballot/randomness.js";
import { stream } from "./streams.js";

const { Point } = ed25519;
const P = 2n ** 255n - 19n;
const hex = (number) => number.toString(16).padStart(64, "0");
const spelled = (point) => Buffer.from(point.toBytes()).reverse().toString("hex");
const refused = (decode, text, fault) =>
  assert.throws(
    () => decode(text),
    (error) => {
      assert.equal(error.fault, fault, text);
      return true;
    },
  );

// A point of order 8, found by taking the prime-order part off a point of the curve.
const ORDER_8 = (() => {
  for (let y = 2n; ; y++) {
    try {
      const point = Point.fromBytes(Buffer.from(hex(y), "hex").reverse(), false);
      const [small] = multiplesUnsafe(point, [ORDER]);
      if (!small.double().double().is0()) return small;
    } catch {
      // no point of the curve has this y
    }
  }
})();
const SMALL = Array.from({ length: 8 }, (_, k) => multiplesUnsafe(ORDER_8, [BigInt(k)])[0]);

test("elements are spelled with the highest digits first", () => {
  assert.equal(GENERATOR.encode(), `${"66".repeat(31)}58`);
  assert.equal(NEUTRAL.encode(), `${"0".repeat(63)}1`);
  const text = GENERATOR.power(123456789n).encode();
  const element = decodeElement(text);
  assert.equal(element.encode(), text);
  assert.ok(element.divide(element).isNeutral);
  assert.equal(element.divide(element).encode(), NEUTRAL.encode());
  assert.ok(decodeElementOrNeutral(NEUTRAL.encode()).isNeutral);
});

test("every point of small order, alone or added to an element, is refused", () => {
  assert.equal(new Set(SMALL.map(spelled)).size, 8);
  const element = Point.BASE.multiply(987654321n);
  for (const [k, small] of SMALL.entries()) {
    refused(decodeElement, spelled(small), Fault.POINT);
    if (k === 0) continue;
    refused(decodeElementOrNeutral, spelled(small), Fault.POINT);
    refused(decodeElement, spelled(element.add(small)), Fault.POINT);
    const candidate = decodeCandidate(spelled(element.add(small)));
    refused(() => candidate.settle([1n, 2n]), "", Fault.POINT);
  }
  assert.equal(decodeElement(spelled(element)).encode(), spelled(element));
});

function isCandidate(text) {
  try {
    decodeCandidate(text);
  } catch (error) {
    assert.equal(error.fault, Fault.POINT);
    return false;
  }
  return true;
}

test("other spellings of elements are refused", () => {
  const good = GENERATOR.power(5n).encode();
  const bad = [
    good.toUpperCase(),
    `${good}0`,
    good.slice(1),
    ` ${good.slice(1)}`,
    `${good}\n`,
    "",
    hex(P + 1n), // the neutral element with y not reduced
    hex(2n ** 255n + 1n), // the neutral element with the sign of x
    hex(P),
    hex(P + 3n),
    hex(2n ** 256n - 1n),
  ];
  for (const text of bad) {
    refused(decodeElement, text, Fault.POINT);
    refused(decodeElementOrNeutral, text, Fault.POINT);
  }
  // Points that are on the curve, spelled with y not reduced, or with a sign for x = 0.
  const onCurve = [3n, 4n, 5n, 6n, 7n, 9n, 10n].filter((y) => isCandidate(hex(y)));
  assert.ok(onCurve.length > 1);
  for (const y of onCurve) assert.ok(!isCandidate(hex(P + y)));
  assert.ok(isCandidate(hex(P - 1n)));
  assert.ok(!isCandidate(hex(2n ** 255n + P - 1n)));
  let offCurve = 0;
  for (let y = 2n; y < 40n; y++) {
    try {
      Point.fromBytes(Buffer.from(hex(y), "hex").reverse(), false);
    } catch {
      refused(decodeElement, hex(y), Fault.POINT);
      offCurve += 1;
    }
  }
  assert.ok(offCurve > 5);
  for (const value of [null, 5, undefined, [good], {}])
    refused(decodeElement, value, Fault.JSON_WRONG_TYPE);
});

test("numbers are decimal, without sign or leading zero, below q", () => {
  for (const n of [0n, 1n, ORDER - 1n]) assert.equal(decodeScalar(encodeScalar(n)), n);
  for (const text of [
    "",
    "+1",
    "-1",
    "01",
    "00",
    "0x10",
    "1e3",
    "1_0",
    " 1",
    "1 ",
    "1\n",
    "１",
    "1.0",
  ])
    refused(decodeScalar, text, Fault.SCALAR_FORM);
  for (const text of [String(ORDER), String(ORDER + 1n), "9".repeat(76), "9".repeat(100_000)])
    refused(decodeScalar, text, Fault.SCALAR_RANGE);
  for (const value of [1, 1n, null, ["1"]]) refused(decodeScalar, value, Fault.JSON_WRONG_TYPE);
});

test("several multiples at once are those found one by one", () => {
  const draw = stream("multiples");
  const points = [Point.BASE, Point.BASE.multiply(randomScalar(draw)), Point.ZERO];
  const edges = [0n, 1n, 2n, 15n, 16n, 17n, 31n, 32n, 33n, 2n ** 251n, 2n ** 252n - 1n, ORDER - 1n];
  for (const point of points) {
    const scalars = [...edges, ...edges.map(() => randomScalar(draw))];
    const multiples = multiplesUnsafe(point, scalars);
    scalars.forEach((n, index) => {
      assert.ok(multiples[index].equals(point.multiplyUnsafe(n)), String(n));
    });
  }
  assert.ok(multiplesUnsafe(Point.BASE, [ORDER])[0].is0());
  assert.deepEqual(multiplesUnsafe(Point.BASE, []), []);
});

test("multiples of points of small order are right too", () => {
  for (let k = 0n; k < 40n; k++)
    assert.ok(multiplesUnsafe(ORDER_8, [k])[0].equals(SMALL[Number(k % 8n)]));
  assert.ok(multiplesUnsafe(ORDER_8, [ORDER])[0].equals(SMALL[Number(ORDER % 8n)]));
});

test("a candidate settled gives the element and its powers", () => {
  const element = GENERATOR.power(77n);
  const { element: same, powers } = Candidate.of(element).settle([0n, 1n, 3n]);
  assert.ok(same.equals(element));
  assert.deepEqual(
    powers.map((each) => each.encode()),
    [NEUTRAL, element, GENERATOR.power(231n)].map((each) => each.encode()),
  );
});

test("exponents count modulo q, the secret and the public way and with a table", () => {
  const x = GENERATOR.power(12345n);
  const y = GENERATOR.power(12345n).withTable();
  for (const n of [0n, 1n, -1n, ORDER, ORDER - 1n, ORDER + 2n, 2n ** 200n]) {
    const expected = product(n === 0n || n === ORDER ? [] : [x.power(n)]).encode();
    assert.equal(x.power(n).encode(), expected);
    assert.equal(x.powerUnsafe(n).encode(), expected);
    assert.equal(y.power(n).encode(), expected);
    assert.equal(y.powerUnsafe(n).encode(), expected);
    assert.equal(x.powersUnsafe([n])[0].encode(), expected);
  }
  assert.equal(x.power(-1n).multiply(x).encode(), NEUTRAL.encode());
  assert.ok(NEUTRAL.power(5n).isNeutral);
  for (const n of [0n, 1n, 7n, ORDER - 1n])
    assert.equal(powerOfGenerator(n).encode(), GENERATOR.powerUnsafe(n).encode());
});

test("hashes in their spellings", () => {
  const abc = new TextEncoder().encode("abc");
  const digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assert.equal(sha256Hex(abc), digest);
  const base64 = Buffer.from(digest, "hex").toString("base64").replace("=", "");
  assert.equal(sha256Base64(abc), base64);
  const text = `p|${GENERATOR.encode()},${NEUTRAL.encode()}`;
  const expected = BigInt(`0x${sha256Hex(new TextEncoder().encode(text))}`) % ORDER;
  assert.equal(challenge("p|", [GENERATOR, NEUTRAL]), expected);
});

test("random bytes come from the browser's generator, as many as wanted, or not at all", (context) => {
  const bytes = secureRandomness(150_000);
  assert.equal(bytes.length, 150_000);
  for (let start = 0; start < bytes.length; start += 1000)
    assert.ok(bytes.subarray(start, start + 1000).some((byte) => byte !== 0));
  const original = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  context.after(() => Object.defineProperty(globalThis, "crypto", original));
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
  assert.throws(() => secureRandomness(1), /no secure randomness/);
});
