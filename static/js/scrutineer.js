// The scrutineer's desk: makes the key, watches the box, counts. The private key never leaves this page and its browser.

import { BackupError, isGroupOf, readBackup, writeBackup } from "./ballot/backup.js";
import { Board } from "./ballot/board.js";
import { serialise } from "./ballot/canonical.js";
import { decryptPartially } from "./ballot/decryption.js";
import { Fault, ProtocolError } from "./ballot/errors.js";
import { sha256Base64 } from "./ballot/hashing.js";
import { secureRandomness } from "./ballot/randomness.js";
import {
  generateTrusteeKey,
  proveTrustee,
  TrusteeKey,
  trusteeKeyFromSecret,
} from "./ballot/trustees.js";
import { openCrew } from "./ballot/workers.js";
import { drawQr } from "./scrutineer/qr.js";
import { NoAnswer, Refusal, Server } from "./scrutineer/server.js";
import { Store } from "./scrutineer/store.js";
import { objection } from "./scrutineer/sum.js";
import { works } from "./scrutineer/trial.js";
import { isAbleBrowser } from "./site/browser.js";
import { csrfToken } from "./site/token.js";

const SECONDS = 2.5;
const AT_ONCE = 20;

const data = JSON.parse(document.getElementById("desk-data").textContent);
const { texts } = data;
const root = document.querySelector("[data-desk]");
const part = (name) => document.querySelector(`[data-${name}]`);
const server = new Server(data, csrfToken);
const named = (what) => `${what}:${data.uuid}`;

let store = null;
const kept = []; // keys that this browser made: the one in use, and one whose handing in may have got lost half-way
let key = null; // this ballot's key, if it is in this browser or was typed in
let states = null;
let board = null;
let watching = false;
let counting = false;
let shown = [];
let answered = null; // what is told whether the key may be used on the sum that is shown
let confirmed = null; // what runs when the sheet is confirmed
let isForgotten = false; // whether what this browser kept is gone, after the count
let onSheet = null; // the key whose sheet is shown
let group = 0;

// --- saying things --------------------------------------------------------------------------------
function fill(text, values) {
  return Object.entries(values).reduce(
    (all, [name, value]) => all.replace(`{${name}}`, value),
    text,
  );
}

function complain(message) {
  part("error").hidden = message === "";
  part("error-text").textContent = message;
  if (message) part("error").scrollIntoView({ block: "nearest" });
}

function wordsFor(error) {
  if (error instanceof Refusal) return error.message;
  if (error instanceof NoAnswer) return texts.noConnection;
  if (error instanceof BackupError)
    return fill(texts[`sheet_${error.reason}`], { number: error.group ?? "" });
  if (!(error instanceof ProtocolError)) return texts.failed;
  if (error.fault === Fault.DECRYPTION_FOREIGN_KEY) return texts.foreignKey;
  if (error.fault === Fault.TALLY_SECOND) return texts.second;
  return fill(texts.wrongBoard, { reason: error.message });
}

function show(...names) {
  const isNew = names.join() !== shown.join();
  for (const section of root.querySelectorAll("[data-part]"))
    section.hidden = !names.includes(section.dataset.part);
  if (isNew && shown.length) root.querySelector(`[data-part="${names[0]}"] h2`).focus();
  shown = names;
}

// --- the key --------------------------------------------------------------------------------------
function fingerprintOf(one) {
  return sha256Base64(serialise(one.public.encode()));
}

const own = () => states.scrutineers.find(({ position }) => position === data.position);
const isHandedIn = () => key !== null && own().fingerprint === fingerprintOf(key);

async function makeKey() {
  complain("");
  if (own().isReady && !window.confirm(texts.newKey)) return;
  const made = generateTrusteeKey(secureRandomness);
  if (!works(made, secureRandomness)) {
    complain(texts.testFailed);
    return;
  }
  try {
    // Beside the one that is handed in already: until the new one is, the count needs the old one.
    await store.set(named("new"), made.encodeSecret());
    kept.push(made);
  } catch {
    complain(texts.storeFailed);
    return;
  }
  showSheet(made, () => handIn(made));
}

function showSheet(one, whenConfirmed) {
  onSheet = one;
  const groups = writeBackup(one).split("-");
  part("groups").replaceChildren(
    ...groups.map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }),
  );
  part("qr").replaceChildren(drawQr(groups.join("-")));
  part("fingerprint").textContent = fingerprintOf(one);
  group = secureRandomness(1)[0] % groups.length;
  part("group-label").textContent = fill(texts.group, { number: group + 1 });
  part("group-error").textContent = "";
  document.getElementById("group").value = "";
  confirmed = whenConfirmed;
  show("sheet");
}

async function confirmSheet(event) {
  event.preventDefault();
  if (!isGroupOf(onSheet, group, document.getElementById("group").value)) {
    part("group-error").textContent = texts.wrongGroup;
    return;
  }
  await confirmed();
}

