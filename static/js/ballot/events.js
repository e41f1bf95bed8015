// The board as a chain of events: each names the hash of the one before, so the last hash stands for everything.

import { FIRST, readMembers, writeMember } from "./archive.js";
import { fields, natural, parse, parseCanonical, serialise, string } from "./canonical.js";
import { Fault, NotSupported, ProtocolError } from "./errors.js";
import { sha256Hex } from "./hashing.js";

const CONTAINER_VERSION = 1;

/** The types of events, in the order in which a board reaches them. */
export const EventType = Object.freeze({
  SETUP: "Setup",
  BALLOT: "Ballot",
  END_BALLOTS: "EndBallots",
  ENCRYPTED_TALLY: "EncryptedTally",
  PARTIAL_DECRYPTION: "PartialDecryption",
  RESULT: "Result",
});

const FOLLOWS = new Map([
  [null, ["Setup"]],
  ["Setup", ["Ballot", "EndBallots"]],
  ["Ballot", ["Ballot", "EndBallots"]],
  ["EndBallots", ["EncryptedTally"]],
  ["EncryptedTally", ["PartialDecryption"]],
  ["PartialDecryption", ["PartialDecryption", "Result"]],
  ["Result", []],
]);

// The data members before each event, in order. The last is the event's payload, which names the others by these fields.
const DATA = new Map([
  ["Setup", ["election", "trustees", "credentials", ""]],
  ["Ballot", [""]],
  ["EndBallots", []],
  ["EncryptedTally", ["encrypted_tally", ""]],
  ["PartialDecryption", ["payload", ""]],
  ["Result", [""]],
]);

/** A link of the chain; hashes are 64 hexadecimal digits, null where there is none. */
export class Event {
  constructor({ parent, height, type, payload }) {
    this.parent = parent;
    this.height = height;
    this.type = type;
    this.payload = payload;
    Object.freeze(this);
  }

  /** From bytes. */
  static fromJson(data) {
    const names = ["parent", "height", "type", "payload"];
    const value = fields(parseCanonical(data), names, ["parent", "payload"], "event");
    const type = string(value.type, "event");
    if (type === "Shuffle" || type === "EndShuffles")
      throw new NotSupported("questions of this type");
    if (!DATA.has(type)) throw new ProtocolError(Fault.EVENT_ORDER, "unknown type");
    return new Event({
      parent: Object.hasOwn(value, "parent") ? string(value.parent, "event") : null,
      height: natural(value.height, undefined, "event"),
      type,
      payload: Object.hasOwn(value, "payload") ? string(value.payload, "event") : null,
    });
  }

  /** To bytes. */
  toJson() {
    return serialise({
      ...(this.parent === null ? {} : { parent: this.parent }),
      height: this.height,
      type: this.type,
      ...(this.payload === null ? {} : { payload: this.payload }),
    });
  }
}

/** An event with its hash and the contents before it in the archive, the payload last; their hashes are right. */
export class Record {
  constructor(event, hash, data) {
    this.event = event;
    this.hash = hash;
    this.data = Object.freeze(data.map((each) => each.content));
    Object.freeze(this);
  }

  get payload() {
    return this.data.at(-1);
  }

  /** How an error names the event. */
  get place() {
    return { height: this.event.height, type: this.event.type };
  }
}

// --- reading ------------------------------------------------------------------------------------------

/**
 * Walk an archive's chain, given its bytes.
 *
 * Throws `ProtocolError` at the first member, hash, height, order or payload that is not as it must be. An archive may
 * stop after any event: what has to be there, the caller knows.
 */
export function* readRecords(bytes) {
  let previous = null;
  let waiting = [];
  let place = null;
  try {
    const members = readMembers(bytes);
    checkFirst(members.next().value);
    place = { height: 0, type: null };
    for (const member of members) {
      const { hash, kind } = checkedName(member);
      if (kind === "data") {
        if (waiting.length === DATA.get("Setup").length)
          throw new ProtocolError(Fault.ARCHIVE_PAYLOAD);
        waiting.push({ hash, content: member.content });
        continue;
      }
      const event = Event.fromJson(member.content);
      place.type = event.type;
      checkChain(event, previous);
      checkPayload(event, waiting);
      previous = new Record(event, hash, waiting);
      yield previous;
      waiting = [];
      place = { height: event.height + 1, type: null };
    }
    if (waiting.length) throw new ProtocolError(Fault.ARCHIVE_PAYLOAD);
  } catch (error) {
    throw placed(error, place);
  }
}

