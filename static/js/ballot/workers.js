// A crew of workers: the page stays free, and ballots are checked on all cores.
//
// Where a worker comes from is the caller's: `browserWorker` for a page, `inProcess` where there are none, something
// else in a test. It is an object with `post(message)`, `listen(onMessage, onFailure)` and `close()`.

import { errorFromMessage } from "./errors.js";
import { EncryptedTally, multiplyTallies } from "./tally.js";
import { serve } from "./tasks.js";

const MOST_WORKERS = 8;

/** A crew as large as this computer warrants; `url` is that of the bundled `ballot.worker.js`. */
export function openCrew(url) {
  const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
  return new Crew(() => browserWorker(url), Math.max(1, Math.min(MOST_WORKERS, cores)));
}

/** Opens workers when there is work for them, at most `size`. Works for one election at a time. */
export class Crew {
  #open;
  #size;
  #workers = [];
  #waiting = [];
  #election = null;
  #setup = null; // what a new worker is told first
  #holders = new Map(); // hash of a checked ballot -> {worker that keeps it decoded, credential}
  #lastId = 0;
  #closed = false;

  /** `open` makes a worker. */
  constructor(open, size = 1) {
    this.#open = open;
    this.#size = size;
  }

  /** Work for this set-up from now on: an object with `election` and `credentials`. */
  begin(setup) {
    if (this.#waiting.length || this.#workers.some((worker) => worker.job))
      throw new Error("the crew still works for another election");
    this.#setup = { election: setup.election.data, credentials: setup.credentials.data };
    this.#election = setup.election;
    this.#holders.clear();
    for (const worker of this.#workers) this.#brief(worker);
  }

  /**
   * Check a ballot (bytes with their `hash`) and keep it for `multiply`; gives `{credential}`, its public credential's
   * text. A ballot that is kept already is not checked again, one that is `known` to be right is only read. After
   * `signal` has been aborted a ballot that still waits is given up.
   */
  async checkBallot(data, { hash, known = false, signal = null }) {
    const holder = this.#holders.get(hash);
    if (holder) return { credential: holder.credential };
    // A copy: what is posted must not drag the whole archive along.
    const payload = { data: data.slice(), hash, known };
    const { value, worker } = await this.#run("check", payload, { signal });
    this.#holders.set(hash, { worker, credential: value.credential });
    return value;
  }

  /** The product of ballots that were checked here, a list of `{hash, weight}`, as an `EncryptedTally`. */
  async multiply(ballots) {
    const shares = new Map();
    for (const ballot of ballots) {
      const holder = this.#holders.get(ballot.hash);
      if (!holder) throw new Error("a ballot that this crew has not checked");
      shares.set(holder.worker, [...(shares.get(holder.worker) ?? []), ballot]);
    }
    const products = await Promise.all(
      [...shares].map(([worker, share]) => this.#run("multiply", { ballots: share }, { worker })),
    );
    return multiplyTallies(
      this.#election,
      products.map(({ value }) => EncryptedTally.fromMessage(value, this.#election)),
    );
  }

  /**
   * A ballot: `{data, tracker}`. `credential` is the private text, `choices` as for `encryptBallot`; throws
   * BALLOT_UNKNOWN_CREDENTIAL when the credential is not on the roll, as after a slip in typing it.
   */
  async encrypt({ credential, choices }, onProgress = () => {}) {
    return (await this.#run("encrypt", { credential, choices }, { onProgress })).value;
  }

  /** Stop at once, whatever is under way: every promise of this crew fails with an AbortError. */
  close() {
    this.#closed = true;
    for (const worker of this.#workers) {
      worker.transport.close();
      worker.job?.reject(stopped());
    }
    for (const job of this.#waiting) job.reject(stopped());
    this.#workers = [];
    this.#waiting = [];
    this.#holders.clear();
  }

  #run(task, payload, { worker = null, signal = null, onProgress = () => {} } = {}) {
    return new Promise((resolve, reject) => {
      if (this.#closed) reject(stopped());
      else {
        this.#waiting.push({ task, payload, worker, signal, onProgress, resolve, reject });
        this.#dispatch();
      }
    });
  }

  /** Give waiting jobs to idle workers, and open another worker while there are more jobs than workers. */
  #dispatch() {
    for (const job of this.#waiting.filter((each) => each.signal?.aborted)) job.reject(stopped());
    this.#waiting = this.#waiting.filter((job) => !job.signal?.aborted);
    for (const job of [...this.#waiting]) {
      const worker = job.worker ?? this.#idle();
      if (!worker || worker.job) continue;
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      worker.job = job;
      this.#post(worker, job.task, job.payload);
    }
  }

  #idle() {
    const idle = this.#workers.find((worker) => !worker.job);
    return idle ?? (this.#workers.length < this.#size ? this.#hire() : null);
  }

  #hire() {
    const worker = { transport: this.#open(), job: null, id: 0 };
    worker.transport.listen(
      (message) => this.#answer(worker, message),
      () => this.#dismiss(worker),
    );
    this.#workers.push(worker);
    if (this.#setup) this.#brief(worker);
    return worker;
  }

  /** Nobody waits for the answer: a worker takes its messages in order. */
  #brief(worker) {
    this.#post(worker, "begin", this.#setup);
  }

  #post(worker, task, payload) {
    this.#lastId += 1;
    worker.id = this.#lastId;
    worker.transport.post({ id: worker.id, task, payload });
  }

  #answer(worker, { id, progress, value, error }) {
    if (!worker.job) return;
    if (error && id !== worker.id) this.#dismiss(worker); // it did not understand the set-up
    if (id !== worker.id) return;
    const { job } = worker;
    if (progress) {
      job.onProgress(...progress);
      return;
    }
    worker.job = null;
    if (error) job.reject(error.fault ? errorFromMessage(error) : failed(error.failure));
    else job.resolve({ value, worker });
    this.#dispatch();
  }

  /** A worker that could not be loaded or broke down takes its job and its ballots along. */
  #dismiss(worker) {
    worker.transport.close();
    this.#workers = this.#workers.filter((each) => each !== worker);
    for (const [hash, holder] of this.#holders)
      if (holder.worker === worker) this.#holders.delete(hash);
    worker.job?.reject(failed("broke down"));
    for (const job of this.#waiting.filter((each) => each.worker === worker))
      job.reject(failed("broke down"));
    this.#waiting = this.#waiting.filter((job) => job.worker !== worker);
    worker.job = null;
    this.#dispatch();
  }
}

function stopped() {
  return new DOMException("stopped", "AbortError");
}

function failed(how) {
  return new Error(`a worker failed: ${how}`);
}

/** A worker of the browser, from the URL of the bundled `ballot.worker.js`. */
export function browserWorker(url) {
  const worker = new Worker(url, { type: "module" });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onFailure) {
      worker.addEventListener("message", (event) => onMessage(event.data));
      worker.addEventListener("error", onFailure);
      worker.addEventListener("messageerror", onFailure);
    },
    close: () => worker.terminate(),
  };
}

/** No worker at all: the same work here, a job at a time, with a pause for the page between them. */
export function inProcess(randomness) {
  let onMessage = () => {};
  let open = true;
  const handle = serve((message) => open && onMessage(message), randomness);
  return {
    post: (message) => setTimeout(() => open && handle(message)),
    listen(listener) {
      onMessage = listener;
    },
    close() {
      open = false;
    },
  };
}
