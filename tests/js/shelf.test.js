// Text kept in the browser: one entry a cell, and a storage that fails breaks nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf } from "../../static/js/record/shelf.js";

class Storage {
  items = new Map();
  getItem = (key) => this.items.get(key) ?? null;
  setItem = (key, value) => this.items.set(key, value);
  removeItem = (key) => this.items.delete(key);
}

test("entries are kept until they are dropped, and an empty shelf leaves nothing behind", () => {
  const storage = new Storage();
  const shelf = new Shelf(storage, "7:meeting-1");
  shelf.put({ a: { base: "", value: "x", at: 1 } });
  shelf.put({ b: { base: "", value: "y", at: 2 } });
  assert.deepEqual(Object.keys(new Shelf(storage, "7:meeting-1").load()), ["a", "b"]);
  assert.deepEqual(new Shelf(storage, "8:meeting-1").load(), {});
  shelf.drop(["a", "b"]);
  assert.equal(storage.items.size, 0);
});

test("broken entries and a blocked storage are an empty shelf", () => {
  const storage = new Storage();
  storage.setItem("portal-draft:k", "{not json");
  assert.deepEqual(new Shelf(storage, "k").load(), {});
  const blocked = {
    getItem: () => {
      throw new Error("blocked");
    },
    setItem: () => {
      throw new Error("blocked");
    },
  };
  const shelf = new Shelf(blocked, "k");
  shelf.put({ a: { value: "x" } });
  assert.deepEqual(shelf.load(), {});
});
