/** How long the notes are that the reader writes, in UTF-16 units: with a bound, whatever a library holds fits into a backup that can be read. */

/** What is longer is not kept as it is typed: far more than anybody writes under an article. */
export const MAX_TYPED_NOTE = 100_000;

/** What is longer is cut as it is read from a file. More than is typed: two notes of one article, written at once, become one. */
export const MAX_NOTE = 1_000_000;

/** A note from a file, as long as one can be. */
export const cutNote = (note: string): string =>
  // No half of a letter that has two units.
  note.length > MAX_NOTE ? note.slice(0, MAX_NOTE).replace(/[\ud800-\udbff]$/, '') : note;