/** The error with the event where it was found, unless it names one itself. */
export function placed(error, place) {
  if (error instanceof ProtocolError) error.event ??= place;
  return error;
}

function checkFirst(member) {
  const names = ["version", "timestamp"];
  const value = fields(parseCanonical(member.content), names, [], FIRST);
  if (natural(value.version, undefined, FIRST) !== CONTAINER_VERSION)
    throw new NotSupported(`version ${value.version} of archives`);
  if (string(value.timestamp, FIRST) !== String(member.time))
    throw new ProtocolError(Fault.ARCHIVE_HEADER, "time");
}

/** The hash and the kind of a member, whose name must say both. */
function checkedName({ name, content }) {
  const hash = sha256Hex(content);
  const kind = ["data", "event"].find((each) => name === `${hash}.${each}.json`);
  if (!kind) throw new ProtocolError(Fault.ARCHIVE_MEMBER_NAME);
  return { hash, kind };
}

function checkChain(event, previous) {
  if (!FOLLOWS.get(previous?.event.type ?? null).includes(event.type))
    throw new ProtocolError(Fault.EVENT_ORDER);
  if (event.height !== (previous ? previous.event.height + 1 : 0))
    throw new ProtocolError(Fault.EVENT_HEIGHT);
  if (event.parent !== (previous?.hash ?? null)) throw new ProtocolError(Fault.EVENT_PARENT);
}

/** The right number of data members, the last of them the payload, which names the others in order. */
function checkPayload(event, data) {
  const names = DATA.get(event.type);
  if (data.length !== names.length || event.payload !== (data.at(-1)?.hash ?? null))
    throw new ProtocolError(Fault.ARCHIVE_PAYLOAD);
  if (names.length < 2) return;
  const payload = parse(data.at(-1).content);
  const others = names.slice(0, -1);
  const namesThem = others.every(
    (name, index) => Object.hasOwn(Object(payload), name) && payload[name] === data[index].hash,
  );
  if (!namesThem) throw new ProtocolError(Fault.ARCHIVE_PAYLOAD);
  if (event.type === "Setup") fields(parseCanonical(data.at(-1).content), others, [], "setup");
}

// --- writing ------------------------------------------------------------------------------------------

/** The payload of the first event, from the bytes of the three. */
export function setupPayload(election, trustees, credentials) {
  return serialise({
    election: sha256Hex(election),
    trustees: sha256Hex(trustees),
    credentials: sha256Hex(credentials),
  });
}

/**
 * Writes an archive event by event; it asks nothing about the contents, `verification` does.
 * `time`: seconds since 1970, the one time that all members carry.
 */
export class ArchiveWriter {
  #parts = [];
  #parent = null;
  #height = 0;

  constructor(time) {
    this.time = time;
    this.#write(FIRST, serialise({ version: CONTAINER_VERSION, timestamp: String(time) }));
  }

  /** The hash of the last event: publish it, it stands for the whole board. */
  get lastEvent() {
    return this.#parent;
  }

  setup(election, trustees, credentials) {
    const payload = setupPayload(election, trustees, credentials);
    this.#event("Setup", [election, trustees, credentials, payload]);
  }

  ballot(data) {
    this.#event("Ballot", [data]);
  }

  endBallots() {
    this.#event("EndBallots", []);
  }

  encryptedTally(tally, descriptor) {
    this.#event("EncryptedTally", [tally, descriptor]);
  }

  /** `owner`: the trustee's place in the list, from 1. */
  partialDecryption(owner, data) {
    this.#event("PartialDecryption", [data, serialise({ owner, payload: sha256Hex(data) })]);
  }

  result(data) {
    this.#event("Result", [data]);
  }

  /** The archive as far as it was written. */
  get bytes() {
    const bytes = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let position = 0;
    for (const part of this.#parts) {
      bytes.set(part, position);
      position += part.length;
    }
    return bytes;
  }

  #event(type, data) {
    for (const each of data) this.#write(`${sha256Hex(each)}.data.json`, each);
    const payload = data.length ? sha256Hex(data.at(-1)) : null;
    const event = new Event({ parent: this.#parent, height: this.#height, type, payload }).toJson();
    this.#parent = sha256Hex(event);
    this.#height += 1;
    this.#write(`${this.#parent}.event.json`, event);
  }

  #write(name, content) {
    this.#parts.push(writeMember(name, content, this.time));
  }
}
