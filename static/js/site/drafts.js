// Forms marked data-draft keep what is typed in this browser until the server has saved it
// (branch_portal/forms/drafts.py tells by a cookie), and offer it again after a closed tab or a lost connection.

const PREFIX = "portal-draft:";
const KEPT_FOR = 14 * 24 * 3600 * 1000; // ms; a draft nobody came back for is not kept for ever

export function keepDrafts() {
  forgetSaved();
  forgetOld();
  for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
  for (const form of document.querySelectorAll("form[data-clears-drafts]")) {
    form.addEventListener("submit", forgetAll);
  }
}

function forgetSaved() {
  const saved = /(?:^|; )saved_draft="?([^;"]*)/.exec(document.cookie)?.[1];
  if (!saved) return;
  write(saved, null);
  document.cookie = "saved_draft=; Max-Age=0; path=/; SameSite=Strict";
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function forgetAll() {
  for (const key of keys()) localStorage.removeItem(key);
}

function forgetOld() {
  for (const key of keys()) {
    const at = read(key.slice(PREFIX.length))?.at;
    if (at && at < Date.now() - KEPT_FOR) localStorage.removeItem(key);
  }
}

function keep(form) {
  // The user's own: another person at the same browser is not offered it.
  const key = `${document.body.dataset.user ?? "0"}:${form.dataset.draft}`;
  form.append(hidden("draft_key", key));
  const kept = read(key);
  const isShownAgain = form.querySelector(".is-invalid") !== null;
  if (kept && !isShownAgain && differs(form, kept.values)) offer(form, key, kept);
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => write(key, { at: Date.now(), values: values(form) }), 400);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}

function hidden(name, value) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = name;
  input.value = value;
  return input;
}

/** Everything typed or chosen; never passwords, files, tokens or the hidden bases. */
function values(form) {
  const kept = {};
  for (const input of form.elements) {
    if (!input.name || ["password", "file", "hidden", "submit", "button"].includes(input.type))
      continue;
    if (input.type === "checkbox" || input.type === "radio") {
      kept[input.name] ??= [];
      if (input.checked) kept[input.name].push(input.value);
    } else kept[input.name] = input.value;
  }
  return kept;
}

function differs(form, kept) {
  const now = values(form);
  return Object.entries(kept).some(
    ([name, value]) => name in now && JSON.stringify(now[name]) !== JSON.stringify(value),
  );
}

function offer(form, key, kept) {
  const words = WORDS[document.documentElement.lang] ?? WORDS.en;
  const box = document.createElement("div");
  box.className = "notice notice-warning";
  box.setAttribute("role", "status");
  const line = document.createElement("p");
  const time = new Date(kept.at).toLocaleString(document.documentElement.lang, {
    dateStyle: "short",
    timeStyle: "short",
  });
  line.textContent = words.kept.replace("{time}", time);
  box.append(line);
  const choose = (label, action) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-secondary";
    button.textContent = label;
    button.addEventListener("click", () => {
      action();
      box.remove();
    });
    box.append(button);
  };
  choose(words.putBack, () => putBack(form, kept.values));
  choose(words.discard, () => write(key, null));
  form.prepend(box);
}

function putBack(form, kept) {
  for (const input of form.elements) {
    if (!(input.name in kept)) continue;
    const value = kept[input.name];
    if (input.type === "checkbox" || input.type === "radio")
      input.checked = value.includes(input.value);
    else {
      input.value = value;
      input.dispatchEvent(new CustomEvent("portal:set-value", { detail: { value } }));
    }
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value) localStorage.setItem(PREFIX + key, JSON.stringify(value));
    else localStorage.removeItem(PREFIX + key);
  } catch {
    // A browser without storage keeps no drafts; the form works all the same.
  }
}

const WORDS = {
  en: {
    kept: "Text from {time} was not saved. Put it back?",
    putBack: "Put it back",
    discard: "Discard it",
  },
  "zh-Hans": { kept: "{time} 填写的内容没有保存。要恢复吗？", putBack: "恢复", discard: "放弃" },
};
