// The container of an archive (`UUID.bel`): an old-style tar, written and accepted byte for byte in one way only.

import { Fault, ProtocolError } from "./errors.js";

const BLOCK = 512;
const LARGEST_MEMBER = 64 * 2 ** 20; // as the server's; nothing of an election is near it
export const FIRST = "BELENIOS";

/** A file in the archive: its name, its content (a view of the archive's bytes) and its time. */
export class Member {
  constructor(name, content, time) {
    this.name = name;
    this.content = content;
    this.time = time;
    Object.freeze(this);
  }
}

/** Header, content and padding; `time` in seconds since 1970, the same for all members of an archive. */
export function writeMember(name, content, time) {
  const bytes = new Uint8Array(BLOCK + content.length + paddingAfter(content.length));
  bytes.set(headerOf(name, content.length, time));
  bytes.set(content, BLOCK);
  return bytes;
}

/** Every member in order; `ProtocolError` at the first byte that is not as it must be. Takes bytes. */
export function* readMembers(bytes) {
  let position = 0;
  let firstTime = null;
  if (!beginsArchive(bytes.subarray(0, BLOCK))) throw new ProtocolError(Fault.ARCHIVE_FIRST);
  while (position < bytes.length) {
    if (position + BLOCK > bytes.length) throw new ProtocolError(Fault.ARCHIVE_TRUNCATED);
    const { name, size, time } = readHeader(bytes.subarray(position, position + BLOCK));
    if (firstTime === null && name !== FIRST) throw new ProtocolError(Fault.ARCHIVE_FIRST);
    firstTime ??= time;
    if (time !== firstTime) throw new ProtocolError(Fault.ARCHIVE_HEADER, "time");
    if (size > LARGEST_MEMBER) throw new ProtocolError(Fault.ARCHIVE_HEADER, "size");
    const start = position + BLOCK;
    const end = start + size;
    position = end + paddingAfter(size);
    if (position > bytes.length) throw new ProtocolError(Fault.ARCHIVE_TRUNCATED);
    if (bytes.subarray(end, position).some((byte) => byte !== 0))
      throw new ProtocolError(Fault.ARCHIVE_HEADER, "padding");
    yield new Member(name, bytes.subarray(start, end), time);
  }
}

/** Whether this is an archive at all, be it a damaged one: by the name, or as a member that lost its place. */
function beginsArchive(header) {
  if (latin(header.subarray(0, FIRST.length)) === FIRST) return true;
  try {
    readHeader(header);
  } catch {
    return false;
  }
  return true;
}

/** Name, size and time, if writing them again gives the same bytes. */
function readHeader(header) {
  const name = latin(header.subarray(0, 100)).replace(/\0+$/, "");
  const size = octal(header.subarray(124, 135));
  const time = octal(header.subarray(136, 147));
  if (header.length === BLOCK && isAscii(name) && size !== null && time !== null) {
    const written = headerOf(name, size, time);
    if (header.every((byte, index) => byte === written[index])) return { name, size, time };
  }
  throw new ProtocolError(Fault.ARCHIVE_HEADER);
}

function headerOf(name, size, time) {
  const header = new Uint8Array(BLOCK);
  const put = (text, at) => {
    for (let i = 0; i < text.length; i++) header[at + i] = text.charCodeAt(i);
  };
  put(name, 0);
  put("0000644", 100);
  put("0000000", 108);
  put("0000000", 116);
  put(size.toString(8).padStart(11, "0"), 124);
  put(time.toString(8).padStart(11, "0"), 136);
  put(" ".repeat(8), 148);
  put("0", 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

function octal(bytes) {
  const text = latin(bytes);
  return /^[0-7]{11}$/.test(text) ? Number.parseInt(text, 8) : null;
}

function latin(bytes) {
  return String.fromCharCode(...bytes);
}

function isAscii(text) {
  return [...text].every((character) => character.charCodeAt(0) < 128);
}

function paddingAfter(size) {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}
