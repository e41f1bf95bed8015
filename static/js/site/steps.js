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
