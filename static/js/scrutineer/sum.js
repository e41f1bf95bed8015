// Whether a sum that was verified is one that this browser may help to open.
//
// Everything in an archive can hold and yet it be that of one ballot: the server decides what it closes. So what this
// browser saw in the box while it watched is held against it, and a sum of few ballots is not opened at all.

/**
 * What speaks against opening the sum of `ballots` ballots: "missing" if this browser saw more of them in the box
 * (`most`), "few" if they are fewer than are ever opened (`smallest`) and no paper is added to them; null if nothing does.
 */
export function objection(ballots, { most, smallest, paper }) {
  if (ballots < most) return "missing";
  if (ballots < smallest && paper === 0) return "few";
  return null;
}
