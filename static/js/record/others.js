// Asks every few seconds what others changed, and shows it; a page in the background asks nothing.

import { kindOf } from "./cells.js";
import * as inputs from "./inputs.js";
import { showLate } from "./late.js";
import { insertRow } from "./rows.js";
import { get } from "./server.js";
import { text } from "./texts.js";

const EVERY = 4000; // ms

export class Others {
  constructor(form, autosave, status) {
    this.form = form;
    this.autosave = autosave;
    this.status = status;
    this.revision = Number(form.dataset.revision);
    this.state = null;
    setInterval(() => document.visibilityState === "visible" && this.ask(), EVERY);
    document.addEventListener(
      "visibilitychange",
      () => document.visibilityState === "visible" && this.ask(),
    );
  }

  /** One's own submission was the only change since: no need to ask for it. */
  ownAnswer(answer) {
    this.showFigures(answer.figures);
    if (answer.revision === this.revision + 1) this.revision = answer.revision;
  }

  async ask() {
    let answer;
    try {
      answer = await get(`${this.form.dataset.changes}?since=${this.revision}`);
    } catch {
      return; // saving tells about a server that is away
    }
    this.revision = answer.revision;
    this.showFigures(answer.figures);
    for (const row of answer.rows) this.#apply(row);
    if (answer.standing) this.#removeGone(new Set(answer.standing));
    this.#watchState(answer.state);
  }

  #apply(row) {
    const element = inputs.rowOf(this.form, row.row);
    if (!element) {
      const made = insertRow(this.form, row.row, row.html);
      this.autosave.watch(made);
      this.status.told(
        row.row,
        text("added", { who: row.by, time: row.at, what: this.#name(made, row.row) }),
      );
      return;
    }
    showLate(element, row);
    const changed = Object.entries(row.fields)
      .map(([field, { value }]) => [`${row.row}-${field}`, value])
      .filter(([name, value]) => this.autosave.changedByOther(name, value, row.by, row.at));
    if (!changed.length) return;
    const what = changed.map(([name]) => inputs.labelOf(this.form, name)).join(", ");
    this.status.told(row.row, text("changed", { who: row.by, time: row.at, what }));
  }

  #name(element, row) {
    return element.querySelector("legend")?.textContent.trim() || text(`kind-${kindOf(row)}`);
  }

  #removeGone(standing) {
    for (const element of this.form.querySelectorAll("[data-row]")) {
      const gone = !standing.has(element.dataset.row) && !element.dataset.new;
      const names = inputs.namesIn(element);
      if (!gone || names.some((name) => this.autosave.cells.unsaved().includes(name))) continue;
      this.autosave.forget(element);
      element.remove();
      this.status.told(element.dataset.row, text("removed"));
    }
  }

  showFigures(figures) {
    for (const place of this.form.querySelectorAll("[data-figure]")) {
      const now = String(figures[place.dataset.figure]);
      if (place.textContent !== now) place.textContent = now;
    }
  }

  #watchState(state) {
    if (this.state && this.state !== state)
      this.status.notice(text("state"), { [text("reload")]: () => location.reload() });
    this.state = state;
  }
}
