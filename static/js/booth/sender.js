// Sends a sealed ballot until the server has answered: always the same bytes, so that it arrives once or not at all.

const TIMEOUT = 15_000; // ms; a page on a bad connection
const PAUSES = [1000, 2000, 4000, 8000, 15_000];

/** What the server made of the ballot: `kind` is "accepted", "counted", "replaced", "refused" or "signed-out". */
export class Outcome {
  constructor(kind, answer = {}) {
    this.kind = kind;
    this.answer = answer;
  }
}

export class Sender {
  #address;
  #token;
  #pause = null; // ends the present pause at once

  /** `token` gives the anti-forgery token of the moment, `onWait` is called when the connection is lost. */
  constructor(address, { token, onWait = () => {}, timeout = TIMEOUT, pauses = PAUSES }) {
    this.#address = address;
    this.#token = token;
    this.onWait = onWait;
    this.timeout = timeout;
    this.pauses = pauses;
  }

  /** Resolves with an `Outcome`; a lost connection is no outcome, it is tried again. */
  async send(data, replaces) {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#try(data, replaces);
      if (outcome) return outcome;
      await this.pause(attempt);
    }
  }

  /** Do not wait any longer. */
  now() {
    this.#pause?.();
  }

  /** Wait for a while, the longer the more often it was in vain; `now` ends it. */
  pause(attempt = 0) {
    this.onWait();
    return this.#wait(this.pauses[Math.min(attempt, this.pauses.length - 1)]);
  }

  #wait(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#pause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #try(data, replaces) {
    let response;
    let answer = null;
    try {
      response = await fetch(this.#address, {
        method: "POST",
        body: data,
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": this.#token(),
          "X-Replaces": replaces ?? "",
        },
        redirect: "manual",
        signal: AbortSignal.timeout(this.timeout),
      });
      if (response.headers.get("Content-Type")?.startsWith("application/json"))
        answer = await response.json();
    } catch {
      return null; // no answer, or half of one
    }
    return outcomeOf(response, answer);
  }
}

/** null: worth another try. */
export function outcomeOf(response, answer) {
  if (response.ok && answer?.tracker) return new Outcome("accepted", answer);
  if (answer?.reason === "replaced") return new Outcome("replaced", answer);
  if (answer?.reason === "counted") return new Outcome("counted", answer);
  if (answer?.reason && answer.reason !== "incomplete") return new Outcome("refused", answer);
  if (response.type === "opaqueredirect" || response.status === 403)
    return new Outcome("signed-out");
  return null;
}
