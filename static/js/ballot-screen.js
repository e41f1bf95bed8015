// The screen on the wall: the numbers of issued and returned ballots, asked anew every few seconds.

const SECONDS = 4;

const figures = document.querySelector("[data-screen-figures]");

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(figures.dataset.screenFigures, { redirect: "error" });
  if (!response.ok) return;
  const { open, issued, returned } = await response.json();
  if (!open) {
    document.querySelector("[data-screen-closed]").hidden = false;
    clearInterval(timer);
    return;
  }
  figures.querySelector("[data-issued]").textContent = issued;
  figures.querySelector("[data-returned]").textContent = returned;
}

// A connection that is lost for a moment comes back by itself.
const timer = setInterval(() => refresh().catch(() => {}), SECONDS * 1000);
