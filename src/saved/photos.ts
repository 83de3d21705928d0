/**
 * Fetches the photos of saved articles, one by one. What is still wanted stands in the store, so the work goes on where it
 * was when the background died between two photos.
 */
import { isRfiAddress } from '../article/address.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { announceChange } from './changes.ts';
import type { SavedPhoto } from './saved-article.ts';
import { openDatabase } from './schema.ts';

/** A photo that takes longer is given up. Chromium ends a service worker whose fetch takes 30 seconds. */
const PATIENCE = 20_000;

/** RFI's largest photos have less than 1 MB. */
const MAX_BYTES = 25_000_000;

/** Photos that are looked up at once. */
const BATCH = 20;

/** Whether the bytes can be drawn: a server may call anything a photo. */
const isPicture = async (blob: Blob): Promise<boolean> => {
  // Drawings are text, which no worker can decode: https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html
  if (blob.type === 'image/svg+xml') return /^\s*<(\?xml|!--|svg)/i.test(await blob.slice(0, 100).text());
  try {
    (await createImageBitmap(blob)).close();
    return true;
  } catch {
    return false;
  }
};

/** Keeps the photos that are still wanted, of all articles, until none is left. Two callers never fetch the same photo. */
export async function keepWantedPhotos(onProgress: (articleId: string) => void = () => undefined): Promise<void> {
  await navigator.locks.request('liseuse-photos', async () => {
    for (;;) {
      // Some at a time: to find the next one, the index steps over all that have just left it.
      const batch = await (await openDatabase()).getAllFromIndex('photos', 'byState', 'wanted', BATCH);
      if (batch.length === 0) return;
      for (const wanted of batch) {
        // Its article may have been destroyed while the one before was fetched.
        const photo = await (await openDatabase()).get('photos', [wanted.articleId, wanted.src]);
        if (photo?.state !== 'wanted') continue;
        const blob = await fetchPhoto(wanted.src);
        // A photo that does not fit on the disk is counted as failed, like one that did not come.
        await recordPhoto(wanted, blob).catch(() => recordPhoto(wanted, null));
        announceChange([wanted.articleId]);
        onProgress(wanted.articleId);
      }
    }
  });
}

/** Wants the photos of an article again that could not be kept; `keepWantedPhotos` fetches them. */
export async function wantFailedPhotos(articleId: string): Promise<void> {
  const transaction = (await openDatabase()).transaction(['summaries', 'photos'], 'readwrite');
  const summaries = transaction.objectStore('summaries');
  await allOrNothing(transaction, async () => {
    const summary = await summaries.get(articleId);
    const photos = await transaction.objectStore('photos').index('byArticle').getAll(articleId);
    for (const photo of photos.filter(({ state }) => state === 'failed')) {
      await transaction.objectStore('photos').put({ ...photo, state: 'wanted' });
    }
    if (summary) await summaries.put({ ...summary, photos: { ...summary.photos, failed: 0 } });
  });
  announceChange([articleId]);
}

/** The photo at an address, null where there is none, it is none, or it takes too long. Asks RFI's hosts only. */
async function fetchPhoto(src: string): Promise<Blob | null> {
  if (!isRfiAddress(src)) return null;
  try {
    const response = await fetch(src.replace(/^http:/, 'https:'), {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) return null;
    const blob = await response.blob();
    return blob.type.startsWith('image/') && blob.size <= MAX_BYTES && (await isPicture(blob)) ? blob : null;
  } catch {
    return null;
  }
}

/** Writes down what became of a photo and counts it, unless its article was destroyed meanwhile. */
async function recordPhoto({ articleId, src }: SavedPhoto, blob: Blob | null): Promise<void> {
  const transaction = (await openDatabase()).transaction(['summaries', 'photos'], 'readwrite');
  const photos = transaction.objectStore('photos');
  const summaries = transaction.objectStore('summaries');
  await allOrNothing(transaction, async () => {
    const [photo, summary] = await Promise.all([photos.get([articleId, src]), summaries.get(articleId)]);
    if (photo?.state !== 'wanted') return;
    await photos.put({ articleId, src, state: blob ? 'kept' : 'failed', blob });
    if (!summary) return;
    const { total, kept, failed } = summary.photos;
    await summaries.put({
      ...summary,
      photos: { total, kept: kept + (blob ? 1 : 0), failed: failed + (blob ? 0 : 1) },
    });
  });
}
