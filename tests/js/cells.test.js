// What the record page still has to bring to the server, step by step.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Cells, kindOf, parts } from "../../static/js/record/cells.js";

const NAME = "problem-2f0c8a6e-0000-4000-8000-000000000001-cause";

function cellsWith(base) {
  const cells = new Cells();
  cells.settle(NAME, base);
  return cells;
}

test("typing makes a cell dirty, typing it back makes it clean", () => {
  const cells = cellsWith("a");
  cells.type(NAME, "ab");
  assert.deepEqual(cells.dirty(), [NAME]);
  cells.type(NAME, "a");
  assert.deepEqual(cells.dirty(), []);
});

test("saved text is clean, and the server's cleaner form is the new base", () => {
  const cells = cellsWith("");
  cells.type(NAME, "<p onclick>x</p>");
  cells.send([NAME]);
  assert.equal(cells.saved(NAME, "<p>x</p>"), true);
  assert.deepEqual(cells.unsaved(), []);
  assert.equal(cells.get(NAME).base, "<p>x</p>");
});

test("what is typed while a submission is on its way stays dirty", () => {
  const cells = cellsWith("");
  cells.type(NAME, "one");
  cells.send([NAME]);
  cells.type(NAME, "one two");
  assert.equal(cells.saved(NAME, "one"), false);
  assert.deepEqual(cells.dirty(), [NAME]);
  assert.equal(cells.get(NAME).base, "one");
});

test("going back to the old base while the new text is on its way is a change too", () => {
  const cells = cellsWith("old");
  cells.type(NAME, "new");
  cells.send([NAME]);
  cells.type(NAME, "old");
  cells.saved(NAME, "new");
  assert.deepEqual(cells.dirty(), [NAME]);
});

test("a lost submission leaves everything to be sent again", () => {
  const cells = cellsWith("");
  cells.type(NAME, "text");
  cells.send([NAME]);
  cells.lost([NAME]);
  assert.deepEqual(cells.dirty(), [NAME]);
});

test("a refused value is not sent again until it changes", () => {
  const cells = cellsWith("a");
  cells.type(NAME, "");
  cells.send([NAME]);
  cells.refused(NAME);
  assert.deepEqual(cells.dirty(), []);
  assert.deepEqual(cells.unsaved(), [NAME]);
  cells.type(NAME, "b");
  assert.deepEqual(cells.dirty(), [NAME]);
});

test("a held cell is never sent by typing on, only by choosing", () => {
  const cells = cellsWith("a");
  cells.type(NAME, "mine");
  cells.send([NAME]);
  cells.hold(NAME, "theirs");
  cells.type(NAME, "mine, longer");
  assert.deepEqual(cells.dirty(), []);
  cells.keepMine(NAME);
  assert.deepEqual(cells.dirty(), [NAME]);
  assert.equal(cells.get(NAME).base, "theirs");
});

test("taking the other's text leaves nothing to save", () => {
  const cells = cellsWith("a");
  cells.type(NAME, "mine");
  cells.hold(NAME, "theirs");
  assert.equal(cells.takeTheirs(NAME), "theirs");
  assert.deepEqual(cells.unsaved(), []);
});

test("names of inputs tell row and field; boxes for removal and other inputs are no cells", () => {
  assert.deepEqual(parts(NAME), { row: NAME.slice(0, -6), field: "cause" });
  assert.equal(parts(NAME.replace("cause", "remove")), null);
  assert.equal(parts("csrfmiddlewaretoken"), null);
  assert.equal(parts(`base-${NAME}`), null);
  assert.equal(kindOf(parts(NAME).row), "problem");
});
