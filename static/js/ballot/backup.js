// A trustee's key on paper: groups of characters that are read back even after a slip of the pen, or not at all.
//
// 32 bytes are 52 characters of Crockford's Base32 (no I, L, O, U), in 13 groups of four. A fifth character in each
// group is a weighted sum of the four over the field of 32 elements, and of the group's place. As the weights differ and
// none is 0, every single mistyped character, every two exchanged within a group, and every two groups exchanged are
// found, and the wrong group can be named. A last group of the same kind carries 20 bits of the key's hash, for whatever
// several mistakes together might do.

import { utf8ToBytes } from "@noble/hashes/utils.js";
import { ORDER } from "./group.js";
import { sha256Hex } from "./hashing.js";
import { TrusteeKey } from "./trustees.js";

const CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LOOK_ALIKES = { O: "0", I: "1", L: "1", U: "V" };
const DATA = 4; // characters of a group without its check character
const KEY_GROUPS = 13;
const GROUPS = KEY_GROUPS + 1;
const LENGTH = GROUPS * (DATA + 1);

/**
 * What is wrong with a typed backup. `reason` is "character" (one that cannot occur), "length" (too few or too many),
 * "group" (a mistake in it) or "key" (every group is right, and together they are no key); `group` is the first wrong
 * group, from 1, or null. The message quotes nothing of what was typed.
 */
export class BackupError extends Error {
  name = "BackupError";

  constructor(reason, group = null) {
    super(group === null ? `backup: ${reason}` : `backup: ${reason}, group ${group}`);
    this.reason = reason;
    this.group = group;
  }
}

/** The backup of a `TrusteeKey`: 14 groups of 5 characters, with hyphens between them. */
export function writeBackup(key) {
  const symbols = [...symbolsOf(key.secret, KEY_GROUPS * DATA), ...hashSymbols(key.secret)];
  return Array.from({ length: GROUPS }, (_, place) => {
    const data = symbols.slice(place * DATA, (place + 1) * DATA);
    return [...data, checkSymbol(data, place)].map((symbol) => CHARACTERS[symbol]).join("");
  }).join("-");
}

/**
 * The `TrusteeKey` of a backup; throws `BackupError`.
 * Case, spaces, dashes, full-width forms, and O for 0, I and L for 1, U for V make no difference.
 */
export function readBackup(text) {
  const symbols = readSymbols(text);
  const groups = Array.from({ length: Math.ceil(symbols.length / (DATA + 1)) }, (_, place) =>
    symbols.slice(place * (DATA + 1), (place + 1) * (DATA + 1)),
  );
  // Before the length: with a character left out or doubled, the first wrong group is where that happened.
  for (const [place, group] of groups.entries()) {
    if (group.length <= DATA || place >= GROUPS) break;
    if (checkSymbol(group.slice(0, DATA), place) !== group[DATA])
      throw new BackupError("group", place + 1);
  }
  if (symbols.length !== LENGTH) throw new BackupError("length");
  const data = groups.flatMap((group) => group.slice(0, DATA));
  const secret = data
    .slice(0, KEY_GROUPS * DATA)
    .reduce((number, symbol) => number * 32n + BigInt(symbol), 0n);
  const hash = data.slice(KEY_GROUPS * DATA);
  if (secret === 0n || secret >= ORDER || hashSymbols(secret).join() !== hash.join())
    throw new BackupError("key");
  return new TrusteeKey(secret);
}

/** Whether `typed` is the group at `place` (from 0) of the key's backup; what `readBackup` forgives makes no difference. */
export function isGroupOf(key, place, typed) {
  try {
    const group = writeBackup(key).split("-")[place];
    return readSymbols(typed).join() === readSymbols(group).join();
  } catch {
    return false; // a character that cannot occur
  }
}

function readSymbols(text) {
  const characters = [
    ...text
      .normalize("NFKC")
      .replace(/[\s\p{Dash}]/gu, "")
      .toUpperCase(),
  ];
  return characters.map((character, index) => {
    const symbol = CHARACTERS.indexOf(LOOK_ALIKES[character] ?? character);
    if (symbol < 0) throw new BackupError("character", Math.floor(index / (DATA + 1)) + 1);
    return symbol;
  });
}

/** The lowest 5·`length` bits of a number, highest first, five bits a symbol. */
function symbolsOf(number, length) {
  return Array.from({ length }, (_, index) =>
    Number((number >> BigInt(5 * (length - 1 - index))) & 31n),
  );
}

function hashSymbols(secret) {
  const hash = sha256Hex(utf8ToBytes(`trustee key backup|${secret}`));
  return symbolsOf(BigInt(`0x${hash}`), DATA);
}

/** Σ α^(i+1)·symbol_i + α^5·place: the check character itself has weight 1, and all weights differ. */
function checkSymbol(data, place) {
  return [...data, place].reduceRight((sum, symbol) => timesAlpha(sum ^ symbol), 0);
}

/** In the field of 32 elements, with α⁵ = α² + 1. */
function timesAlpha(symbol) {
  return (symbol << 1) ^ (symbol & 16 ? 0b100101 : 0);
}
