// Credentials: the right to vote, as a secret of 22 characters and a public key on the roll.

import { array, decimal, parseCanonical, serialise, string } from "./canonical.js";
import { ALPHABET, randomCharacters } from "./election.js";
import { Fault, ProtocolError } from "./errors.js";
import { decodeElement, GENERATOR } from "./group.js";
import { deriveExponent, sha256Base64 } from "./hashing.js";

const GROUPS = [5, 6, 5, 6];
const PRIVATE = new RegExp(`^${GROUPS.map((length) => `[${ALPHABET}]{${length}}`).join("-")}$`);

/** A new private credential, such as `PYCuo-mPnedH-5frsX-7tPVVo`. It has no checksum. */
export function generateCredential(randomness) {
  return randomCharacters(22, randomness).replace(/^(.{5})(.{6})(.{5})(.{6})$/, "$1-$2-$3-$4");
}

/** What a voter holds: the private text, its secret exponent and the public key that the roll shows. */
export class Credential {
  #private; // not plain fields: what prints or logs the credential shows nothing
  #secret;

  constructor(privateText, secret) {
    this.#private = privateText;
    this.#secret = secret;
    this.public = GENERATOR.power(secret);
    Object.freeze(this);
  }

  get private() {
    return this.#private;
  }

  get secret() {
    return this.#secret;
  }
}

/** The credential of one election; in another the same characters give another key. */
export function deriveCredential(uuid, privateText) {
  if (!PRIVATE.test(privateText)) throw new ProtocolError(Fault.CREDENTIAL_FORM);
  return new Credential(privateText, deriveExponent(uuid, privateText));
}

/** The roll as the board shows it: public credentials in their published order, each with its weight, and the exact text. */
export class CredentialList {
  #weights; // public credential's text -> weight

  constructor(weights, data) {
    this.#weights = weights;
    this.data = data;
    Object.freeze(this);
  }

  /** A roll of one vote each, sorted, so that its order tells nothing. */
  static of(publics) {
    const ordered = publics.map((each) => each.encode()).sort();
    if (new Set(ordered).size !== ordered.length)
      throw new ProtocolError(Fault.CREDENTIAL_DUPLICATE);
    return new CredentialList(new Map(ordered.map((text) => [text, 1n])), serialise(ordered));
  }

  /** From bytes. */
  static fromJson(data) {
    const weights = new Map();
    for (const entry of array(parseCanonical(data), null, "credentials")) {
      const [text, ...rest] = string(entry, "credentials").split(",");
      const publicText = decodeElement(text).encode();
      if (weights.has(publicText)) throw new ProtocolError(Fault.CREDENTIAL_DUPLICATE);
      weights.set(publicText, rest.length ? decimal(rest.join(","), "credentials") : 1n);
    }
    return new CredentialList(weights, data.slice());
  }

  get size() {
    return this.#weights.size;
  }

  /** Whether the roll has this public credential, given as its text. */
  has(credential) {
    return this.#weights.has(credential);
  }

  /** How often a vote under this public credential (its text) counts, as a BigInt. */
  weightOf(credential) {
    return this.#weights.get(credential);
  }

  get fingerprint() {
    return sha256Base64(this.data);
  }
}
