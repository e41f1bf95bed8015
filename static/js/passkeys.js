// Passkeys: making one, signing in with one, confirming with one. Without script or without support the forms
// marked data-passkey stay hidden, and passwords and codes go on working.

const forms = document.querySelectorAll("form[data-passkey]");
if (window.PublicKeyCredential) for (const form of forms) prepare(form);

function prepare(form) {
  form.hidden = false;
  form.querySelector("button").addEventListener("click", async () => {
    const error = form.querySelector("[role=alert]");
    error.hidden = true;
    try {
      const credential = await ask(form);
      form.elements.credential.value = JSON.stringify(toJSON(credential));
      form.submit();
    } catch {
      error.hidden = false;
    }
  });
}

async function ask(form) {
  if (form.dataset.passkey === "make") {
    const { publicKey } = options("creation_options");
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
    publicKey.user.id = bytes(publicKey.user.id);
    publicKey.excludeCredentials = known(publicKey.excludeCredentials);
    publicKey.challenge = bytes(publicKey.challenge);
    return navigator.credentials.create({ publicKey });
  }
  const { publicKey } =
    form.dataset.passkey === "sign-in" ? await fetched(form.action) : options("request_options");
  publicKey.challenge = bytes(publicKey.challenge);
  publicKey.allowCredentials = known(publicKey.allowCredentials);
  return navigator.credentials.get({ publicKey });
}

function options(name) {
  return JSON.parse(document.getElementById("js_data").textContent)[name];
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
}

function known(credentials) {
  return (credentials ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
}

function bytes(base64url) {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function base64url(buffer) {
  const text = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function toJSON(credential) {
  const { response } = credential;
  const answer = {};
  for (const name of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    if (response[name]) answer[name] = base64url(response[name]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  };
}
