// Verifies the whole archive in the reader's browser, and says what was found.

import { readRecords } from "./ballot/events.js";
import { sha256Base64 } from "./ballot/hashing.js";
import { verifyArchive } from "./ballot/verification.js";
import { openCrew } from "./ballot/workers.js";

const data = JSON.parse(document.getElementById("verification-data").textContent);
const { texts } = data;
const root = document.querySelector("[data-verification]");
const part = (name) => root.querySelector(`[data-${name}]`);
let trackers = null;

function showProgress(done, all) {
  part("progress").max = all;
  part("progress").value = done;
  part("status").textContent = texts.checking.replace("{done}", done).replace("{all}", all);
}

async function begin() {
  part("begin").disabled = true;
  part("progress").hidden = false;
  part("good").hidden = part("bad").hidden = part("report").hidden = true;
  const crew = openCrew(data.worker);
  try {
    const archive = await download();
    const found = await verifyArchive(archive, crew, { onProgress: showProgress });
    trackers = trackersOf(archive);
    showReport(found);
    part("good-text").textContent = texts.good;
    part("good").hidden = false;
  } catch (error) {
    part("bad-text").textContent =
      error instanceof TypeError
        ? texts.noConnection
        : texts.bad.replace("{reason}", error.message);
    part("bad").hidden = false;
  } finally {
    crew.close();
    part("begin").disabled = false;
    part("progress").hidden = true;
  }
}

async function download() {
  const response = await fetch(data.archive, { redirect: "error" });
  if (!response.ok) throw new TypeError(`status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function trackersOf(archive) {
  const ballots = [...readRecords(archive)].filter(({ event }) => event.type === "Ballot");
  return new Set(ballots.map(({ payload }) => sha256Base64(payload)));
}

function showReport({ setup, ballots, result, lastEvent }) {
  part("election").textContent = setup.election.fingerprint;
  part("roll").textContent = setup.credentials.fingerprint;
  part("keys").replaceChildren(
    ...setup.trustees.members.map(({ name, fingerprint }) => {
      const line = document.createElement("div");
      const code = document.createElement("code");
      code.className = "print-code";
      code.textContent = fingerprint;
      line.append(`${name} `, code);
      return line;
    }),
  );
  part("ballots").textContent = ballots;
  part("last").textContent = lastEvent;
  part("counts").replaceChildren(
    ...setup.election.questions.map(({ question, answers }, index) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = question;
      row.append(head);
      for (const [place, answer] of answers.entries()) {
        const cell = document.createElement("td");
        cell.textContent = `${answer} ${result.counts[index][place]}`;
        row.append(cell);
      }
      return row;
    }),
  );
  part("report").hidden = false;
}

function look({ target }) {
  const typed = target.value.trim();
  part("tracker-answer").textContent = typed
    ? trackers.has(typed)
      ? texts.found
      : texts.missing
    : "";
}

root.hidden = false;
part("begin").addEventListener("click", begin);
document.getElementById("tracker").addEventListener("input", look);
