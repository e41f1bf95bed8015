// Work that the server does step by step (form[data-steps]): the page asks for one step after the other and shows how far
// it is. A step that fails leaves everything as it was, with the button to go on; without script the button does each step.

import { csrfToken } from "./token.js";

async function oneStep(form) {
  const response = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
    credentials: "same-origin",
    cache: "no-store",
  });
  if (!response.ok || response.redirected) throw new Error("unreachable");
  return response.json();
}

async function run(form) {
  const progress = form.querySelector("progress");
  const button = form.querySelector("[data-steps-button]");
  const failed = form.querySelector("[data-steps-failed]");
  button.hidden = true;
  failed.hidden = true;
  try {
    for (;;) {
      const state = await oneStep(form);
      progress.max = state.total;
      progress.value = state.done;
      form.querySelector("[data-steps-said]").textContent = state.said;
      if (state.next) {
        location.replace(state.next);
        return;
      }
    }
  } catch {
    button.hidden = false;
    failed.hidden = false;
  }
}

export function takeSteps() {
  for (const form of document.querySelectorAll("form[data-steps]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(form);
    });
    run(form);
  }
}

// Work that goes on by itself ([data-waits]): the page asks now and then how far it is, at its own address, whatever happens
// to single questions.
const PAUSE = 400;

async function wait(place) {
  const failed = place.querySelector("[data-steps-failed]");
  const progress = place.querySelector("progress");
  for (;;) {
    try {
      const response = await fetch(location.href, {
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        cache: "no-store",
      });
      if (!response.ok || response.redirected) throw new Error("unreachable");
      const state = await response.json();
      failed.hidden = true;
      progress.max = state.total;
      progress.value = Math.max(progress.value, state.done);
      place.querySelector("[data-steps-said]").textContent = state.said;
      if (state.next) {
        location.replace(state.next);
        return;
      }
    } catch {
      failed.hidden = false;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

export function waitForWork() {
  for (const place of document.querySelectorAll("[data-waits]")) wait(place);
}
