// What static/js/ballot.worker.js is to a page, for Node's worker threads.
import { parentPort } from "node:worker_threads";
import { serve } from "../../../static/js/ballot/tasks.js";

const handle = serve((message) => parentPort.postMessage(message));
parentPort.on("message", handle);
