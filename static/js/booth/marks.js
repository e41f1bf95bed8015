// What was marked, in memory only: nothing here is ever stored or sent in clear.

export class Marks {
  #marks = new Map(); // row's position -> answer's place
  #rows;

  /** `rows`: the positions that this person marks, from 1; `questions`: all of the ballot, as they are sealed. */
  constructor(rows, questions) {
    this.#rows = rows;
    this.questions = questions;
  }

  get rows() {
    return this.#rows;
  }

  get done() {
    return this.#marks.size;
  }

  of(row) {
    return this.#marks.get(row) ?? null;
  }

  mark(row, answer) {
    this.#marks.set(row, answer);
  }

  clear(row) {
    this.#marks.delete(row);
  }

  forget() {
    this.#marks.clear();
  }

  /** The first row without a mark after `row`, going round; null if every row has one. */
  nextUnmarked(row = 0) {
    const unmarked = this.#rows.filter((each) => !this.#marks.has(each));
    return unmarked.find((each) => each > row) ?? unmarked[0] ?? null;
  }

  /** As `encryptBallot` takes them: for each question a 1 for the marked answer, zeros for an abstention. */
  choices() {
    return this.questions.map(({ answers }, index) =>
      answers.map((_, place) => (this.of(index + 1) === place ? 1 : 0)),
    );
  }
}
