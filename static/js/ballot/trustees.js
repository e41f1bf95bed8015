// Trustees (the scrutineers): their keys, the proof that each knows its own, and the election's key made of them all.

import { array, fields, parseCanonical, serialise, string } from "./canonical.js";
import { Fault, NotSupported, ProtocolError } from "./errors.js";
import {
  decodeElement,
  decodeScalar,
  encodeScalar,
  GENERATOR,
  product,
  randomScalar,
} from "./group.js";
import { sha256Base64 } from "./hashing.js";
import { knowledgeHolds, Proof, proveKnowledge } from "./proofs.js";

/** A trustee's private exponent, used as it is (no clamping), and its public key g^secret. */
export class TrusteeKey {
  #secret; // not a plain field: what prints or logs the key shows nothing

  constructor(secret) {
    this.#secret = secret;
    this.public = GENERATOR.power(secret);
    Object.freeze(this);
  }

  get secret() {
    return this.#secret;
  }

  encodeSecret() {
    return encodeScalar(this.#secret);
  }
}

export function generateTrusteeKey(randomness) {
  return new TrusteeKey(randomScalar(randomness));
}

/** The key from its private half in decimal digits; 0 is none. */
export function trusteeKeyFromSecret(text) {
  const key = new TrusteeKey(decodeScalar(text));
  if (key.public.isNeutral) throw new ProtocolError(Fault.SCALAR_RANGE);
  return key;
}

/** A trustee as everybody sees it; the proof holds. `name` may be null. */
export class Trustee {
  constructor(publicKey, pok, name = null) {
    this.publicKey = publicKey;
    this.pok = pok;
    this.name = name;
    Object.freeze(this);
  }

  static fromJson(value) {
    fields(value, ["pok", "public_key", "name"], ["name"], "trustee");
    const name = Object.hasOwn(value, "name") ? string(value.name, "trustee") : null;
    const trustee = new Trustee(decodeElement(value.public_key), Proof.fromJson(value.pok), name);
    const prefix = pokPrefix(trustee.publicKey);
    if (!knowledgeHolds(trustee.pok, prefix, [[GENERATOR, trustee.publicKey]]))
      throw new ProtocolError(Fault.TRUSTEE_PROOF);
    return trustee;
  }

  toJson() {
    const value = { pok: this.pok.toJson(), public_key: this.publicKey.encode() };
    return this.name === null ? value : { ...value, name: this.name };
  }

  /** The hash of the public key's JSON, quotes and all, as the pages of Belenios show it. */
  get fingerprint() {
    return sha256Base64(serialise(this.publicKey.encode()));
  }
}

/** The public trustee with the proof of knowing the key (Specification, "trustee public key"). */
export function proveTrustee(key, name, randomness) {
  return new Trustee(
    key.public,
    proveKnowledge(key.secret, pokPrefix(key.public), randomness),
    name,
  );
}

function pokPrefix(publicKey) {
  return `pok|Ed25519|${publicKey.encode()}|`;
}

/** All trustees of an election, in the order in which partial decryptions number their owners (from 1). */
export class Trustees {
  constructor(members) {
    this.members = Object.freeze([...members]);
    Object.freeze(this);
  }

  /** Refuses an empty list and one key twice: a copied key would leave out the person who is thought to hold it. */
  static of(members) {
    if (!members.length) throw new ProtocolError(Fault.TRUSTEES_NONE);
    if (new Set(members.map((each) => each.publicKey.encode())).size !== members.length)
      throw new ProtocolError(Fault.TRUSTEE_DUPLICATE);
    return new Trustees(members);
  }

  /** From bytes. */
  static fromJson(data) {
    const members = array(parseCanonical(data), null, "trustees").map((entry) => {
      const [kind, trustee] = array(entry, 2, "trustees");
      if (string(kind, "trustees") !== "Single")
        throw new NotSupported(kind === "Pedersen" ? "threshold trustees" : "this kind of trustee");
      return Trustee.fromJson(trustee);
    });
    return Trustees.of(members);
  }

  /** To bytes. */
  toJson() {
    return serialise(this.members.map((each) => ["Single", each.toJson()]));
  }

  /** y, the product of the trustees' keys: only all of them together can decrypt. */
  electionKey() {
    return product(this.members.map((each) => each.publicKey));
  }

  /** The number of the trustee who holds `key`, from 1; 0 if nobody does. */
  ownerOf(key) {
    return this.members.findIndex((each) => each.publicKey.equals(key.public)) + 1;
  }
}
