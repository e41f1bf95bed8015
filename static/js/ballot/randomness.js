// The one source of randomness in the browser.

const MOST = 65536; // what getRandomValues gives at once

/** So many random bytes of the browser's secure generator; throws where there is none. */
export function secureRandomness(length) {
  if (typeof globalThis.crypto?.getRandomValues !== "function")
    throw new Error("this browser has no secure randomness");
  const bytes = new Uint8Array(length);
  for (let start = 0; start < length; start += MOST)
    globalThis.crypto.getRandomValues(bytes.subarray(start, start + MOST));
  return bytes;
}
