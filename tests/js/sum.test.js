// The sums that a scrutineer's browser does not help to open.
import assert from "node:assert/strict";
import { test } from "node:test";
import { objection } from "../../static/js/scrutineer/sum.js";

test("ballots that were in the box are in the sum", () => {
  const rules = { most: 7, smallest: 5, paper: 0 };
  assert.equal(objection(7, rules), null);
  assert.equal(objection(8, rules), null); // came while nobody watched
  assert.equal(objection(6, rules), "missing");
  assert.equal(objection(6, { ...rules, paper: 3 }), "missing"); // paper takes no ballot out of the box
});

test("a sum of few is opened only together with paper", () => {
  assert.equal(objection(4, { most: 0, smallest: 5, paper: 0 }), "few");
  assert.equal(objection(1, { most: 0, smallest: 5, paper: 0 }), "few");
  assert.equal(objection(4, { most: 4, smallest: 5, paper: 1 }), null);
  assert.equal(objection(5, { most: 0, smallest: 5, paper: 0 }), null);
});
