// The word that says somebody came late: the server decides it, since it knows the start and the minutes of grace.

export function showLate(element, row) {
  const word = element?.querySelector("[data-late]");
  if (word && row.late !== undefined) word.hidden = !row.late;
}
