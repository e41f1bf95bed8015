// Times the browser's half of the protocol in Node, on one core. Reads a line of JSON for each measurement:
//   {"do": "encrypt", "election", "private", "choices"}         {"do": "check", "election", "credentials", "ballot"}
// and writes a line with the median of several runs in milliseconds.
import { createInterface } from "node:readline";
import { Ballot } from "../static/js/ballot/ballots.js";
import { checkBallot } from "../static/js/ballot/checks.js";
import { CredentialList, deriveCredential } from "../static/js/ballot/credentials.js";
import { Election } from "../static/js/ballot/election.js";
import { encryptBallot } from "../static/js/ballot/encryption.js";
import { secureRandomness } from "../static/js/ballot/randomness.js";

const RUNS = 7;
const bytes = (text) => new TextEncoder().encode(text);

const MEASURES = {
  encrypt(request) {
    const election = Election.fromJson(bytes(request.election));
    const credential = deriveCredential(election.uuid, request.private);
    return () => encryptBallot(election, credential, request.choices, secureRandomness);
  },
  check(request) {
    const election = Election.fromJson(bytes(request.election));
    const roll = CredentialList.fromJson(bytes(request.credentials));
    return () => checkBallot(Ballot.fromJson(bytes(request.ballot), election), election, roll);
  },
};

function median(run) {
  run();
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(median(MEASURES[request.do](request)))}\n`);
}
