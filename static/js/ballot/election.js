// What is voted on, under which key, and the fingerprint that every ballot carries.

import { array, boolean, fields, natural, parse, serialise, string } from "./canonical.js";
import { Fault, NotSupported, ProtocolError } from "./errors.js";
import { decodeElement } from "./group.js";
import { sha256Base64 } from "./hashing.js";

/** Base58: letters and digits that are not taken for one another. */
export const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

export const VERSION = 1;
const GROUP = "Ed25519";
const UUID = new RegExp(`^[${ALPHABET}]{14,64}$`);
const FIELDS = ["version", "description", "name", "group", "public_key", "questions", "uuid"];
const OPTIONAL = ["administrator", "credential_authority", "language"];

/** A homomorphic question: from `min` to `max` answers may be marked, or the whole left `blank` where allowed. */
export class Question {
  /** `blank`: false and null mean the same, but are hashed differently. */
  constructor({ answers, min, max, question, blank = null }) {
    if (!answers.length || !(0 <= min && min <= max && max <= answers.length))
      throw new ProtocolError(Fault.ELECTION_QUESTION);
    this.answers = Object.freeze([...answers]);
    this.min = min;
    this.max = max;
    this.question = question;
    this.blank = blank;
    Object.freeze(this);
  }

  static fromJson(value) {
    if (isObject(value) && Object.hasOwn(value, "type"))
      throw new NotSupported("questions of this type");
    fields(value, ["answers", "blank", "min", "max", "question"], ["blank"], "question");
    return new Question({
      answers: array(value.answers, null, "question").map((each) => string(each, "question")),
      min: natural(value.min, undefined, "question"),
      max: natural(value.max, undefined, "question"),
      question: string(value.question, "question"),
      blank: Object.hasOwn(value, "blank") ? boolean(value.blank, "question") : null,
    });
  }

  toJson() {
    return {
      answers: this.answers,
      ...(this.blank === null ? {} : { blank: this.blank }),
      min: this.min,
      max: this.max,
      question: this.question,
    };
  }

  /** How many ciphertexts answer it: one an answer, and one before them for the blank vote. */
  get width() {
    return this.answers.length + (this.blank ? 1 : 0);
  }
}

/** The parameters of an election. `data` is their exact text, since the fingerprint is its hash. */
export class Election {
  constructor({ uuid, name, description, publicKey, questions, data }) {
    this.uuid = uuid;
    this.name = name;
    this.description = description;
    this.publicKey = publicKey;
    this.questions = Object.freeze(questions);
    this.data = data;
    this.fingerprint = sha256Base64(data);
    Object.freeze(this);
  }

  /** From bytes, which need not be spelled canonically. */
  static fromJson(data) {
    const value = parse(data);
    if (isObject(value) && typeof value.version === "number" && value.version !== VERSION)
      throw new NotSupported(`version ${value.version} of the protocol`);
    if (isObject(value) && typeof value.group === "string" && value.group !== GROUP)
      throw new NotSupported("groups other than Ed25519");
    fields(value, [...FIELDS, ...OPTIONAL], OPTIONAL, "election");
    natural(value.version, undefined, "election");
    string(value.group, "election");
    for (const name of OPTIONAL) if (Object.hasOwn(value, name)) string(value[name], "election");
    const questions = array(value.questions, null, "election").map(Question.fromJson);
    if (!questions.length) throw new ProtocolError(Fault.ELECTION_QUESTION);
    return new Election({
      uuid: checkUuid(value.uuid),
      name: string(value.name, "election"),
      description: string(value.description, "election"),
      publicKey: decodeElement(value.public_key),
      questions,
      data: data.slice(),
    });
  }

  /** How many ciphertexts each question has, in a ballot and in the tally. */
  get shape() {
    return this.questions.map((question) => question.width);
  }

  /** Refuse a key that others than these trustees could use. */
  checkKey(trustees) {
    if (!trustees.electionKey().equals(this.publicKey)) throw new ProtocolError(Fault.ELECTION_KEY);
  }
}

/** A new election with its text, fields in the order of the Specification. */
export function writeElection({ uuid, name, description, trustees, questions }) {
  return Election.fromJson(
    serialise({
      version: VERSION,
      description,
      name,
      group: GROUP,
      public_key: trustees.electionKey().encode(),
      questions: questions.map((question) => question.toJson()),
      uuid,
    }),
  );
}

/** The identifier of a new election. */
export function generateUuid(randomness) {
  return randomCharacters(14, randomness);
}

export function checkUuid(value) {
  if (!UUID.test(string(value, "election"))) throw new ProtocolError(Fault.ELECTION_UUID);
  return value;
}

/** So many characters of `ALPHABET`, each as likely as any other. */
export function randomCharacters(length, randomness) {
  let characters = "";
  while (characters.length < length) {
    const [byte] = randomness(1);
    // The bytes above would favour the first letters.
    if (byte < 256 - (256 % ALPHABET.length)) characters += ALPHABET[byte % ALPHABET.length];
  }
  return characters;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
