/** Loaded when a reader asks for it: the article of the overlay as a Markdown file. */
import { writeMarkdown } from './write-markdown.ts';

const NO_MARKS = { archivedTime: null, isFavourite: false, position: null, tags: [], note: '' };

globalThis.liseuseExtras ??= {};
globalThis.liseuseExtras.markdown = (article, saved) =>
  writeMarkdown({ article, savedTime: saved?.savedTime ?? null, marks: saved ?? NO_MARKS }, new Map());
