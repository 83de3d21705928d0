/** Names of files that every system takes: what Windows refuses is gone, and the name is cut by bytes, as disks count. */

/** What Windows forbids or reads as something else, and what does not show: controls, marks of direction. */
const UNSAFE = /[<>:"/\\|?*\p{C}]+/gu;

/**
 * A part of a file name that says what a title says, of at most so many bytes in UTF-8; never a whole name by itself, for it may
 * be empty or one that Windows keeps for itself (CON, AUX).
 */
export function toFileName(title: string, maxBytes: number): string {
  const clean = title.normalize('NFC').replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim();
  const { read } = new TextEncoder().encodeInto(clean, new Uint8Array(maxBytes));
  // Windows drops a dot or a space at the end.
  return clean.slice(0, read).replace(/[. ]+$/, '');
}
