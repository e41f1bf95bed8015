// Ids made by the page look the same with and without the browser's own function.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../static/js/record/ids.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("an id is a random UUID, also where the browser has no function for it", () => {
  assert.match(newId(), UUID);
  const own = crypto.randomUUID;
  crypto.randomUUID = undefined;
  try {
    assert.match(newId(), UUID);
    assert.notEqual(newId(), newId());
  } finally {
    crypto.randomUUID = own;
  }
});
