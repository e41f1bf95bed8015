// The entry of the worker that checks, counts and encrypts ballots: see ballot/workers.js and ballot/tasks.js.

import { serve } from "./ballot/tasks.js";

const handle = serve((message) => self.postMessage(message));
self.addEventListener("message", (event) => handle(event.data));
