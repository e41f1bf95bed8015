// The bar at the bottom: what the server has, in a word and an icon; and notices of what others did.

import { text } from "./texts.js";

const ICONS = {
  saved: "cloud-check",
  saving: "cloud-arrow-up",
  waiting: "pencil",
  offline: "cloud-slash",
  trouble: "exclamation-octagon",
};

export class Status {
  constructor(form) {
    this.bar = form.querySelector("[data-status]");
    this.line = form.querySelector("[data-status-text]");
    this.icon = form.querySelector("[data-status-icon]");
    this.notices = form.querySelector("[data-notices]");
  }

  show(state, key, values) {
    this.bar.dataset.state = state;
    this.icon.className = `bi bi-${ICONS[state]}`;
    const sentence = text(key, values);
    if (this.line.textContent !== sentence) this.line.textContent = sentence;
  }

  /** A notice with buttons ({label: action}); it goes when a button is pressed. */
  notice(sentence, actions = {}, level = "info") {
    const box = document.createElement("div");
    box.className = `notice notice-${level}`;
    const body = document.createElement("div");
    const line = document.createElement("p");
    line.textContent = sentence;
    body.append(line);
    for (const [label, action] of Object.entries(actions)) {
      const act = () => {
        box.remove();
        action();
      };
      body.append(button(label, act));
    }
    box.append(
      body,
      button(text("close"), () => box.remove(), "btn-link ms-auto"),
    );
    this.notices.append(box);
    return box;
  }

  /** A short word about what somebody else did; several about the same thing become the last one. */
  told(key, sentence) {
    this.notices.querySelector(`[data-about="${CSS.escape(key)}"]`)?.remove();
    this.notice(sentence).dataset.about = key;
    const told = this.notices.querySelectorAll("[data-about]");
    if (told.length > 4) told[0].remove();
  }
}

export function button(label, action, style = "btn-outline-secondary") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn ${style} me-2`;
  made.textContent = label;
  made.addEventListener("click", action);
  return made;
}
