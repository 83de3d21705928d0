/** Saves articles from files: many in one transaction, each with the text that is searched. */
import type { Article } from '../article/article.ts';
import { announceChange } from './changes.ts';
import type { Marks, PhotoCount, Summary } from './saved-article.ts';
import { beginWriting, openDatabase, type Writing } from './schema.ts';
import { stampsAt } from './stamps.ts';
import { saveWithin, type Saving } from './store.ts';
import { putText } from './texts.ts';

/** An article from a file that says how it was kept. */
export interface KeptArticle {
  article: Article;
  marks?: Marks | undefined;
  /** When it was saved, in milliseconds since 1970; null where the file does not say. */
  savedTime?: number | null | undefined;
  /** Images by their addresses. */
  photos?: ReadonlyMap<string, Blob> | undefined;
}

/**
 * Saves all of the articles or, where it rejects, none. One that is already there stays as it is, one that is in the bin comes
 * back. What is on the disk when this resolves stays there, whatever happens to the browser.
 */
export function importArticles(articles: readonly Article[], now = Date.now()): Promise<Saving[]> {
  return importKeptArticles(
    articles.map((article) => ({ article })),
    now,
  );
}

/**
 * The same for articles with marks and photos. Marks and time are those of the file where the article is new; photos come in
 * wherever they are missing.
 */
export async function importKeptArticles(brought: readonly KeptArticle[], now = Date.now()): Promise<Saving[]> {
  const database = await openDatabase();
  const stamp = await stampsAt(database, now);
  const transaction = beginWriting(database);
  const savings: Saving[] = [];
  const changed: string[] = [];
  for (const { article, marks, savedTime, photos } of brought) {
    const time = Math.min(savedTime ?? now, now);
    const { isNew, isWritten, isChanged, summary: saved } = await saveWithin(transaction, article, time, stamp, false);
    let summary: Summary = isWritten ? { ...saved, ...marks } : saved;
    const count = await putMissingPhotos(transaction, summary, photos);
    if (count) summary = { ...summary, photos: count };
    if ((isWritten && marks) || count) await transaction.objectStore('summaries').put(summary);
    if (isWritten) await putText(transaction, summary, article);
    if (isChanged || count) changed.push(summary.id);
    savings.push({ summary, isNew });
  }
  await transaction.done;
  if (changed.length > 0) announceChange(changed);
  return savings;
}

/** Resolves to the new count where a photo came in. */
async function putMissingPhotos(
  transaction: Writing,
  { id, photos: before }: Summary,
  photos: ReadonlyMap<string, Blob> = new Map(),
): Promise<PhotoCount | undefined> {
  const store = transaction.objectStore('photos');
  const count = { ...before };
  for (const [src, blob] of photos) {
    const photo = await store.get([id, src]);
    if (!photo || photo.state === 'kept' || !blob.type.startsWith('image/')) continue;
    await store.put({ articleId: id, src, state: 'kept', blob });
    count.kept++;
    if (photo.state === 'failed') count.failed--;
  }
  return count.kept > before.kept ? count : undefined;
}
