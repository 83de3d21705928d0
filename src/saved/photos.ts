/**
 * Fetches the photos of saved articles, one by one, and gives them up where the reader wants the room. What is still wanted
 * stands in the store, so the work goes on where it was when the background died between two photos.
 */
import { isRfiAddress } from '../article/address.ts';
import { imageType } from '../article/image-type.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { announceChange } from './changes.ts';
import { needRoom } from './room.ts';
import { summarizePhotos, type SavedPhoto, type Summary } from './saved-article.ts';
import { openDatabase } from './schema.ts';
import { slices } from './slices.ts';
import { listSummaries } from './store.ts';

/** A photo that takes longer is given up. Chromium ends a service worker whose fetch takes 30 seconds. */
const PATIENCE = 20_000;

/** RFI's largest photos have less than 1 MB. */
const MAX_BYTES = 25_000_000;

/** Photos that are looked up at once. */
const BATCH = 20;

/** Articles that are changed in one transaction: every list that is open is drawn again after each. */
const ARTICLES = 200;

/** Photos in a row that the network did not bring: then it is down, and what is still wanted waits for a better time. */
const MAX_UNREACHED = 3;

const HOUR = 60 * 60 * 1000;
/** How long a photo is left alone after it was refused once, twice, three times; after that it is tried when the reader asks. */
const PAUSES = [HOUR, 24 * HOUR, 7 * 24 * HOUR];

/** Whether the bytes can be drawn: a server may call anything a photo. */
export const isPicture = async (blob: Blob): Promise<boolean> => {
  // Drawings are text, which no worker can decode: https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html
  if (blob.type === 'image/svg+xml') return /<svg[\s>]/i.test(await blob.slice(0, 2000).text());
  try {
    (await createImageBitmap(blob)).close();
    return true;
  } catch {
    return false;
  }
};

/**
 * Keeps the photos that are still wanted, of all articles, until none is left or the network is down. Two callers never fetch
 * the same photo.
 *
 * @param onProgress is told the article of each photo that was kept or failed
 * @param readWidth the greatest width in pixels that a photo is fetched in, where RFI has it; null for as published
 */
export async function keepWantedPhotos(
  onProgress: (articleId: string) => void = () => undefined,
  readWidth: () => Promise<number | null> = async () => null,
): Promise<void> {
  await navigator.locks.request('liseuse-photos', async () => {
    let unreached = 0;
    while (navigator.onLine !== false) {
      // Some at a time: to find the next one, the index steps over all that have just left it.
      const batch = await (await openDatabase()).getAllFromIndex('photos', 'byState', 'wanted', BATCH);
      if (batch.length === 0) return;
      for (const wanted of batch) {
        // Its article may have been destroyed while the one before was fetched.
        const photo = await (await openDatabase()).get('photos', [wanted.articleId, wanted.src]);
        if (photo?.state !== 'wanted') continue;
        const fetched = await fetchPhoto(wanted.src, await readWidth());
        // A photo that does not fit on the disk has failed, like one that did not come.
        await recordPhoto(wanted, fetched).catch(() => recordPhoto(wanted, 'refused'));
        onProgress(wanted.articleId);
        unreached = fetched === 'unreached' ? unreached + 1 : 0;
        if (unreached === MAX_UNREACHED) return;
      }
    }
  });
}

/** Wants the photos of an article again that could not be kept; `keepWantedPhotos` fetches them. */
export function wantFailedPhotos(articleId: string): Promise<void> {
  return changePhotos([articleId], (photo) => (photo.state === 'failed' ? { ...photo, state: 'wanted' } : photo));
}

/** Wants the photos of an article again that were dropped; `keepWantedPhotos` fetches them. */
export function wantDroppedPhotos(articleId: string): Promise<void> {
  return changePhotos([articleId], (photo) => (photo.state === 'dropped' ? { ...photo, state: 'wanted' } : photo));
}

/** Wants the photos of all articles again that failed long enough ago: each time they are left alone for longer. */
export async function wantOverduePhotos(now = Date.now()): Promise<void> {
  const isOverdue = ({ state, failedTime = 0, refusals = 0 }: SavedPhoto): boolean =>
    state === 'failed' && now - failedTime >= (PAUSES[Math.max(0, refusals - 1)] ?? Infinity);
  const failed = await (await openDatabase()).getAllFromIndex('photos', 'byState', 'failed');
  const articleIds = new Set(failed.filter(isOverdue).map(({ articleId }) => articleId));
  await changePhotos([...articleIds], (photo) => (isOverdue(photo) ? { ...photo, state: 'wanted' } : photo));
}

/** Whether the photos of an article go when those of archived articles do; the bin's go with the bin. */
export const isArchived = ({ archivedTime, removedTime }: Summary): boolean =>
  archivedTime !== null && removedTime === null;

/** How many photos `dropArchivedPhotos` would take off the disk now. Rejects with the browser's DOMException. */
export async function countArchivedPhotos(): Promise<number> {
  return (await listSummaries()).filter(isArchived).reduce((sum, { photos }) => sum + photos.kept, 0);
}

/**
 * Drops all photos of archived articles, also those still to come; the texts stay. Resolves to the ids of these articles; rejects
 * with the browser's DOMException.
 */
