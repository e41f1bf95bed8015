// What can be wrong with anything that the protocol reads, by name.

/** The reason of a refusal; the part before the colon is the thing that is wrong. */
export const Fault = Object.freeze({
  JSON_INVALID: "JSON: invalid",
  JSON_DUPLICATE_KEY: "JSON: duplicate key",
  JSON_WRONG_FIELDS: "JSON: missing or unknown field",
  JSON_WRONG_TYPE: "JSON: wrong type",
  JSON_WRONG_LENGTH: "JSON: array of wrong length",
  JSON_NUMBER: "JSON: number out of range",
  JSON_DEPTH: "JSON: nested too deeply",
  JSON_TOO_LARGE: "JSON: too large",
  NOT_CANONICAL: "JSON: not canonical",

  SCALAR_FORM: "scalar: not a canonical decimal string",
  SCALAR_RANGE: "scalar: out of range",
  POINT: "point: not a canonical element of the prime-order subgroup",

  TRUSTEES_NONE: "trustees: none",
  TRUSTEE_PROOF: "trustees: bad proof of knowledge",
  TRUSTEE_DUPLICATE: "trustees: the same key twice",

  ELECTION_UUID: "election: malformed identifier",
  ELECTION_QUESTION: "election: impossible question",
  ELECTION_KEY: "election: public key is not the product of the trustees'",

  CREDENTIAL_FORM: "credentials: malformed credential",
  CREDENTIAL_DUPLICATE: "credentials: duplicate",

  CHOICES: "choices: not allowed by the question",

  BALLOT_TOO_LARGE: "ballot: too large",
  BALLOT_NOT_CANONICAL: "ballot: not canonical",
  BALLOT_OTHER_ELECTION: "ballot: other election",
  BALLOT_UNKNOWN_CREDENTIAL: "ballot: unknown credential",
  BALLOT_HASH: "ballot: wrong hash",
  BALLOT_SIGNATURE: "ballot: bad signature",
  BALLOT_INDIVIDUAL: "ballot: bad individual proof",
  BALLOT_OVERALL: "ballot: bad overall proof",
  BALLOT_BLANK: "ballot: bad blank proof",
  BALLOT_DUPLICATE: "ballot: duplicate",

  BOARD_UNVERIFIED: "board: not verified",
  TALLY_WRONG: "tally: not the product of the ballots",
  TALLY_COUNTS: "tally: wrong counts",
  TALLY_SECOND: "tally: another tally of this election was already decrypted",

  DECRYPTION_FOREIGN_KEY: "partial decryption: the key belongs to no trustee of this election",
  DECRYPTION_OWNER: "partial decryption: unknown or repeated owner",
  DECRYPTION_PROOF: "partial decryption: bad proof",

  RESULT_NOT_FOUND: "result: no count fits",
  RESULT_WRONG: "result: wrong",

  ARCHIVE_FIRST: "archive: does not begin with a BELENIOS header",
  ARCHIVE_HEADER: "archive: non-canonical member",
  ARCHIVE_MEMBER_NAME: "archive: name is not the hash of the content",
  ARCHIVE_TRUNCATED: "archive: truncated",
  ARCHIVE_PAYLOAD: "archive: payload missing or out of place",

  EVENT_PARENT: "event: wrong parent",
  EVENT_HEIGHT: "event: wrong height",
  EVENT_ORDER: "event: order",
  EVENT_MISSING: "event: missing",

  UNSUPPORTED: "not supported",
});

/**
 * Something that was read or asked for breaks the protocol.
 *
 * `fault` is the reason (one of `Fault`), `detail` adds where; `event` is the `{height, type}` of the archive's event
 * that is wrong, where that is known (`type` null: not even so far). Nothing private is ever in any of them.
 */
export class ProtocolError extends Error {
  name = "ProtocolError";
  event = null;

  constructor(fault, detail = "") {
    super(detail ? `${fault} (${detail})` : fault);
    this.fault = fault;
    this.detail = detail;
  }

  /** What a worker posts; `errorFromMessage` makes the same error of it. */
  toMessage() {
    return { fault: this.fault, detail: this.detail, event: this.event };
  }
}

/** Nothing is known to be wrong, but this part of the protocol is not built here; `detail` says which. */
export class NotSupported extends ProtocolError {
  name = "NotSupported";

  constructor(what) {
    super(Fault.UNSUPPORTED, what);
  }
}

/** The error that a worker described with `toMessage`. */
export function errorFromMessage({ fault, detail, event }) {
  const error =
    fault === Fault.UNSUPPORTED ? new NotSupported(detail) : new ProtocolError(fault, detail);
  error.event = event;
  return error;
}
