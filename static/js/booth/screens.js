// One screen at a time; its heading takes the focus, so that a screen reader says where one is.

export class Screens {
  #root;

  constructor(root) {
    this.#root = root;
  }

  show(name, { focus = true } = {}) {
    for (const screen of this.#root.querySelectorAll("[data-screen]"))
      screen.hidden = screen.dataset.screen !== name;
    if (!focus) return;
    window.scrollTo(0, 0);
    this.find(name).querySelector("h1").focus({ preventScroll: true });
  }

  find(name) {
    return this.#root.querySelector(`[data-screen="${name}"]`);
  }
}
