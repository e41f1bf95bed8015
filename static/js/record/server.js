// Talking to the server: every failure that leaves the text here is an `Unreachable`.

import { csrfToken } from "../site/token.js";

export class Unreachable extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason; // "offline" or "signed-out"
  }
}

export class Refused extends Error {
  constructor(messages) {
    super(messages.join(" "));
    this.messages = messages;
  }
}

async function answerOf(response) {
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  if (response.redirected || response.status === 401 || response.status === 403)
    throw new Unreachable("signed-out");
  if (response.status === 409 && isJson) throw new Refused((await response.json()).errors);
  if (!response.ok || !isJson) throw new Unreachable("offline");
  return response.json();
}

async function request(address, options) {
  let response;
  try {
    response = await fetch(address, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new Unreachable("offline");
  }
  return answerOf(response);
}

export function post(address, body) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  return request(address, { method: "POST", body, headers, signal: AbortSignal.timeout(20_000) });
}

export function get(address) {
  return request(address, {
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(10_000),
  });
}

/** A submission with files: told how much is on its way, from 0 to 1. */
export function upload(address, body, onProgress) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", address);
    sending.setRequestHeader("Accept", "application/json");
    sending.setRequestHeader("X-CSRFToken", csrfToken());
    sending.timeout = 180_000;
    sending.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    sending.addEventListener("load", () => {
      const headers = new Headers({
        "content-type": sending.getResponseHeader("content-type") ?? "",
      });
      const body = sending.status === 204 ? null : sending.responseText;
      const response = new Response(body, { status: sending.status, headers });
      answerOf(response).then(resolve, reject);
    });
    for (const failure of ["error", "timeout", "abort"]) {
      sending.addEventListener(failure, () => reject(new Unreachable("offline")));
    }
    sending.send(body);
  });
}
