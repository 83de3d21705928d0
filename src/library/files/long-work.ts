/** What import, export, backup and snapshots have in common: they take long, say how far they are, and would be lost with the page. */

/** A screen reader says each report of a long work: in milliseconds. */
export const REPORT_INTERVAL = 500;

const askBeforeLeaving = (event: BeforeUnloadEvent): void => event.preventDefault();

/** What is lost if the page goes now. */
const works = new Set<object>();

/** From now on the browser asks the reader who leaves, until `endWork` of the same work and of all others. */
export function beginWork(work: object): void {
  works.add(work);
  addEventListener('beforeunload', askBeforeLeaving);
}

/** The end of a work, or of what is lost of it with the page; one that has not begun may end too. */
export function endWork(work: object): void {
  works.delete(work);
  if (works.size === 0) removeEventListener('beforeunload', askBeforeLeaving);
}
