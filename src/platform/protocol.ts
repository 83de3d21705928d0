/** Every message between the parts of the extension, by direction. Types only. */
import type { Article } from '../article/article.ts';
import type { Highlight } from '../article/highlight.ts';
import type { Position } from '../article/position.ts';
import type { StorageReason } from '../saved/store.ts';
import type { Summary } from '../saved/saved-article.ts';

/** To the background, from the pages of rfi.fr, the overlay, the popup and the library. */
export interface ToBackground {
  /** A tab shows an article that has these addresses: its toolbar icon is to say whether the article is saved. */
  notePage(addresses: string[]): void;
  /** The reader went to an article, which opens by itself in the overlay where the reader chose that for its edition. */
  offerPage(): void;
  /** Keeps an article's text, then its photos. Resolves when the text is kept. */
  saveArticle(article: Article): SaveResult;
  /** The saved article at an address, null if there is none or the list cannot be read. */
  findSaved(address: string): Summary | null;
  /** The reader is at this place of a saved article. */
  notePosition(reading: { id: string; position: Position }): void;
  /** The note of a saved article, from a page that is being closed. */
  keepNote(written: { id: string; note: string; seen: string[] }): void;
  /** A highlight of a saved article, new or changed. Answers whether it is kept. */
  keepHighlight(made: { id: string; highlight: Highlight }): boolean;
  /** Takes a highlight from a saved article, by its own id. Answers whether it is gone. */
  removeHighlight(removed: { id: string; highlightId: string }): boolean;
  /** The list was changed: toolbar icons and overlays follow, texts are renewed and photos that are wanted are fetched. */
  savedListChanged(): void;
  /** What saves left for later is done: the texts that are searched, and photos. Any message wakes a background that was ended. */
  goOn(): void;
  /** The HTML of an article of RFI's, null where it cannot be had. */
  fetchPage(address: string): string | null;
  /** Puts what has this name in extras.ts into the page that asks. Rejects where it cannot. */
  loadExtra(name: string): void;
  /** The page took the overlay away, not the reader: the toolbar is to say so. */
  overlayTaken(): void;
  /** Opens the library in a tab. */
  openLibrary(): void;
}

/** To the pages of rfi.fr and the overlays on them, from the background. */
export interface ToPage {
  /** An article was saved or removed: what a page shows of it may be old. */
  savedListChanged(): void;
  /** A photo was kept or given up: what an overlay says of it may be old. */
  photosChanged(): void;
}

/** What became of a save. `invalid`: what was sent is no article. */
export type SaveResult = { ok: true; summary: Summary } | { ok: false; reason: StorageReason | 'invalid' };

/** What travels. The direction keeps listeners of the other side silent. */
export interface Envelope {
  to: 'background' | 'page';
  method: string;
  argument: unknown;
}
