// What has been typed and not yet been taken by the server; no DOM here.
//
// A cell is one input. Its `base` is the value the server last told us, `value` what stands in the input.
// The server refuses a cell whose base is no longer what it holds, so nothing of anybody is overwritten;
// such a cell is *held* until its writer has chosen. A cell refused for another reason waits for a new value.

export class Cells {
  #cells = new Map();

  /** Tell the value that the server holds: at loading, or because somebody else changed it. */
  settle(name, base) {
    const cell = this.#cells.get(name);
    if (cell) cell.base = base;
    else this.#cells.set(name, { base, value: base, state: "clean" });
  }

  has(name) {
    return this.#cells.has(name);
  }

  get(name) {
    return this.#cells.get(name);
  }

  /** The writer typed. Typing the server's own value back leaves nothing to save. */
  type(name, value) {
    const cell = this.#cells.get(name);
    if (value === cell.value && cell.state !== "clean") return;
    cell.value = value;
    if (cell.state === "held") return;
    cell.state = value === cell.base && cell.sent === undefined ? "clean" : "dirty";
  }

  /** Names of the cells to send now. */
  dirty() {
    return this.#names((cell) => cell.state === "dirty");
  }

  /** Names of all cells whose text the server does not have. */
  unsaved() {
    return this.#names((cell) => cell.state !== "clean");
  }

  #names(wanted) {
    return [...this.#cells].filter(([, cell]) => wanted(cell)).map(([name]) => name);
  }

  /** The cells go out with these values; what is typed meanwhile stays dirty. */
  send(names) {
    for (const name of names) {
      const cell = this.#cells.get(name);
      cell.sent = cell.value;
    }
  }

  /** The submission got lost: everything is as before it was sent. */
  lost(names) {
    for (const name of names) delete this.#cells.get(name)?.sent;
  }

  /** The server holds `value` now, which may be a cleaner form of what was sent. True if nothing is left to save. */
  saved(name, value) {
    const cell = this.#cells.get(name);
    const unchanged = cell.value === cell.sent;
    delete cell.sent;
    cell.base = value;
    if (!unchanged) return false;
    cell.value = value;
    cell.state = "clean";
    return true;
  }

  /** The server refused the value for what it is; it is sent again when it has changed. */
  refused(name) {
    const cell = this.#cells.get(name);
    const unchanged = cell.value === cell.sent;
    delete cell.sent;
    if (unchanged) cell.state = "refused";
  }

  /** Somebody else changed the same cell: it waits for its writer's choice; the base is theirs now. */
  hold(name, theirs) {
    const cell = this.#cells.get(name);
    delete cell.sent;
    cell.base = theirs;
    cell.state = "held";
  }

  /** The writer wants the own text. */
  keepMine(name) {
    const cell = this.#cells.get(name);
    cell.state = cell.value === cell.base ? "clean" : "dirty";
  }

  /** The writer takes the other's text; returns it. */
  takeTheirs(name) {
    const cell = this.#cells.get(name);
    cell.value = cell.base;
    cell.state = "clean";
    return cell.base;
  }

  forget(name) {
    this.#cells.delete(name);
  }
}

/** `problem-<uuid>-cause` → the row's name and the field's; null for inputs that are no cells. */
export function parts(name) {
  const found = /^([a-z]+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\w+)$/.exec(name);
  return found && found[2] !== "remove" ? { row: found[1], field: found[2] } : null;
}

export function kindOf(row) {
  return row.slice(0, row.indexOf("-"));
}
