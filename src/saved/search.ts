/** The search over the saved list: all folded texts in memory, so that every letter typed can be answered at once. */
import { fold } from './fold.ts';
import { getLast } from './newest-first.ts';
import { matches, type Query } from './query.ts';
import type { SavedText, Summary } from './saved-article.ts';
import { openDatabase } from './schema.ts';

/** Texts in the first reading, and at most in one: the first hits are soon there, the last ones in a few steps. */
const FIRST_BATCH = 100;
const MAX_BATCH = 2000;

/** One for each window: it holds as much memory as the texts are long, two bytes a letter at most. */
export class Search {
  /** By the id of their articles. */
  readonly #texts = new Map<string, string>();
  /** The texts in the order of the list that was searched last: to look each up by its id costs more than many a search. */
  #listed: { summaries: readonly Summary[]; texts: readonly string[] } | null = null;

  /** Reads all texts, the newest first, and calls `onBatch` after each step: what is found so far can be shown. */
  async load(onBatch: () => void): Promise<void> {
    // All in one transaction: between two, each change of an import would have to be waited for.
    const { store } = (await openDatabase()).transaction('texts');
    let older: IDBKeyRange | null = null;
    for (let size = FIRST_BATCH; ; size = Math.min(size * 4, MAX_BATCH)) {
      const batch: SavedText[] = await getLast(store, older, size);
      for (const { id, text } of batch) this.#texts.set(id, text);
      this.#listed = null;
      onBatch();
      const oldest = batch.at(-1);
      if (!oldest || batch.length < size) return;
      older = IDBKeyRange.upperBound([oldest.savedTime, oldest.id], true);
    }
  }

  /**
   * Reads the texts of some articles again, or all where it may be any. What is no longer in the store is forgotten by its
   * id; else it stays in memory unseen, for `find` looks at the list that it is given.
   */
  async refresh(ids: readonly string[] | undefined): Promise<void> {
    if (!ids) return this.load(() => undefined);
    const transaction = (await openDatabase()).transaction(['summaries', 'texts']);
    await Promise.all(
      ids.map(async (id) => {
        const summary = await transaction.objectStore('summaries').get(id);
        const saved = summary && (await transaction.objectStore('texts').get([summary.savedTime, id]));
        if (saved) this.#texts.set(id, saved.text);
        else this.#texts.delete(id);
      }),
    );
    this.#listed = null;
  }

  /**
   * The articles that a query asks for, in the order of the given summaries: a list that changes has to be a new
   * array. Of an article whose text is not loaded, filters, the reader's tags and notes are looked at.
   */
  find(query: Query, summaries: readonly Summary[]): Summary[] {
    const texts = query.words.length > 0 ? this.#textsOf(summaries) : [];
    const found: Summary[] = [];
    for (const [index, summary] of summaries.entries()) {
      if (matches(query, summary, texts[index] ?? '')) found.push(summary);
    }
    return found;
  }

  #textsOf(summaries: readonly Summary[]): readonly string[] {
    if (this.#listed?.summaries !== summaries) {
      this.#listed = { summaries, texts: summaries.map((summary) => this.#texts.get(summary.id) ?? newText(summary)) };
    }
    return this.#listed.texts;
  }
}

/** What can be searched of an article whose text has not been written yet: it was saved a moment ago. */
const newText = ({ isTextOld, title, excerpt }: Summary): string => (isTextOld ? fold(`${title}\n${excerpt}`) : '');
