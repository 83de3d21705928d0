/**
 * The texts that are searched. They follow the articles: a save only notes that the text is old, and whoever has the time
 * makes it new, so that no save waits for it and a browser that is killed in between loses nothing.
 */
import type { Article } from '../article/article.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { announceChange } from './changes.ts';
import { fold } from './fold.ts';
import { NEW_FIELDS, summarize, type Summary } from './saved-article.ts';
import { beginWriting, openDatabase, type Writing } from './schema.ts';

/** Articles in one transaction: as many as a page can fold without being missed. */
const BATCH = 20;

/** Makes every text that is old new, batch after batch. Two callers never do the same one. */
export async function renewTexts(): Promise<void> {
  await navigator.locks.request('liseuse-texts', async () => {
    const changed: string[] = [];
    for (let ids = await renewBatch(); ids.length > 0; ids = await renewBatch()) changed.push(...ids);
    if (changed.length > 0) announceChange(changed);
  });
}

async function renewBatch(): Promise<string[]> {
  const transaction = beginWriting(await openDatabase());
  const summaries = transaction.objectStore('summaries');
  const renewOne = async (summary: Summary): Promise<void> => {
    const saved = await transaction.objectStore('articles').get(summary.id);
    if (saved) return putText(transaction, summary, saved.article);
    const { isTextOld: _isTextOld, ...rest } = summary;
    await summaries.put(rest);
  };
  return allOrNothing(transaction, async () => {
    const old = await summaries.index('byOldText').getAll(undefined, BATCH);
    await Promise.all(old.map(renewOne));
    return old.map(({ id }) => id);
  });
}

/** Writes the text of an article, as a part of a transaction, and notes in its summary that it is no longer old. */
export async function putText(transaction: Writing, summary: Summary, article: Article): Promise<void> {
  const { isTextOld: _isTextOld, ...rest } = summary;
  const { id, savedTime, title, excerpt, byline, section } = rest;
  const { keywords, hasSound } = summarize({ ...NEW_FIELDS, ...article }, id, savedTime);
  const lines = [title, excerpt, byline, section, keywords.join('\n'), article.textContent];
  await transaction.objectStore('texts').put({ savedTime, id, text: fold(lines.filter(Boolean).join('\n')) });
  await transaction.objectStore('summaries').put({ ...rest, keywords, hasSound });
}
