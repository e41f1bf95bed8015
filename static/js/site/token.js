// The anti-forgery token of the moment. From the cookie: signing in, perhaps in another tab, makes a new one, and the one
// that was written into the page is worth nothing from then on.

export function csrfToken() {
  return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}
