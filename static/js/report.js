// The edit page of a report: a picture goes into the text with the words that stand beside it now,
// saved or not. static/js/rich-text.js does the inserting; without it the buttons stay hidden.

for (const button of document.querySelectorAll("[data-insert-picture]")) {
  button.hidden = false;
  button.addEventListener("click", () => takeWords(button));
}

function takeWords(button) {
  const row = button.closest("[data-picture]");
  const words = (field) =>
    row.querySelector(`input[name$="-${field}_${button.dataset.language}"]:not([type=hidden])`);
  button.dataset.pictureAlt = words("alt").value;
  button.dataset.pictureCaption = words("caption").value;
}
