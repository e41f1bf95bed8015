// After a refused form the reader starts at the summary of what is wrong.

export function focusErrors() {
  document.querySelector("[data-error-summary]")?.focus();
}
