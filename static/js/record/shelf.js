// Text that the server does not have yet, kept in this browser: one entry a cell, under the meeting and the user.

export class Shelf {
  constructor(storage, key) {
    this.storage = storage;
    this.key = `portal-draft:${key}`;
  }

  /** {name: {base, value, at, fresh}}; a broken or blocked storage is an empty shelf. */
  load() {
    try {
      return JSON.parse(this.storage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  put(entries) {
    this.#write({ ...this.load(), ...entries });
  }

  drop(names) {
    const kept = this.load();
    for (const name of names) delete kept[name];
    this.#write(kept);
  }

  clear() {
    this.#write({});
  }

  #write(entries) {
    try {
      if (Object.keys(entries).length) this.storage.setItem(this.key, JSON.stringify(entries));
      else this.storage.removeItem(this.key);
    } catch {
      // Private windows may refuse storage: the page then still holds the text, and says "not saved".
    }
  }
}
