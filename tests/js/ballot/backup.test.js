// A trustee's key on paper: it comes back, and no slip of the pen goes unnoticed.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BackupError,
  isGroupOf,
  readBackup,
  writeBackup,
} from "../../../static/js/ballot/backup.js";
import { ORDER } from "../../../static/js/ballot/group.js";
import { generateTrusteeKey, TrusteeKey } from "../../../static/js/ballot/trustees.js";
import { stream } from "./streams.js";

const CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const key = generateTrusteeKey(stream("backup"));
const backup = writeBackup(key);

function errorOf(text) {
  try {
    readBackup(text);
  } catch (error) {
    assert.ok(error instanceof BackupError, String(error.stack));
    assert.ok(!/[0-9A-Z]{5}/.test(error.message));
    return { reason: error.reason, group: error.group };
  }
  return null;
}

const replaced = (text, at, character) => text.slice(0, at) + character + text.slice(at + 1);

test("a key comes back from its backup", () => {
  assert.match(backup, /^(?:[0-9A-HJKMNP-TV-Z]{5}-){13}[0-9A-HJKMNP-TV-Z]{5}$/);
  assert.equal(readBackup(backup).secret, key.secret);
  for (const secret of [1n, 31n, 32n, ORDER - 1n, 2n ** 252n])
    assert.equal(readBackup(writeBackup(new TrusteeKey(secret))).secret, secret);
});

test("the form in which it is typed makes no difference", () => {
  const fullWidth = [...backup]
    .map((each) => (each === "-" ? "－" : String.fromCodePoint(each.codePointAt(0) + 0xfee0)))
    .join("");
  for (const typed of [
    backup.toLowerCase(),
    backup.replaceAll("-", ""),
    backup.replaceAll("-", " \n "),
    backup.replaceAll("-", "–"),
    ` ${backup}\t`,
    backup.replaceAll("0", "O").replaceAll("1", "I").replaceAll("V", "U"),
    backup.replaceAll("0", "o").replaceAll("1", "l").replaceAll("V", "u"),
    fullWidth,
  ])
    assert.equal(readBackup(typed).secret, key.secret, typed);
});

test("every single mistyped character is found, and its group named", () => {
  let tried = 0;
  for (let at = 0; at < backup.length; at++) {
    if (backup[at] === "-") continue;
    for (const character of CHARACTERS) {
      if (character === backup[at]) continue;
      const error = errorOf(replaced(backup, at, character));
      assert.deepEqual(error, { reason: "group", group: Math.floor(at / 6) + 1 });
      tried += 1;
    }
  }
  assert.equal(tried, 70 * 31);
});

test("every two different characters exchanged are found, and every two groups", () => {
  let tried = 0;
  for (let a = 0; a < backup.length; a++)
    for (let b = a + 1; b < backup.length; b++) {
      if (backup[a] === backup[b] || backup[a] === "-" || backup[b] === "-") continue;
      const text = replaced(replaced(backup, a, backup[b]), b, backup[a]);
      assert.deepEqual(errorOf(text), { reason: "group", group: Math.floor(a / 6) + 1 });
      tried += 1;
    }
  assert.ok(tried > 2000);
  const groups = backup.split("-");
  for (let a = 0; a < groups.length; a++)
    for (let b = a + 1; b < groups.length; b++) {
      const exchanged = groups.with(a, groups[b]).with(b, groups[a]).join("-");
      assert.deepEqual(errorOf(exchanged), { reason: "group", group: a + 1 });
    }
});

test("a character left out, doubled or impossible, a group missing, another key's group", () => {
  for (let at = 0; at < backup.length; at++) {
    assert.notEqual(errorOf(replaced(backup, at, backup[at] === "-" ? "0" : "")), null);
    if (backup[at] !== "-")
      assert.notEqual(errorOf(replaced(backup, at, backup[at].repeat(2))), null);
  }
  assert.deepEqual(errorOf(replaced(backup, 8, "*")), { reason: "character", group: 2 });
  assert.deepEqual(errorOf(backup.slice(0, -6)), { reason: "length", group: null });
  assert.deepEqual(errorOf(`${backup}-00000`), { reason: "length", group: null });
  assert.deepEqual(errorOf(""), { reason: "length", group: null });
  const groups = backup.split("-");
  const other = writeBackup(generateTrusteeKey(stream("other"))).split("-");
  assert.notEqual(other[4], groups[4]);
  assert.deepEqual(errorOf(groups.with(4, other[4]).join("-")), { reason: "key", group: null });
});

test("a key that is printed or turned into JSON does not show itself", () => {
  for (const shown of [String(key), JSON.stringify(key), JSON.stringify({ key })])
    assert.ok(!shown.includes(String(key.secret)));
});

test("a single group may be typed as a whole backup may", () => {
  const key = [...Array(2000).keys()]
    .map((number) => new TrusteeKey(BigInt(number) + 2n ** 200n))
    .find((each) => /^(?=.*0).*1/.test(writeBackup(each).split("-")[13]));
  const group = writeBackup(key).split("-")[13];
  const typed = group.toLowerCase().replaceAll("0", "o").replaceAll("1", "l");
  assert.notEqual(typed.toUpperCase(), group);
  for (const spelling of [group, typed, ` ${typed.slice(0, 2)}-${typed.slice(2)} `])
    assert.ok(isGroupOf(key, 13, spelling), spelling);
  for (const wrong of ["", group.slice(1), `${group}0`, "!!!!!", writeBackup(key).split("-")[0]])
    assert.ok(!isGroupOf(key, 13, wrong), wrong);
});
