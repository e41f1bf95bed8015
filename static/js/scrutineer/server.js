// What the desk asks the server.

/** The server said no; the message is for the reader. */
export class Refusal extends Error {}
/** The server said nothing. */
export class NoAnswer extends Error {}

export class Server {
  #addresses;
  #token;

  constructor(addresses, token) {
    this.#addresses = addresses;
    this.#token = token;
  }

  states() {
    return this.#json("states");
  }

  async setup() {
    const texts = await this.#json("setup");
    const bytes = (text) => new TextEncoder().encode(text);
    return {
      election: bytes(texts.election),
      trustees: bytes(texts.trustees),
      credentials: bytes(texts.credentials),
    };
  }

  async trackers() {
    return (await this.#json("sealed")).trackers;
  }

  async sealed(trackers) {
    const { ballots } = await this.#json("sealed", { body: JSON.stringify(trackers) });
    return ballots.map((text) => new TextEncoder().encode(text));
  }

  async archive() {
    const response = await this.#ask("archive");
    return new Uint8Array(await response.arrayBuffer());
  }

  handInKey(data) {
    return this.#json("key", { body: data });
  }

  handInShare(data) {
    return this.#json("share", { body: data });
  }

  async #json(name, options) {
    return (await this.#ask(name, options)).json();
  }

  async #ask(name, { body } = {}) {
    const headers = { "X-CSRFToken": this.#token(), "Content-Type": "application/json" };
    const options = body === undefined ? {} : { method: "POST", body, headers };
    const response = await fetch(this.#addresses[name], { redirect: "manual", ...options }).catch(
      () => {
        throw new NoAnswer(name);
      },
    );
    if (response.ok) return response;
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    const { message } = isJson ? await response.json() : {};
    if (message) throw new Refusal(message);
    throw new NoAnswer(`${name}: ${response.status}`);
  }
}
