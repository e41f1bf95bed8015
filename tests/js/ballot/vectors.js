// The test elections made with belenios-tool, and small helpers to read and rewrite archives.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readRecords } from "../../../static/js/ballot/events.js";

const FOLDER = join(import.meta.dirname, "../../protocol/vectors");

export const TAMPERED = JSON.parse(readFileSync(join(FOLDER, "tampered/expected.json"), "utf8"));

export function vector(path) {
  return new Uint8Array(readFileSync(join(FOLDER, path)));
}

/** {expected, bytes, records, setup} of "small" or "mid". */
export function archiveOf(name) {
  const expected = JSON.parse(readFileSync(join(FOLDER, name, "expected.json"), "utf8"));
  const bytes = vector(`${name}/${expected.archive}`);
  const records = [...readRecords(bytes)];
  const [election, trustees, credentials] = records[0].data;
  return { expected, bytes, records, setup: { election, trustees, credentials } };
}

export function payloads(records, type) {
  return records.filter((record) => record.event.type === type).map((record) => record.payload);
}

export const text = (bytes) => new TextDecoder().decode(bytes);
export const bytes = (words) => new TextEncoder().encode(words);
