// The screen of the room: code, QR code and the number of those here, asked anew every few seconds.

const SECONDS = 3;

const screen = document.querySelector("[data-check-in]");
const place = (name) => screen.querySelector(`[data-${name}]`);

function put(name, text) {
  if (place(name).textContent !== String(text)) place(name).textContent = text;
}

async function refresh() {
  const response = await fetch(screen.dataset.checkIn, { redirect: "error" });
  if (!response.ok) throw new Error(response.statusText);
  const shown = await response.json();
  if (!shown.is_open) return location.reload();
  if (place("code").textContent !== shown.code) {
    place("qr").innerHTML = shown.qr; // drawn by our own server, as on the page itself
    put("code", shown.code);
  }
  for (const name of ["came", "invited", "online", "leave"]) put(name, shown[name]);
  place("lost").hidden = true;
}

setInterval(() => {
  if (document.hidden) return;
  refresh().catch(() => {
    place("lost").hidden = false; // it comes back by itself
  });
}, SECONDS * 1000);
