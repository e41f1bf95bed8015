// Buttons that copy what stands in a field; without script the field is marked and copied by hand.

export function offerCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy][data-done]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select();
    return;
  }
  button.querySelector("span").textContent = button.dataset.done;
  const status = document.querySelector("[data-copy-status]");
  if (status) status.textContent = button.dataset.done;
}
