// Copy buttons ([data-copies] names what they copy): a field as its text; tables as HTML, for documents, and as text parted by
// tabs. Without script, or where copying is refused, the page offers the text to be selected.

function plainText(place) {
  const tables = place.matches("table") ? [place] : [...place.querySelectorAll("table")];
  return tables
    .map((table) => {
      const rows = [...table.rows].map((row) =>
        [...row.cells].map((cell) => cell.textContent.trim()).join("\t"),
      );
      return [table.caption?.textContent.trim() ?? "", ...rows].join("\n");
    })
    .join("\n\n");
}

/** The tables alone, with their titles: neither buttons nor drawings. */
function html(place) {
  const tables = place.matches("table") ? [place] : [...place.querySelectorAll("table")];
  return tables
    .map((table) => {
      const bare = table.cloneNode(true);
      bare.border = "1";
      for (const part of [bare, ...bare.querySelectorAll("*")]) {
        part.removeAttribute("class");
        part.removeAttribute("id");
      }
      return bare.outerHTML;
    })
    .join("<br>");
}

const isField = (place) => place.matches("input, textarea");

async function copy(place) {
  if (isField(place)) {
    await navigator.clipboard.writeText(place.value);
    return;
  }
  const text = plainText(place);
  if (!globalThis.ClipboardItem) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const kinds = { "text/plain": text, "text/html": html(place) };
  const blobs = Object.entries(kinds).map(([type, value]) => [type, new Blob([value], { type })]);
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

export function offerCopying() {
  if (!navigator.clipboard) return; // only where the portal is reached by https
  const status = document.querySelector("[data-copy-status]");
  for (const button of document.querySelectorAll("[data-copies]")) {
    const place = document.getElementById(button.dataset.copies);
    const label = button.querySelector("span");
    const words = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await copy(place);
      } catch {
        const field = isField(place) ? place : document.getElementById("as-text");
        field.closest("details")?.setAttribute("open", "");
        field.select();
        return;
      }
      label.textContent = button.dataset.copied;
      if (status) status.textContent = button.dataset.copied;
      setTimeout(() => {
        label.textContent = words;
        if (status) status.textContent = "";
      }, 2500);
    });
  }
}
