// Node's worker threads in the place of the browser's workers.
import { Worker } from "node:worker_threads";

export function threads() {
  const worker = new Worker(new URL("./thread.js", import.meta.url));
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onFailure) {
      worker.on("message", onMessage);
      worker.on("error", onFailure);
    },
    close: () => worker.terminate(),
  };
}
