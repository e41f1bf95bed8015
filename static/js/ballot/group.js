// The group: the subgroup of prime order of the curve Ed25519, written multiplicatively as the Specification does.
//
// Every operation is noble's. What noble leaves to the caller is handled here and nowhere else: the zero exponent, the
// neutral element, membership of the subgroup, and the byte order (noble's strings are little-endian, the protocol's
// big-endian).

import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { Fault, ProtocolError } from "./errors.js";
import { multiplesUnsafe } from "./multiples.js";

const { Point } = ed25519;

/** q: how many elements the group has; exponents are numbers modulo q. */
export const ORDER = Point.Fn.ORDER;

const ELEMENT = /^[0-9a-f]{64}$/;
const SCALAR_DIGITS = 76;

let pointOf; // the point in an element, for this file only

/** An element of the group. Made by the functions of this file only, which see to it that it belongs to the group. */
export class Element {
  #point;
  #text;
  #hasTable = false;

  static {
    pointOf = (element) => element.#point;
  }

  constructor(point, text = null) {
    this.#point = point;
    this.#text = text;
    Object.freeze(this);
  }

  multiply(other) {
    return new Element(this.#point.add(other.#point));
  }

  divide(other) {
    return new Element(this.#point.subtract(other.#point));
  }

  /** To a secret exponent, any BigInt; it counts modulo q. The work is the same for every exponent but 0. */
  power(exponent) {
    const n = modulo(exponent);
    return n === 0n ? NEUTRAL : new Element(this.#point.multiply(n));
  }

  /** To a public exponent: faster, and the time it takes tells which. */
  powerUnsafe(exponent) {
    return new Element(this.#point.multiplyUnsafe(modulo(exponent)));
  }

  /** To several public exponents at once. */
  powersUnsafe(exponents) {
    return multiplesUnsafe(this.#point, exponents.map(modulo)).map((point) => new Element(point));
  }

  /** This element, with a table that makes its powers about eight times as fast. It costs as much as thirty powers. */
  withTable() {
    if (!this.#hasTable) this.#point.precompute(8, false);
    this.#hasTable = true;
    return this;
  }

  equals(other) {
    return this.#point.equals(other.#point);
  }

  get isNeutral() {
    return this.#point.is0();
  }

  /** 64 hexadecimal digits, the highest first (the bytes of RFC 8032 reversed). */
  encode() {
    this.#text ??= bytesToHex(this.#point.toBytes().reverse());
    return this.#text;
  }
}

export const NEUTRAL = new Element(Point.ZERO);
export const GENERATOR = new Element(Point.BASE);

/**
 * A point of the curve that is well spelled and not neutral, and may or may not belong to the group.
 *
 * Whether it does costs as much as a power, and most of that work is shared when powers of it are wanted anyway, as
 * for every point of a ballot. Nothing can be computed with a candidate before the question is settled.
 */
export class Candidate {
  #point;
  #text;

  constructor(point, text) {
    this.#point = point;
    this.#text = text;
    Object.freeze(this);
  }

  static of(element) {
    return new Candidate(pointOf(element), element.encode());
  }

  encode() {
    return this.#text;
  }

  /**
   * The element itself and its powers to public `exponents`: `{element, powers}`.
   * Throws the fault `POINT` if it does not belong to the group.
   */
  settle(exponents = []) {
    const [last, ...powers] = multiplesUnsafe(this.#point, [ORDER, ...exponents.map(modulo)]);
    if (!last.is0()) throw new ProtocolError(Fault.POINT);
    return {
      element: new Element(this.#point, this.#text),
      powers: powers.map((each) => new Element(each)),
    };
  }

  /** The element, for a caller who knows that this very text was settled before. */
  settledBefore() {
    return new Element(this.#point, this.#text);
  }
}

/** What `text` spells: canonical, on the curve, not neutral; otherwise the fault `POINT`. */
export function decodeCandidate(text) {
  if (typeof text !== "string") throw new ProtocolError(Fault.JSON_WRONG_TYPE);
  if (!ELEMENT.test(text)) throw new ProtocolError(Fault.POINT);
  const point = pointFromBytes(hexToBytes(text).reverse());
  if (!point || point.is0()) throw new ProtocolError(Fault.POINT);
  return new Candidate(point, text);
}

function pointFromBytes(bytes) {
  try {
    return Point.fromBytes(bytes, false); // false: RFC 8032 to the letter
  } catch {
    return null;
  }
}

/** The element that `text` spells: canonical, on the curve, in the subgroup of order q, not neutral. */
export function decodeElement(text) {
  return decodeCandidate(text).settle().element;
}

/** As `decodeElement`, but the neutral element in its one spelling is let through. */
export function decodeElementOrNeutral(text) {
  return text === NEUTRAL.encode() ? NEUTRAL : decodeElement(text);
}

/** A number modulo q in decimal digits. */
export function encodeScalar(number) {
  return String(number);
}

/** The number from 0 to q − 1 that `text` spells, without sign or leading zero. */
export function decodeScalar(text) {
  if (typeof text !== "string") throw new ProtocolError(Fault.JSON_WRONG_TYPE);
  if (text === "" || /[^0-9]/.test(text) || /^0./.test(text))
    throw new ProtocolError(Fault.SCALAR_FORM);
  if (text.length > SCALAR_DIGITS) throw new ProtocolError(Fault.SCALAR_RANGE);
  const number = BigInt(text);
  if (number >= ORDER) throw new ProtocolError(Fault.SCALAR_RANGE);
  return number;
}

/** g to a secret exponent that may well be 0, which a branch on 0 would give away: g^(exponent + 1) / g. */
export function powerOfGenerator(exponent) {
  return GENERATOR.power(exponent + 1n).divide(GENERATOR);
}

/** All of them multiplied; the neutral element if there are none. */
export function product(elements) {
  return elements.length ? elements.reduce((result, each) => result.multiply(each)) : NEUTRAL;
}

/** Uniform modulo q: 48 bytes, reduced; the unevenness left is below 2^-130. */
export function randomScalar(randomness) {
  return BigInt(`0x${bytesToHex(randomness(48))}`) % ORDER;
}

/** The number from 0 to q − 1 that is congruent to `number`. */
export function modulo(number) {
  const remainder = number % ORDER;
  return remainder < 0n ? remainder + ORDER : remainder;
}