async function handIn(made) {
  complain("");
  const trustee = proveTrustee(made, null, secureRandomness);
  try {
    await server.handInKey(serialise(trustee.toJson()));
    await store.set(named("key"), made.encodeSecret());
    key = made;
  } catch (error) {
    complain(wordsFor(error));
    return;
  }
  forgetSheet();
  await refresh();
}

function forgetSheet() {
  clearSheet();
  shown = ["sheet", "done"];
}

/** No key stays written in the page. */
function clearSheet() {
  onSheet = null;
  part("groups").replaceChildren();
  part("qr").replaceChildren();
  document.getElementById("group").value = "";
  document.getElementById("typed").value = "";
}

async function typeSheet(event) {
  event.preventDefault();
  const input = document.getElementById("typed");
  part("typed-error").textContent = "";
  try {
    const typed = readBackup(input.value);
    if (!(typed instanceof TrusteeKey) || fingerprintOf(typed) !== own().fingerprint)
      throw new ProtocolError(Fault.DECRYPTION_FOREIGN_KEY);
    await store.set(named("key"), typed.encodeSecret());
    key = typed;
    input.value = "";
  } catch (error) {
    part("typed-error").textContent = wordsFor(error);
    input.focus();
    return;
  }
  await refresh();
}

// --- watching the box -----------------------------------------------------------------------------
/** The board of this ballot, whose fingerprint must be the one this browser saw first. */
async function openBoard() {
  if (board) return board;
  const setup = await server.setup();
  const crew = openCrew(data.worker);
  const opened = new Board(setup, crew);
  const { fingerprint } = opened.setup.election;
  part("ballot-fingerprint").textContent = fingerprint;
  const before = await store.get(named("seen"));
  if (before === undefined) await store.set(named("seen"), fingerprint);
  else if (before !== fingerprint) throw new Refusal(texts.changed);
  const checked = await store.get(named("checked"));
  if (checked) opened.importChecked(JSON.parse(checked));
  board = opened;
  return board;
}

const known = new Set(); // tracking codes of ballots that this page has checked

async function watch() {
  if (watching || counting) return;
  watching = true;
  try {
    const open = await openBoard();
    const trackers = await server.trackers();
    await rememberMost(trackers.length);
    const unknown = trackers.filter((tracker) => !known.has(tracker));
    showChecked(trackers.length - unknown.length, trackers.length);
    for (let start = 0; start < unknown.length && !counting; start += AT_ONCE) {
      const some = unknown.slice(start, start + AT_ONCE);
      const ballots = await server.sealed(some); // one that was replaced meanwhile is not there any more
      await open.checkBallots(ballots, (done) =>
        showChecked(trackers.length - unknown.length + start + done, trackers.length),
      );
      for (const tracker of some) known.add(tracker);
      if (isForgotten) return; // the vote ended meanwhile, and nothing of it is kept any more
      await store.set(named("checked"), JSON.stringify(open.exportChecked()));
    }
    showChecked(trackers.length, trackers.length);
  } catch (error) {
    if (!(error instanceof NoAnswer)) complain(wordsFor(error));
  } finally {
    watching = false;
  }
}

/** The most ballots that were seen in the box: no sum of fewer is opened later. None ever leaves it, they are replaced. */
async function rememberMost(count) {
  if (count > (await mostSeen())) await store.set(named("most"), String(count));
}

async function mostSeen() {
  return Number((await store.get(named("most"))) ?? 0);
}

function showChecked(done, all) {
  part("progress").max = Math.max(all, 1);
  part("progress").value = done;
  part("checked").textContent = fill(texts.checking, { done, all });
}

// --- counting -------------------------------------------------------------------------------------
async function count() {
  if (counting) return;
  counting = true;
  complain("");
  part("count").disabled = true;
  show("verify");
  try {
    const open = await openBoard();
    const verified = await open.verifyArchive(await server.archive(), showChecked);
    if (verified.trustees.ownerOf(key) !== data.position)
      throw new ProtocolError(Fault.DECRYPTION_FOREIGN_KEY);
    if (!(await mayOpen(verified.ballots))) return;
    const share = await decryptPartially(verified, key, secureRandomness, {
      store,
      onProgress(done, all) {
        part("progress").max = all;
        part("progress").value = done;
        part("checked").textContent = fill(texts.counting, { done, all });
      },
    });
    await server.handInShare(share.toJson());
  } catch (error) {
    complain(wordsFor(error));
  } finally {
    counting = false;
    part("count").disabled = false;
    await refresh();
  }
}

