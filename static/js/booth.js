// The booth. Marks live in this page's memory, the ballot is sealed in a worker, and only the sealed text is sent.

import { Setup } from "./ballot/counting.js";
import { openCrew } from "./ballot/workers.js";
import { Marks } from "./booth/marks.js";
import { Screens } from "./booth/screens.js";
import { Sender } from "./booth/sender.js";
import { isAbleBrowser } from "./site/browser.js";
import { csrfToken } from "./site/token.js";

const root = document.querySelector("[data-booth]");
const data = JSON.parse(document.getElementById("booth-data").textContent);
const { texts } = data;
const part = (name) => root.querySelector(`[data-${name}]`);
const screens = new Screens(root);
const rows = [...root.querySelectorAll("[data-row]")];
const marks = new Marks(
  rows.map((row) => Number(row.dataset.row)),
  data.questions,
);
const bytes = (text) => new TextEncoder().encode(text);

let crew = null;
let place = null; // {credential, tracker}: the right to vote, and what lies in the box
let sealed = null; // {data, tracker}: the ballot on its way; always the same bytes until it is answered
let isBusy = false;

const sender = new Sender(data.cast, {
  token: csrfToken,
  onWait() {
    part("status").textContent = sealed ? texts.waiting : texts.noConnection;
    part("retry").hidden = false;
  },
});

// --- getting ready --------------------------------------------------------------------------------
async function begin() {
  if (!isAbleBrowser()) return; // the page says so from the beginning
  document.querySelector("[data-unable]").hidden = true;
  root.hidden = false;
  showCount();
  for (const row of rows) watch(row);
  part("next").addEventListener("click", goToNext);
  part("review").addEventListener("click", review);
  part("back").addEventListener("click", () => screens.show("mark"));
  part("cast").addEventListener("click", cast);
  part("retry").addEventListener("click", () => sender.now());
  part("replace").addEventListener("click", replace);
  part("keep").addEventListener("click", forget);
  window.addEventListener("beforeunload", (event) => {
    if (marks.done || sealed) event.preventDefault();
  });
  window.addEventListener("pagehide", forget);
  // A page that comes back from the browser's own cache has forgotten its marks: begin anew.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  await prepare().catch(() => {}); // tried again when the ballot is cast
}

/** Ask for the set-up and the credential, once. */
async function prepare() {
  if (crew && place) return;
  const [setup, found] = await Promise.all([ask(data.setup), ask(data.place, { method: "POST" })]);
  const ready = Setup.fromJson({
    election: bytes(setup.election),
    trustees: bytes(setup.trustees),
    credentials: bytes(setup.credentials),
  });
  if (ready.election.fingerprint !== data.fingerprint || !isSameBallot(ready.election))
    throw new Error("another ballot than the page's");
  crew = openCrew(data.worker);
  crew.begin(ready);
  place = found;
  part("voted").hidden = place.tracker === null;
  part("voted-tracker").textContent = place.tracker ?? "";
}

/** The rows that are shown are the rows that are sealed. */
function isSameBallot(election) {
  const sealedRows = election.questions.map(({ question, answers }) => ({ question, answers }));
  return JSON.stringify(sealedRows) === JSON.stringify(data.questions);
}

class Refusal extends Error {}
class NoAnswer extends Error {}
class SignedOut extends NoAnswer {}

async function ask(address, options = {}) {
  const headers = { "X-CSRFToken": csrfToken() };
  const response = await fetch(address, { redirect: "manual", headers, ...options }).catch(() => {
    throw new NoAnswer("no connection");
  });
  if (response.type === "opaqueredirect") throw new SignedOut("led to the sign-in page");
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  const answer = isJson ? await response.json() : {};
  if (response.ok) return answer;
  if (answer.message) throw new Refusal(answer.message);
  // The page about a missing token: the session has ended, or another one began beside.
  if (response.status === 403 && !isJson) throw new SignedOut("refused without a word");
  throw new NoAnswer(`status ${response.status}`);
}

// --- marking --------------------------------------------------------------------------------------
function watch(row) {
  const number = Number(row.dataset.row);
  const clear = row.querySelector("[data-clear]");
  row.addEventListener("change", ({ target }) => {
    marks.mark(number, Number(target.value));
    clear.hidden = false;
    showCount();
  });
  clear.addEventListener("click", () => {
    marks.clear(number);
    for (const input of row.querySelectorAll("input")) input.checked = false;
    clear.hidden = true;
    row.querySelector("input").focus();
    showCount();
  });
}

