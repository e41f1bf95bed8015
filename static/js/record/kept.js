// Text that did not reach the server in an earlier visit is offered again; nothing is put back unasked.

import { kindOf, parts } from "./cells.js";
import * as inputs from "./inputs.js";
import { newRow } from "./rows.js";
import { text } from "./texts.js";

export function offerKept(form, shelf, autosave, status) {
  const kept = Object.entries(shelf.load()).filter(([name, entry]) => {
    return parts(name) && entry.value !== inputs.baseOf(form, name);
  });
  shelf.drop(Object.keys(shelf.load()).filter((name) => !kept.some(([other]) => other === name)));
  if (!kept.length) return;
  const newest = new Date(Math.max(...kept.map(([, entry]) => entry.at)));
  const time = newest.toLocaleString(document.documentElement.lang, {
    dateStyle: "short",
    timeStyle: "short",
  });
  status.notice(
    text("kept", { count: kept.length, time }),
    {
      [text("put-back")]: () => putBack(form, kept, autosave),
      [text("discard")]: () => shelf.drop(kept.map(([name]) => name)),
    },
    "warning",
  );
}

function putBack(form, kept, autosave) {
  for (const [name, entry] of kept) {
    const { row } = parts(name);
    if (!inputs.rowOf(form, row)) remake(form, row, autosave);
    if (!autosave.cells.has(name)) continue;
    inputs.show(form, name, entry.value);
    // The base of that time: if somebody wrote here since, the server says so instead of overwriting.
    autosave.cells.settle(name, entry.base);
    autosave.type(name, entry.value);
  }
  autosave.soon(0);
}

function remake(form, row, autosave) {
  const kind = kindOf(row);
  if (form.querySelector(`template[data-mould="${kind}"]`))
    autosave.watch(newRow(form, kind, row.slice(kind.length + 1)));
}