/** Only after a person has seen how many ballots the sum is of; throws if it is one that is never opened. */
async function mayOpen(ballots) {
  const { smallestCount, paperIssued } = states;
  const most = await mostSeen();
  const against = objection(ballots, { most, smallest: smallestCount, paper: paperIssued });
  if (against) throw new Refusal(fill(texts[against], { ballots, most, smallest: smallestCount }));
  part("sum").textContent = fill(texts.sum, { ballots });
  part("sum-seen").textContent = fill(texts.sumSeen, { most });
  part("sum-seen").hidden = most === 0;
  part("sum-paper").textContent = fill(texts.sumPaper, { paper: paperIssued });
  show("agree");
  const isAgreed = await new Promise((resolve) => {
    answered = resolve;
  });
  answered = null;
  show("verify");
  return isAgreed;
}

// --- where things stand ---------------------------------------------------------------------------
async function refresh() {
  try {
    states = await server.states();
  } catch {
    return; // the next time
  }
  root.hidden = false;
  if (states.state !== "closed") answered?.(false); // the question is void with the vote
  await findKey();
  showEverybody();
  if (!counting) showWhatToDo();
}

/**
 * The key that is handed in, of those that this browser made. The one whose handing in was confirmed to nobody, because
 * the page or the connection died, lies under another name until now: the next new key would take its place there.
 */
async function findKey() {
  const found = kept.find((each) => fingerprintOf(each) === own().fingerprint);
  if (!found || (key !== null && isHandedIn())) return;
  key = found;
  await store.set(named("key"), key.encodeSecret()).catch(() => complain(texts.storeFailed));
}

function showEverybody() {
  part("everybody").replaceChildren(
    ...states.scrutineers.map((each) => {
      const item = document.createElement("li");
      const name = document.createElement("span");
      name.className = "row-title";
      name.textContent = each.name;
      item.append(name, " ", badge(each));
      return item;
    }),
  );
}

function badge({ isReady, hasDecrypted }) {
  const label = document.createElement("span");
  const icon = document.createElement("i");
  label.className = `state ${isReady ? "state-good" : "state-warn"}`;
  icon.className = `bi ${hasDecrypted ? "bi-check2-all" : isReady ? "bi-key" : "bi-hourglass"}`;
  icon.ariaHidden = "true";
  label.append(icon, hasDecrypted ? texts.decrypted : isReady ? texts.ready : texts.waiting);
  return label;
}

function showWhatToDo() {
  const { state } = states;
  if (state === "counted" || state === "void") showFinished();
  else if (state === "setup") showSetup();
  else if (own().hasDecrypted) show("counted");
  else if (state === "open") {
    show(...(isHandedIn() ? ["verify"] : ["verify", "type"]));
    watch();
  } else if (!isHandedIn()) show("type");
  else {
    part("awaits-paper").hidden = !states.awaitsPaper;
    part("count").hidden = states.awaitsPaper;
    show("count");
  }
}

function showFinished() {
  const isVoid = states.state === "void";
  part("voided").hidden = !isVoid;
  part("was-counted").hidden = isVoid;
  part("to-result").hidden = isVoid;
  show("finished");
  forgetKey();
}

/**
 * The key has done its work: it, one that was never handed in and the list of checked ballots leave this browser.
 * What stays is what was seen and which sum was opened, so that no other sum of this vote is ever opened here.
 */
async function forgetKey() {
  if (isForgotten) return;
  isForgotten = true;
  key = null;
  kept.length = 0;
  clearSheet();
  try {
    for (const name of ["key", "new", "checked"]) await store.delete(named(name));
    part("forgotten").hidden = false;
  } catch {
    part("not-forgotten").hidden = false;
  }
}

function showSetup() {
  if (shown[0] === "sheet" && shown.length === 1) return; // nothing pulls the sheet away
  if (isHandedIn()) {
    part("own-fingerprint").textContent = fingerprintOf(key);
    show("ready");
  } else {
    part("elsewhere").hidden = !own().isReady;
    show(...(own().isReady ? ["make", "type"] : ["make"]));
  }
}

async function begin() {
  if (!isAbleBrowser()) return; // the page says so from the beginning
  document.querySelector("[data-unable]").hidden = true;
  try {
    store = await Store.open();
    for (const name of ["key", "new"]) {
      const secret = await store.get(named(name));
      if (secret) kept.push(trusteeKeyFromSecret(secret));
    }
  } catch {
    complain(texts.storeFailed);
    return;
  }
  document.querySelector("[data-make]").addEventListener("click", makeKey);
  part("make-new").addEventListener("click", makeKey);
  part("show-sheet").addEventListener("click", () =>
    showSheet(key, async () => {
      forgetSheet();
      await refresh();
    }),
  );
  part("print-sheet").addEventListener("click", () => window.print());
  part("confirm").addEventListener("submit", confirmSheet);
  part("type").addEventListener("submit", typeSheet);
  document.querySelector("button[data-count]").addEventListener("click", count);
  part("use-key").addEventListener("click", () => answered?.(true));
  part("not-now").addEventListener("click", () => answered?.(false));
  await refresh();
  setInterval(() => document.hidden || refresh(), SECONDS * 1000);
}

begin();
