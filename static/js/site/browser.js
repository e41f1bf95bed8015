// Whether this browser has what sealing, checking and counting need. The pages show their notice to whoever has not from
// the beginning, and a script that finds everything takes it away: one that cannot even be read takes nothing away.

export function isAbleBrowser() {
  return (
    typeof Worker === "function" &&
    typeof BigInt === "function" &&
    typeof AbortSignal?.timeout === "function" &&
    typeof globalThis.crypto?.getRandomValues === "function"
  );
}
