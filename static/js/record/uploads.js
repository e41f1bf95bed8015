// Photographs and papers go to the server as soon as they are chosen, one after the other, with real progress.

import { newId } from "./ids.js";
import { insertRow } from "./rows.js";
import { Refused, upload } from "./server.js";
import { button } from "./status.js";
import { text } from "./texts.js";

export class Uploads {
  #queue = Promise.resolve();

  constructor(form, autosave, onAnswer) {
    this.form = form;
    this.autosave = autosave;
    this.onAnswer = onAnswer;
    for (const box of form.querySelectorAll("[data-upload]")) {
      box
        .querySelector("input[type=file]")
        .addEventListener("change", (event) => this.#chosen(box, event.target));
    }
  }

  #chosen(box, input) {
    for (const file of input.files) this.#enqueue(box, file, newId());
    input.value = "";
  }

  #enqueue(box, file, id) {
    const line = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    name.textContent = file.name;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    line.append(name, bar);
    box.querySelector("[data-upload-states]").append(line);
    this.#queue = this.#queue.then(() => this.#send(box, file, id, line, bar));
  }

  async #send(box, file, id, line, bar) {
    const body = new FormData();
    body.append(box.dataset.upload, file);
    body.append("photo_id", id); // the same for every attempt: a retry makes no second photograph
    try {
      const answer = await upload(this.form.dataset.address, body, (share) => {
        bar.value = share;
      });
      this.#arrived(answer, line);
    } catch (failure) {
      bar.remove();
      const reason = failure instanceof Refused ? failure.message : text("not-sent");
      this.#tell(line, reason, () => this.#again(box, file, id, line));
    }
  }

  #again(box, file, id, line) {
    line.remove();
    this.#enqueue(box, file, id);
  }

  #arrived(answer, line) {
    for (const row of answer.rows) {
      if (row.html && !this.form.querySelector(`[data-row="${row.row}"]`)) {
        this.autosave.watch(insertRow(this.form, row.row, row.html));
      }
    }
    this.onAnswer(answer);
    const refused = answer.refused_files[0];
    if (refused) {
      line.querySelector("progress").remove();
      this.#tell(line, refused.error);
    } else line.remove();
  }

  #tell(line, sentence, again) {
    const said = document.createElement("p");
    said.className = "field-error";
    said.setAttribute("role", "alert");
    said.textContent = sentence;
    line.append(said);
    if (again) line.append(button(text("try-again"), again));
    line.append(button(text("close"), () => line.remove(), "btn-link"));
  }
}
