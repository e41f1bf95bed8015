// The browser's half of the protocol as a small program, for the tests of tests/protocol/ that hold both halves together.
//
// Reads one request a line (JSON) on the standard input, and writes one answer a line (JSON), in the same order:
//   {"ok": true, …}                                        done
//   {"ok": false, "fault": NAME, "message", "event"}       refused: the name in `Fault`, `event` {height, type} or null
//   {"ok": false, "crash": text}                           anything else, which is a mistake here or in the request
//
// Bytes are given as text under their name (UTF-8), or in Base64 under their name with 64 after it ("ballot64").
// `seed` is in hexadecimal digits; random bytes are those of SHA-256(seed, counter of four bytes, big-endian) for
// counters from 0, one digest after another. Numbers modulo q are decimal strings, elements 64 hexadecimal digits.
//
//   do           takes                                          gives
//   uuid         seed                                           uuid
//   trustee      seed, name (or null)                           secret, public, trustee (text): draws x, then w
//   credential   seed, uuid                                     private, secret, public
//   derive       uuid, private                                  secret, public
//   election     election                                       uuid, fingerprint, shape, publicKey
//   trustees     trustees                                       electionKey, fingerprints
//   credentials  credentials                                    size, fingerprint
//   encrypt      election, private, choices, seed               ballot (text), tracker
//   check        election, credentials, ballot                  tracker, credential
//   tally        election, credentials, ballots (list of text)  tally, descriptor (texts)
//   decrypt      archive (as far as its tally or farther),      owner, partial (text)
//                secret, seed
//   verify       archive, upTo (Result if absent)               lastEvent, ballots, result (or null)
//   scalar       text                                           text
//   element      text, neutral (true: let it through)           text
//   power        base (the generator if absent), exponent       text
//   product      elements                                       text
//   hash         data                                           hex, base64
//   challenge    prefix, elements                               text
//   backup       secret                                         text
//   random       seed, number                                   scalars
//   parse        data                                           text (written canonically)
//   canonical    data                                           text
import { createInterface } from "node:readline";
import { writeBackup } from "../../../static/js/ballot/backup.js";
import { Ballot } from "../../../static/js/ballot/ballots.js";
import { Board } from "../../../static/js/ballot/board.js";
import { parse, parseCanonical, serialise } from "../../../static/js/ballot/canonical.js";
import { checkBallot } from "../../../static/js/ballot/checks.js";
import {
  CredentialList,
  deriveCredential,
  generateCredential,
} from "../../../static/js/ballot/credentials.js";
import { decryptPartially } from "../../../static/js/ballot/decryption.js";
import { Election, generateUuid } from "../../../static/js/ballot/election.js";
import { encryptBallot } from "../../../static/js/ballot/encryption.js";
import { Fault, ProtocolError } from "../../../static/js/ballot/errors.js";
import { readRecords } from "../../../static/js/ballot/events.js";
import {
  decodeElement,
  decodeElementOrNeutral,
  decodeScalar,
  encodeScalar,
  GENERATOR,
  product,
  randomScalar,
} from "../../../static/js/ballot/group.js";
import { challenge, sha256Base64, sha256Hex } from "../../../static/js/ballot/hashing.js";
import { tallyBallots } from "../../../static/js/ballot/tally.js";
import {
  generateTrusteeKey,
  proveTrustee,
  Trustees,
  trusteeKeyFromSecret,
} from "../../../static/js/ballot/trustees.js";
import { verifyArchive } from "../../../static/js/ballot/verification.js";
import { Crew, inProcess } from "../../../static/js/ballot/workers.js";
import { stream } from "./streams.js";

const encoder = new TextEncoder();
const text = (bytes) => new TextDecoder().decode(bytes);

/** The bytes that a request gives under `name`. */
function bytes(request, name) {
  const encoded = request[`${name}64`];
  return encoded === undefined
    ? encoder.encode(request[name])
    : new Uint8Array(Buffer.from(encoded, "base64"));
}

const randomness = (request) => stream(Buffer.from(request.seed, "hex"));
const electionOf = (request) => Election.fromJson(bytes(request, "election"));
const rollOf = (request) => CredentialList.fromJson(bytes(request, "credentials"));
const shown = ({ secret, public: element }) => ({
  secret: encodeScalar(secret),
  public: element.encode(),
});

