/** What import, export and backup have in common: they take long, and say how far they are. */

/** A screen reader says each report of a long work: in milliseconds. */
export const REPORT_INTERVAL = 500;

/** The browser asks the reader who leaves in the middle of a work. */
export const askBeforeLeaving = (event: BeforeUnloadEvent): void => event.preventDefault();
