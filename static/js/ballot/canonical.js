// JSON as the protocol writes it, read strictly: one spelling for every value, since everything is hashed.
//
// The readers take what `parse` gave and return it, or throw; `what` names the value in the error's detail.

import { Fault, ProtocolError } from "./errors.js";

/** A larger weight is written as a string (Specification, "weight"). */
export const LARGEST_NUMBER = 2 ** 30 - 1;

const LONGEST_WEIGHT = 40;
const DEEPEST = 64;
const LONGEST_SCAN = 2 ** 22; // characters; an election is never near it
const LONE_SURROGATE = /\p{Surrogate}/u;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/** The value of UTF-8 JSON; duplicate keys, fractions and long numbers are refused. Takes bytes. */
export function parse(data) {
  const text = decodeUtf8(data);
  const value = parseText(text);
  scan(text);
  return value;
}

/** Compact UTF-8 JSON with the fields in the order of `value`, as bytes. */
export function serialise(value) {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** As `parse`, and the bytes must be what `serialise` makes of the value; otherwise `fault`. */
export function parseCanonical(data, fault = Fault.NOT_CANONICAL) {
  const text = decodeUtf8(data);
  const value = parseText(text);
  // Strict UTF-8 has one spelling, so texts can be compared in place of bytes; and two equal keys cannot come back.
  if (stringify(value) === text) return value;
  scan(text);
  throw new ProtocolError(fault);
}

function decodeUtf8(data) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    throw new ProtocolError(Fault.JSON_INVALID);
  }
}

function parseText(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProtocolError(error instanceof SyntaxError ? Fault.JSON_INVALID : Fault.JSON_DEPTH);
  }
}

function stringify(value) {
  try {
    return JSON.stringify(value);
  } catch {
    throw new ProtocolError(Fault.JSON_DEPTH); // nothing else can go wrong with a value that JSON.parse made
  }
}

/** Finds in valid JSON what `JSON.parse` passes over: keys given twice, numbers that are not short and whole. */
function scan(text) {
  if (text.length > LONGEST_SCAN) throw new ProtocolError(Fault.JSON_TOO_LARGE);
  const levels = [];
  let last = null;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") levels.push(new Set());
    else if (token === "}" || token === "]") levels.pop();
    else if (token === ":") {
      const key = JSON.parse(last);
      if (levels.at(-1).has(key)) throw new ProtocolError(Fault.JSON_DUPLICATE_KEY);
      levels.at(-1).add(key);
    } else if (/^[-0-9]/.test(token) && !/^-?[0-9]{1,10}$/.test(token))
      throw new ProtocolError(Fault.JSON_NUMBER);
    if (levels.length > DEEPEST) throw new ProtocolError(Fault.JSON_DEPTH);
    last = token;
  }
}

// --- readers ------------------------------------------------------------------------------------------

/** An object with exactly the fields `names`, in that order; those that are `optional` too may be missing. */
export function fields(value, names, optional = [], what = "") {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ProtocolError(Fault.JSON_WRONG_TYPE, what);
  const expected = names.filter((name) => Object.hasOwn(value, name) || !optional.includes(name));
  const found = Object.keys(value);
  if (found.length !== expected.length || !expected.every((name) => Object.hasOwn(value, name)))
    throw new ProtocolError(Fault.JSON_WRONG_FIELDS, what);
  if (!expected.every((name, index) => name === found[index]))
    throw new ProtocolError(Fault.NOT_CANONICAL, what);
  return value;
}

/** An array, of `length` if that is given. */
export function array(value, length = null, what = "") {
  if (!Array.isArray(value)) throw new ProtocolError(Fault.JSON_WRONG_TYPE, what);
  if (length !== null && value.length !== length)
    throw new ProtocolError(Fault.JSON_WRONG_LENGTH, what);
  return value;
}

/** A string that has UTF-8 bytes, which half of a surrogate pair has not. */
export function string(value, what = "") {
  if (typeof value !== "string") throw new ProtocolError(Fault.JSON_WRONG_TYPE, what);
  if (LONE_SURROGATE.test(value)) throw new ProtocolError(Fault.JSON_INVALID, what);
  return value;
}

/** A whole number from 0 to `most`. */
export function natural(value, most = LARGEST_NUMBER, what = "") {
  if (typeof value !== "number") throw new ProtocolError(Fault.JSON_WRONG_TYPE, what);
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new ProtocolError(Fault.JSON_NUMBER, what);
  return value;
}

export function boolean(value, what = "") {
  if (typeof value !== "boolean") throw new ProtocolError(Fault.JSON_WRONG_TYPE, what);
  return value;
}

/** A weight, as a BigInt: a number up to `LARGEST_NUMBER`, a decimal string above it. */
export function weight(value, what = "") {
  if (typeof value === "number") return BigInt(natural(value, LARGEST_NUMBER, what));
  const number = decimal(string(value, what), what);
  if (number <= LARGEST_NUMBER) throw new ProtocolError(Fault.NOT_CANONICAL, what);
  return number;
}

/** What `weight` reads: the value for JSON of a BigInt. */
export function writeWeight(number) {
  return number <= LARGEST_NUMBER ? Number(number) : String(number);
}

/** A whole number in decimal digits without sign or leading zero, as a BigInt. */
export function decimal(text, what = "") {
  if (text.length > LONGEST_WEIGHT) throw new ProtocolError(Fault.JSON_NUMBER, what);
  if (!/^(?:0|[1-9][0-9]*)$/.test(text)) throw new ProtocolError(Fault.NOT_CANONICAL, what);
  return BigInt(text);
}
