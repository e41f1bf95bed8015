// Keeps the server up to date with the page: what is typed goes out soon, is kept here until it has arrived,
// and never overwrites what somebody else wrote meanwhile.

import { Cells, parts } from "./cells.js";
import * as inputs from "./inputs.js";
import { showLate } from "./late.js";
import { clearMessages, showConflict, showErrors } from "./messages.js";
import { post, Refused, Unreachable } from "./server.js";

const QUIET = 1200; // ms after the last key
const LONGEST = 6000; // ms while somebody types on and on
const RETRIES = [2000, 5000, 10_000, 20_000, 30_000]; // ms between attempts while the server is away

export class Autosave {
  #timer = 0;
  #since = 0;
  #sending = null;
  #failures = 0;

  constructor(form, shelf, status, onAnswer) {
    this.form = form;
    this.shelf = shelf;
    this.status = status;
    this.onAnswer = onAnswer;
    this.cells = new Cells();
    this.stopped = false;
    this.watch(form);
    form.addEventListener("input", (event) => this.#typed(event.target, QUIET));
    form.addEventListener("change", (event) =>
      this.#typed(event.target, event.target.type === "radio" ? 0 : 300),
    );
    window.addEventListener("online", () => this.flush());
    window.addEventListener("pagehide", () => this.flush());
    window.addEventListener(
      "beforeunload",
      (event) => this.cells.unsaved().length && event.preventDefault(),
    );
  }

  /** Take the cells of a new part of the page under watch. */
  watch(root) {
    for (const name of inputs.namesIn(root))
      this.cells.settle(name, inputs.baseOf(this.form, name));
  }

  #typed(input, delay) {
    const cell = input.name && parts(input.name);
    if (!cell || !this.cells.has(input.name)) return;
    this.type(input.name, inputs.typedIn(this.form, input.name));
    this.soon(delay);
  }

  type(name, value) {
    this.cells.type(name, value);
    const cell = this.cells.get(name);
    if (cell.state === "clean") this.shelf.drop([name]);
    else this.shelf.put({ [name]: { base: cell.base, value, at: Date.now() } });
    if (cell.state === "dirty") this.status.show("waiting", "not-saved-yet");
  }

