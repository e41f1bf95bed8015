// Every hash of the protocol. All are SHA-256; what differs is what goes in and how the digest is spelled.

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { ORDER } from "./group.js";

/** The spelling inside archives: 64 lower-case hexadecimal digits. Takes bytes. */
export function sha256Hex(data) {
  return bytesToHex(sha256(data));
}

/** The spelling that people see, of fingerprints and trackers: 43 characters of Base64, no padding. Takes bytes. */
export function sha256Base64(data) {
  return btoa(String.fromCharCode(...sha256(data))).replace(/=$/, "");
}

/** H(prefix; elements) modulo q, where `prefix` ends with a bar (Specification, "proofs"). */
export function challenge(prefix, elements) {
  const text = prefix + elements.map((element) => element.encode()).join(",");
  return BigInt(`0x${sha256Hex(utf8ToBytes(text))}`) % ORDER;
}

/** The secret exponent of a private credential, hashed with its hyphens (Specification, "credentials"). */
export function deriveExponent(uuid, privateCredential) {
  const digests = [0, 1].map((part) =>
    sha256Hex(utf8ToBytes(`derive_credential|${uuid}|${part}|${privateCredential}`)),
  );
  return BigInt(`0x${digests.join("")}`) % ORDER;
}
