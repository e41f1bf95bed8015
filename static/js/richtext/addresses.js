// Which addresses a text may name; the server has the same rules.

const LINK = /^(https?:\/\/|mailto:|tel:)\S/i;
const PICTURE = /^\/pictures\/[0-9a-f]{32}\/[1-9][0-9]{0,4}\.webp$/;
const MAIL = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/;
const SITE = /^[^\s@/:.]+(\.[^\s@/:.]+)+(:\d+)?([/?#]\S*)?$/;

export function isLinkAddress(address) {
  return LINK.test(address);
}

/** What somebody types for an address, made whole; null if it can be none. */
export function linkAddress(typed) {
  const text = typed.trim();
  if (isLinkAddress(text)) return text;
  if (MAIL.test(text)) return `mailto:${text}`;
  if (SITE.test(text)) return `https://${text}`;
  return null;
}

/** The address of one of this portal's pictures without its host, as a copied picture carries it; else null. */
export function pictureAddress(src, page = location.href) {
  const { origin } = new URL(page);
  const path = src.startsWith(`${origin}/`) ? src.slice(origin.length) : src;
  return PICTURE.test(path) ? path : null;
}