function showCount() {
  part("count").textContent = texts.count
    .replace("{done}", marks.done)
    .replace("{all}", marks.rows.length);
  part("next").disabled = marks.done === marks.rows.length;
}

function goToNext() {
  const here = Number(document.activeElement?.closest("[data-row]")?.dataset.row ?? 0);
  const next = marks.nextUnmarked(here);
  const row = rows.find((each) => Number(each.dataset.row) === next);
  row?.scrollIntoView({ block: "center" });
  row?.querySelector("input").focus({ preventScroll: true });
}

function review() {
  const summary = part("summary");
  summary.replaceChildren();
  for (const row of rows) {
    const term = document.createElement("dt");
    const value = document.createElement("dd");
    const marked = row.querySelector("input:checked");
    term.textContent = row.querySelector("legend").textContent;
    value.textContent = marked ? marked.labels[0].textContent : texts.noMark;
    value.classList.toggle("muted", !marked);
    summary.append(term, value);
  }
  screens.show("confirm");
}

// --- casting --------------------------------------------------------------------------------------
async function cast() {
  if (isBusy) return; // a double click casts one ballot
  isBusy = true;
  screens.show("sending");
  part("status").textContent = texts.sealing;
  try {
    await prepareUntilThere();
    sealed = await crew.encrypt(
      { credential: place.credential, choices: marks.choices() },
      (done, all) => {
        part("progress").value = (100 * done) / all;
      },
    );
  } catch (error) {
    isBusy = false;
    refuse(error instanceof Refusal ? error.message : texts.broken);
    return;
  }
  await send();
}

/** A connection that is lost for a moment, or a session that has ended, is no reason to lose the marks. */
async function prepareUntilThere() {
  for (;;) {
    try {
      await prepare();
      part("retry").hidden = true;
      part("status").textContent = texts.sealing;
      return;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      const pause = sender.pause();
      if (error instanceof SignedOut) part("status").textContent = texts.signedOut;
      await pause;
    }
  }
}

async function send() {
  part("status").textContent = texts.sending;
  part("progress").removeAttribute("value");
  const outcome = await sender.send(sealed.data, place.tracker);
  part("retry").hidden = true;
  if (outcome.kind === "accepted") finish(outcome.answer);
  else if (outcome.kind === "counted") showCounted(outcome.answer.tracker);
  else if (outcome.kind === "replaced") {
    place.tracker = outcome.answer.tracker;
    part("other-tracker").textContent = place.tracker ?? "";
    screens.show("replaced");
  } else if (outcome.kind === "signed-out") {
    part("status").textContent = texts.signedOut;
    part("retry").hidden = false;
    part("retry").addEventListener("click", send, { once: true });
  } else refuse(outcome.answer.message);
}

function replace() {
  screens.show("sending");
  send();
}

function refuse(message) {
  part("reason").textContent = message;
  forget();
  screens.show("refused");
}

function finish(answer) {
  forget();
  part("tracker").textContent = answer.tracker;
  part("receipt").value = answer.receipt;
  part("signature").value = answer.signature;
  part("print-receipt").addEventListener("click", () => window.print());
  root.querySelector("[data-copy]").addEventListener("click", copy);
  screens.show("done");
}

/** Closed before the answer came: these very bytes are among the counted ballots. */
function showCounted(tracker) {
  forget();
  part("counted-tracker").textContent = tracker;
  screens.show("counted");
}

async function copy({ currentTarget }) {
  const code = part("tracker");
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    window.getSelection().selectAllChildren(code); // to be copied by hand
    return;
  }
  currentTarget.querySelector("span").textContent = texts.copied;
}

/** Nothing of the marks stays behind, not even in the inputs. */
function forget() {
  marks.forget();
  sealed = null;
  part("summary").replaceChildren();
  for (const input of root.querySelectorAll("input")) input.checked = false;
  for (const clear of root.querySelectorAll("[data-clear]")) clear.hidden = true;
  crew?.close();
  crew = null;
  place = null;
}

begin();
