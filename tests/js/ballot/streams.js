// Randomness that is the same every time, here and in tests/protocol/streams.py: SHA-256 of a seed and a counter.
import { createHash } from "node:crypto";

/** Bytes of SHA-256(seed, counter of four bytes) for counters from 0, one digest after another. Text or bytes. */
export function stream(seed) {
  let waiting = Buffer.alloc(0);
  let counter = 0;
  return (length) => {
    while (waiting.length < length) {
      const number = Buffer.alloc(4);
      number.writeUInt32BE(counter);
      counter += 1;
      const digest = createHash("sha256").update(seed).update(number).digest();
      waiting = Buffer.concat([waiting, digest]);
    }
    const drawn = new Uint8Array(waiting.subarray(0, length));
    waiting = waiting.subarray(length);
    return drawn;
  };
}
