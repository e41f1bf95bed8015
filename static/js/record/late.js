// The times of somebody who came: unfolded when there are some, with a word if the person was late. The server decides
// that, since it knows the start and the minutes of grace.

export function showLate(element, row) {
  const times = element?.querySelector("[data-times]");
  if (!times || row.late === undefined) return;
  times.querySelector("[data-late]").hidden = !row.late;
  if (row.fields?.arrived_at?.value || row.fields?.left_at?.value) times.open = true;
}
