/** Saves articles from files: many in one transaction, each with the text that is searched. */
import type { Article } from '../article/article.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { announceChange } from './changes.ts';
import type { Entry } from './merge.ts';
import { readEntry } from './records.ts';
import { marksOf } from './saved-article.ts';
import { beginWriting, openDatabase, type Writing } from './schema.ts';
import { stampsAt } from './stamps.ts';
import { keepBefore, newSnapshot } from './snapshots.ts';
import { saveWithin, type Saving } from './store.ts';
import { putText } from './texts.ts';

/**
 * Saves all of the articles or, where it rejects, none. One that is already there stays as it is, one that is in the bin comes
 * back. What that changes is in the snapshot, one for a whole import. What is on the disk when this resolves stays there, whatever happens to the browser.
 */
export async function importArticles(
  articles: readonly Article[],
  now = Date.now(),
  snapshot = newSnapshot('import', now),
): Promise<Saving[]> {
  const database = await openDatabase();
  const stamp = await stampsAt(database, now);
  const transaction = beginWriting(database);
  const savings: Saving[] = [];
  const changed: string[] = [];
  await allOrNothing(transaction, async () => {
    for (const article of articles) {
      const saving = await saveWithin(transaction, article, now, stamp, false);
      savings.push(saving);
      if (!saving.isChanged) continue;
      changed.push(saving.summary.id);
      await keepBefore(transaction, snapshot, saving.summary.id, await entryBefore(transaction, saving), false);
      if (saving.isWritten) await putText(transaction, saving.summary, article);
    }
  });
  if (changed.length > 0) announceChange(changed);
  return savings;
}

/** What was known of an article that has just been saved; the text that an import brings replaces none. */
async function entryBefore(transaction: Writing, { summary, before }: Saving): Promise<Entry> {
  if (!before) return {};
  const { record, deleted } = await readEntry(transaction, summary.id);
  return { record: record && { ...record, marks: marksOf(before), stamps: before.stamps }, deleted };
}
