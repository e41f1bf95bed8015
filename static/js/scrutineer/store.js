// What this browser keeps of a ballot: texts under names, in a database of the browser's own. Written is what was read back.

const DATABASE = "scrutineer";
const TABLE = "kept";

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Store {
  #database;

  static async open() {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
    const store = new Store();
    store.#database = await done(request);
    // Ask that the browser does not clear it away when the disk is full; it may say no.
    await navigator.storage?.persist?.().catch(() => false);
    return store;
  }

  /** undefined for a name under which nothing is kept. */
  get(name) {
    return done(this.#table("readonly").get(name));
  }

  /** Resolves when it is on the disk; throws if it cannot be read back. */
  async set(name, text) {
    const transaction = this.#database.transaction(TABLE, "readwrite", { durability: "strict" });
    const finished = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    transaction.objectStore(TABLE).put(text, name);
    await finished;
    if ((await this.get(name)) !== text) throw new Error("not kept");
  }

  /** Resolves when it is gone; nothing is said if it was not there. */
  async delete(name) {
    await done(this.#table("readwrite").delete(name));
    if ((await this.get(name)) !== undefined) throw new Error("not deleted");
  }

  #table(mode) {
    return this.#database.transaction(TABLE, mode).objectStore(TABLE);
  }
}
