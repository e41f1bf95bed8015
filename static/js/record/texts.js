// The page's sentences in the reader's language: the server puts them into #record-texts.

const texts = JSON.parse(document.getElementById("record-texts")?.textContent ?? "{}");

/** The sentence, with {name} filled in. */
export function text(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