const TASKS = {
  uuid: (request) => ({ uuid: generateUuid(randomness(request)) }),

  trustee(request) {
    const draw = randomness(request);
    const key = generateTrusteeKey(draw);
    const trustee = proveTrustee(key, request.name, draw);
    return { ...shown(key), trustee: text(serialise(trustee.toJson())) };
  },

  credential(request) {
    const privateText = generateCredential(randomness(request));
    return { private: privateText, ...shown(deriveCredential(request.uuid, privateText)) };
  },

  derive: (request) => shown(deriveCredential(request.uuid, request.private)),

  election(request) {
    const { uuid, fingerprint, shape, publicKey } = electionOf(request);
    return { uuid, fingerprint, shape, publicKey: publicKey.encode() };
  },

  trustees(request) {
    const trustees = Trustees.fromJson(bytes(request, "trustees"));
    return {
      electionKey: trustees.electionKey().encode(),
      fingerprints: trustees.members.map((each) => each.fingerprint),
    };
  },

  credentials(request) {
    const { size, fingerprint } = rollOf(request);
    return { size, fingerprint };
  },

  encrypt(request) {
    const election = electionOf(request);
    const credential = deriveCredential(election.uuid, request.private);
    const ballot = encryptBallot(election, credential, request.choices, randomness(request));
    return { ballot: text(ballot.data), tracker: ballot.tracker };
  },

  check(request) {
    const election = electionOf(request);
    const ballot = Ballot.fromJson(bytes(request, "ballot"), election);
    const checked = checkBallot(ballot, election, rollOf(request));
    return { tracker: ballot.tracker, credential: checked.credential.encode() };
  },

  tally(request) {
    const election = electionOf(request);
    const roll = rollOf(request);
    const ballots = request.ballots.map((each) =>
      checkBallot(Ballot.fromJson(encoder.encode(each), election), election, roll),
    );
    const { tally, descriptor } = tallyBallots(election, roll, ballots);
    return { tally: text(tally.toJson()), descriptor: text(descriptor.toJson()) };
  },

  async decrypt(request) {
    const archive = bytes(request, "archive");
    const [first] = readRecords(archive);
    const [election, trustees, credentials] = first.data;
    const board = new Board({ election, trustees, credentials }, new Crew(inProcess));
    const verified = await board.verifyArchive(archive);
    const key = trusteeKeyFromSecret(request.secret);
    const store = new Map();
    const partial = await decryptPartially(verified, key, randomness(request), { store });
    return { owner: verified.trustees.ownerOf(key), partial: text(partial.toJson()) };
  },

  async verify(request) {
    const { upTo } = request;
    const archive = bytes(request, "archive");
    const report = await verifyArchive(archive, new Crew(inProcess), { upTo });
    const counts = report.result?.counts.map((row) => row.map(Number)) ?? null;
    return { lastEvent: report.lastEvent, ballots: report.ballots, result: counts };
  },

  scalar: (request) => ({ text: encodeScalar(decodeScalar(request.text)) }),

  element(request) {
    const decode = request.neutral ? decodeElementOrNeutral : decodeElement;
    return { text: decode(request.text).encode() };
  },

  power(request) {
    const base = request.base ? decodeElement(request.base) : GENERATOR;
    return { text: base.power(BigInt(request.exponent)).encode() };
  },

  product: (request) => ({
    text: product(request.elements.map(decodeElementOrNeutral)).encode(),
  }),

  hash(request) {
    const data = bytes(request, "data");
    return { hex: sha256Hex(data), base64: sha256Base64(data) };
  },

  challenge(request) {
    const elements = request.elements.map(decodeElementOrNeutral);
    return { text: encodeScalar(challenge(request.prefix, elements)) };
  },

  random(request) {
    const draw = randomness(request);
    const scalars = Array.from({ length: request.number }, () => encodeScalar(randomScalar(draw)));
    return { scalars };
  },

  backup: (request) => ({ text: writeBackup(trusteeKeyFromSecret(request.secret)) }),
  parse: (request) => ({ text: text(serialise(parse(bytes(request, "data")))) }),
  canonical: (request) => ({ text: text(serialise(parseCanonical(bytes(request, "data")))) }),
};

const NAMES = new Map(Object.entries(Fault).map(([name, reason]) => [reason, name]));

async function answer(line) {
  try {
    const request = JSON.parse(line);
    return { ok: true, ...(await TASKS[request.do](request)) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) return { ok: false, crash: String(error.stack) };
    const { fault, message, event } = error;
    return { ok: false, fault: NAMES.get(fault), message, event };
  }
}

for await (const line of createInterface({ input: process.stdin }))
  if (line.trim()) process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
