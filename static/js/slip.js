// The code of an activation slip comes after "#" in the link, which browsers send to nobody: put it into the form,
// take it out of the address and the history, and go on. Without script it is typed from the paper.

const form = document.querySelector("form[data-slip]");
const code = decodeURIComponent(window.location.hash.slice(1));
if (form && code && !form.querySelector(".is-invalid")) {
  history.replaceState(null, "", window.location.pathname);
  form.elements.code.value = code;
  form.requestSubmit();
}