export async function dropArchivedPhotos(): Promise<string[]> {
  const hasPhotos = ({ photos: { total, dropped = 0 } }: Summary): boolean => total > dropped;
  const archived = (await listSummaries()).filter((summary) => isArchived(summary) && hasPhotos(summary));
  for (const batch of slices(archived, ARTICLES)) {
    const transaction = (await openDatabase()).transaction(['summaries', 'photos'], 'readwrite');
    const photos = transaction.objectStore('photos');
    const drop = async ({ id }: Summary): Promise<void> => {
      const summary = await transaction.objectStore('summaries').get(id);
      // It may have left the archive meanwhile.
      if (!summary || !isArchived(summary)) return;
      // The addresses alone: a browser takes its time to read an image.
      const keys = await photos.index('byArticle').getAllKeys(id);
      const dropped = keys.map(([articleId, src]) => ({ articleId, src, state: 'dropped', blob: null }) as const);
      for (const photo of dropped) await photos.put(photo);
      await transaction.objectStore('summaries').put({ ...summary, ...summarizePhotos(dropped) });
    };
    await allOrNothing(transaction, () => Promise.all(batch.map(drop)));
    announceChange(batch.map(({ id }) => id));
  }
  return archived.map(({ id }) => id);
}

/** What came of a request: the photo, an answer that is none, or no answer at all. */
type Fetched = Blob | 'refused' | 'unreached';

/** RFI names the width of a photo in its address: the same address with a smaller one, where it has a greater. */
function narrowAddress(src: string, width: number | null): string {
  return src.replace(/^(https:\/\/s\.rfi\.fr\/media\/display\/[^/]+\/w:)(\d+)(?=\/p:)/, (whole, before, published) =>
    width !== null && width < Number(published) ? `${before}${width}` : whole,
  );
}

/** The photo of an address, in a smaller width where one is wanted and RFI has it. Asks RFI's hosts only. */
async function fetchPhoto(src: string, width: number | null): Promise<Fetched> {
  if (!isRfiAddress(src)) return 'refused';
  const published = src.replace(/^http:/, 'https:');
  const narrow = narrowAddress(published, width);
  const fetched = await fetchPicture(narrow);
  return fetched === 'refused' && narrow !== published ? fetchPicture(published) : fetched;
}

async function fetchPicture(address: string): Promise<Fetched> {
  try {
    const response = await fetch(address, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) return 'refused';
    const blob = await response.blob();
    const type = imageType(blob.type);
    if (type === '' || blob.size > MAX_BYTES) return 'refused';
    const picture = blob.type === type ? blob : blob.slice(0, blob.size, type);
    return (await isPicture(picture)) ? picture : 'refused';
  } catch {
    return 'unreached';
  }
}

/** A wanted photo after it was asked for. A network that was down is not the photo's fault: it makes no pause longer. */
function afterFetching(photo: SavedPhoto, fetched: Fetched): SavedPhoto {
  const { articleId, src, refusals = 0 } = photo;
  if (typeof fetched !== 'string') return { articleId, src, state: 'kept', blob: fetched };
  return { ...photo, state: 'failed', failedTime: Date.now(), refusals: refusals + (fetched === 'refused' ? 1 : 0) };
}

/** What a summary says of its photos when one more is kept or failed. */
function countOneMore({ photos }: Summary, bytesBefore: number, { state, blob }: SavedPhoto): Partial<Summary> {
  const kept = photos.kept + (state === 'kept' ? 1 : 0);
  const failed = photos.failed + (state === 'failed' ? 1 : 0);
  return { photos: { ...photos, kept, failed }, photoBytes: bytesBefore + (blob?.size ?? 0) };
}

/** Writes down what became of a wanted photo. The others of its article are not read: some have thousands. */
async function recordPhoto({ articleId, src }: SavedPhoto, fetched: Fetched): Promise<void> {
  if (typeof fetched !== 'string') await needRoom(fetched.size);
  const transaction = (await openDatabase()).transaction(['summaries', 'photos'], 'readwrite');
  const summaries = transaction.objectStore('summaries');
  const photos = transaction.objectStore('photos');
  const isChanged = await allOrNothing(transaction, async () => {
    const [summary, wanted] = await Promise.all([summaries.get(articleId), photos.get([articleId, src])]);
    if (wanted?.state !== 'wanted') return false;
    const photo = afterFetching(wanted, fetched);
    await photos.put(photo);
    if (!summary) return true;
    // Nobody counted the bytes of a list of the first Liseuse.
    const counted =
      summary.photoBytes === undefined
        ? summarizePhotos(await photos.index('byArticle').getAll(articleId))
        : countOneMore(summary, summary.photoBytes, photo);
    await summaries.put({ ...summary, ...counted });
    return true;
  });
  if (isChanged) announceChange([articleId]);
}

/**
 * Changes photos of articles, some articles in one transaction, counts them anew and announces what changed.
 *
 * @param change gives the photo as it shall be; the same where nothing changes
 */
async function changePhotos(articleIds: readonly string[], change: (photo: SavedPhoto) => SavedPhoto): Promise<void> {
  for (const batch of slices(articleIds, ARTICLES)) {
    const transaction = (await openDatabase()).transaction(['summaries', 'photos'], 'readwrite');
    const summaries = transaction.objectStore('summaries');
    const photos = transaction.objectStore('photos');
    const changeArticle = async (id: string): Promise<string[]> => {
      const [summary, before] = await Promise.all([summaries.get(id), photos.index('byArticle').getAll(id)]);
      const after = before.map(change);
      const changed = after.filter((photo, index) => photo !== before[index]);
      if (changed.length === 0) return [];
      await Promise.all([
        ...changed.map((photo) => photos.put(photo)),
        summary && summaries.put({ ...summary, ...summarizePhotos(after) }),
      ]);
      return [id];
    };
    const changed = (await allOrNothing(transaction, () => Promise.all(batch.map(changeArticle)))).flat();
    if (changed.length > 0) announceChange(changed);
  }
}