  soon(delay) {
    this.#since ||= Date.now();
    const longest = Math.max(0, this.#since + LONGEST - Date.now());
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), Math.min(delay, longest));
  }

  /** Send what is dirty; one submission at a time. Resolves when nothing more can be done now. */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#sending) return this.#sending.then(() => this.flush());
    const names = this.#sendable();
    if (this.stopped || !names.length) return this.#settled();
    this.#since = 0;
    this.#sending = this.#submit(names).finally(() => {
      this.#sending = null;
    });
    const arrived = await this.#sending;
    return arrived ? this.flush() : undefined;
  }

  /** Dirty cells; those of a new row only when the row has all it needs, and then all its cells. */
  #sendable() {
    const found = new Set();
    for (const name of this.cells.dirty()) {
      const { row } = parts(name);
      const element = inputs.rowOf(this.form, row);
      if (!element) continue;
      if (!element.dataset.new) found.add(name);
      else if (inputs.isComplete(this.form, row)) {
        for (const other of inputs.namesIn(element)) if (parts(other).row === row) found.add(other);
      }
    }
    return [...found];
  }

  async #submit(names) {
    const body = new FormData();
    for (const name of names) {
      const cell = this.cells.get(name);
      body.append(name, cell.value);
      body.append(`base-${name}`, cell.base);
    }
    this.cells.send(names);
    this.status.show("saving", "saving");
    try {
      const answer = await post(this.form.dataset.address, body);
      this.#failures = 0;
      this.#apply(answer, names);
      this.onAnswer(answer);
      return true;
    } catch (failure) {
      this.cells.lost(names);
      this.#failed(failure);
      return false;
    }
  }

  #failed(failure) {
    if (failure instanceof Refused) {
      this.stopped = true;
      this.status.show("trouble", "refused", { reason: failure.message });
      return;
    }
    if (!(failure instanceof Unreachable)) throw failure;
    this.status.show("offline", failure.reason);
    const wait = RETRIES[Math.min(this.#failures, RETRIES.length - 1)];
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  #apply(answer, names) {
    const rows = new Map(answer.rows.map((row) => [row.row, row]));
    for (const name of names) {
      const { row, field } = parts(name);
      const told = rows.get(row);
      if (!told) this.#taken(name, this.cells.get(name).sent);
      else this.#applyCell(name, row, told, told.fields[field]);
    }
    for (const row of answer.rows) {
      const element = inputs.rowOf(this.form, row.row);
      if (row.saved) delete element?.dataset.new;
      showLate(element, row);
      for (const [field, value] of Object.entries(row.follows ?? {}))
        this.#follow(`${row.row}-${field}`, value);
    }
  }

  #applyCell(name, row, told, field) {
    if (field?.conflict) return this.hold(name, row, field.conflict);
    if (field?.errors.length) {
      this.cells.refused(name);
      return showErrors(this.form, name, row, field.errors);
    }
    if (told.saved) return this.#taken(name, field?.value ?? this.cells.get(name).sent);
    if (told.errors.length) {
      this.cells.refused(name);
      return showErrors(this.form, name, row, told.errors);
    }
    this.cells.lost([name]); // held back by another cell of its row
    this.cells.refused(name);
    return undefined;
  }

  #taken(name, value) {
    const { row } = parts(name);
    clearMessages(this.form, name, row);
    inputs.setBase(this.form, name, value);
    if (!this.cells.saved(name, value)) return;
    this.shelf.drop([name]);
    const input = inputs.inputsOf(this.form, name)[0];
    // A cleaner form of what was typed is not put under the writer's fingers.
    if (inputs.typedIn(this.form, name) !== value && !this.#isBusy(input))
      inputs.show(this.form, name, value);
  }

  /** The server emptied a cell because of what was saved beside it. */
  #follow(name, value) {
    const cell = this.cells.get(name);
    if (cell?.state === "clean" && cell.base !== value) this.changedByOther(name, value);
  }

  #isBusy(input) {
    return input?.matches("[data-rich-text]") || input === document.activeElement;
  }

  /** Two texts: the writer chooses. */
  hold(name, row, conflict) {
    this.cells.hold(name, conflict.theirs);
    inputs.setBase(this.form, name, conflict.theirs);
    showConflict(this.form, name, row, conflict, (choice) => this.#chosen(name, choice));
    this.#settled();
  }

  #chosen(name, choice) {
    if (choice === "mine") {
      this.cells.keepMine(name);
      this.soon(0);
      return;
    }
    inputs.show(this.form, name, this.cells.takeTheirs(name));
    this.shelf.drop([name]);
    this.#settled();
  }

  /** Somebody else changed a cell: show it, unless there is something of one's own in it. */
  changedByOther(name, value, by, at) {
    const cell = this.cells.get(name);
    if (!cell || cell.base === value || cell.sent !== undefined) return false;
    if (cell.state !== "clean") {
      if (cell.value === value) this.#taken(name, value);
      else this.hold(name, parts(name).row, { by, at, theirs: value });
      return true;
    }
    cell.value = value;
    cell.base = value;
    inputs.setBase(this.form, name, value);
    inputs.show(this.form, name, value);
    return true;
  }

  forget(element) {
    for (const name of inputs.namesIn(element)) {
      this.cells.forget(name);
      this.shelf.drop([name]);
    }
  }

  #settled() {
    if (this.stopped) return;
    const unsaved = this.cells.unsaved();
    if (!unsaved.length) this.status.show("saved", "saved", { time: this.savedAt ?? "" });
    else if (unsaved.some((name) => this.cells.get(name).state === "held"))
      this.status.show("trouble", "choose");
    else if (unsaved.some((name) => this.cells.get(name).state === "refused"))
      this.status.show("trouble", "mend");
    else this.status.show("waiting", "incomplete");
  }
}
