// A page for the ballot protocol in a real browser, until the portal has its own: tests/browser/ballot_stand.py serves it.
import { Board } from "../../static/js/ballot/board.js";
import { decryptPartially } from "../../static/js/ballot/decryption.js";
import { readRecords } from "../../static/js/ballot/events.js";
import { secureRandomness } from "../../static/js/ballot/randomness.js";
import { trusteeKeyFromSecret } from "../../static/js/ballot/trustees.js";
import { openCrew } from "../../static/js/ballot/workers.js";

const text = (bytes) => new TextDecoder().decode(bytes);

async function load(name) {
  return new Uint8Array(await (await fetch(name)).arrayBuffer());
}

function openBoard(archive) {
  const [first] = readRecords(archive);
  const [election, trustees, credentials] = first.data;
  const crew = openCrew("/ballot.worker.js");
  return { crew, board: new Board({ election, trustees, credentials }, crew) };
}

/** Run something, and say how long it took and for how long at most the page could not do anything else (ms). */
async function timed(run) {
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  });
  const began = performance.now();
  const value = await run();
  const took = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 20));
  clearInterval(watch);
  return { value, took, longest };
}

/** A vote in the election of an archive; the second time the worker is there and knows the election. */
async function vote({ archive, credential, choices }) {
  const { crew } = openBoard(await load(archive));
  const progress = [];
  const cast = () =>
    crew.encrypt({ credential, choices }, (done, total) => progress.push([done, total]));
  const first = await timed(cast);
  const second = await timed(cast);
  crew.close();
  return {
    ballot: text(first.value.data),
    tracker: first.value.tracker,
    progress,
    first: [first.took, first.longest],
    second: [second.took, second.longest],
  };
}

/** Verify an archive up to its tally from nothing, then again with the ballots checked, and decrypt it. */
async function count({ archive, secret }) {
  const bytes = await load(archive);
  const { crew, board } = openBoard(bytes);
  let progress = 0;
  const fromNothing = await timed(() =>
    board.verifyArchive(bytes, () => {
      progress += 1;
    }),
  );
  const checked = await timed(() => board.verifyArchive(bytes));
  const kept = board.exportChecked();
  crew.close();
  const reopened = openBoard(bytes);
  reopened.board.importChecked(kept);
  const afterReload = await timed(() => reopened.board.verifyArchive(bytes));
  reopened.crew.close();
  const key = trusteeKeyFromSecret(secret);
  const store = new Map();
  const decrypted = await timed(() =>
    decryptPartially(checked.value, key, secureRandomness, { store }),
  );
  return {
    partial: text(decrypted.value.toJson()),
    owner: checked.value.trustees.ownerOf(key),
    progress,
    fromNothing: [fromNothing.took, fromNothing.longest],
    checked: [checked.took, checked.longest],
    afterReload: [afterReload.took, afterReload.longest],
    decrypted: [decrypted.took, decrypted.longest],
  };
}

globalThis.stand = { vote, count };
