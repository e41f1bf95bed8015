// What somebody without script typed into the textarea, as the server reads it (richtext/sanitise.py).

const TAG = /<\/?[a-z][a-z0-9:]*\s*\/?>|<[a-z][a-z0-9:]*[\s/][^<>]*=[^<>]*>|<!--/i;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

export function paragraphsOf(text) {
  if (TAG.test(text)) return text;
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => `<p>${paragraph.split("\n").map(escaped).join("<br>")}</p>`)
    .join("");
}

function escaped(line) {
  return line.trim().replace(/[&<>]/g, (sign) => ENTITIES[sign]);
}
