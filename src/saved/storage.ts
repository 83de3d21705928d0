/** What the saved articles weigh, and whether the browser promises to keep them. */
import type { Changed } from './changes.ts';
import { isArchived } from './photos.ts';
import { summarizePhotos } from './saved-article.ts';
import { openDatabase } from './schema.ts';

/** Asks the browser, once in an installation and when there is something to lose, to keep everything when the disk gets full. */
export async function askToPersist(): Promise<void> {
  // A service worker has no such question, the background of Firefox has.
  if (!('persist' in navigator.storage)) return;
  const database = await openDatabase();
  if ((await database.get('installation', 'persistAsked')) || (await database.count('summaries')) === 0) return;
  await database.put('installation', new Date().toISOString(), 'persistAsked');
  await navigator.storage.persist();
}

/** The name of the database, which a new one has not, and how many articles are in it, those in the bin too. */
export async function identifyLibrary(): Promise<{ installation: string; count: number }> {
  const transaction = (await openDatabase()).transaction(['installation', 'summaries']);
  const [installation = '', count] = await Promise.all([
    transaction.objectStore('installation').get('id'),
    transaction.objectStore('summaries').count(),
  ]);
  return { installation, count };
}

/** Bytes and pieces. */
export interface Weight {
  /** UTF-8 bytes of the articles as JSON: the browser stores them in a form of its own, which nobody can ask for. */
  texts: number;
  /** Bytes of the images that are kept. */
  photos: number;
  photoCount: number;
  /** How much of the photos belongs to archived articles. */
  archivedPhotos: number;
  archivedCount: number;
}

const NOTHING: Weight = { texts: 0, photos: 0, photoCount: 0, archivedPhotos: 0, archivedCount: 0 };

const add = (one: Weight, other: Weight): Weight => ({
  texts: one.texts + other.texts,
  photos: one.photos + other.photos,
  photoCount: one.photoCount + other.photoCount,
  archivedPhotos: one.archivedPhotos + other.archivedPhotos,
  archivedCount: one.archivedCount + other.archivedCount,
});

/** Articles that are weighed at once: a page that reads so many does not stand still. */
const STEP = 50;

const bytes = new TextEncoder();

export interface Scale {
  /** Weighs the library, once at a time: all of it first, then what has changed. Rejects with the browser's DOMException. */
  weigh: () => Promise<Weight>;
  /** Is told what changed since. */
  note: (changed: Changed) => void;
}

export function makeScale(): Scale {
  const weights = new Map<string, Weight>();
  /** What has to be weighed, undefined for everything. */
  let changed: Set<string> | undefined;
  const weighOnce = async (): Promise<Weight> => {
    const noted = changed;
    changed = new Set();
    try {
      if (!noted) weights.clear();
      const ids = noted ? [...noted] : await (await openDatabase()).getAllKeys('summaries');
      for (let start = 0; start < ids.length; start += STEP) {
        const step = ids.slice(start, start + STEP);
        for (const [index, weight] of (await weighArticles(step)).entries()) weights.set(step[index] ?? '', weight);
      }
    } catch (error) {
      changed = undefined;
      throw error;
    }
    return [...weights.values()].reduce(add, NOTHING);
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    weigh: () => {
      const next = last.then(weighOnce);
      last = next.catch(() => undefined);
      return next;
    },
    note: (ids) => {
      if (ids) for (const id of ids) changed?.add(id);
      else changed = undefined;
    },
  };
}

async function weighArticles(ids: readonly string[]): Promise<Weight[]> {
  const transaction = (await openDatabase()).transaction(['summaries', 'articles', 'photos']);
  const weighArticle = async (id: string): Promise<Weight> => {
    const [summary, saved] = await Promise.all([
      transaction.objectStore('summaries').get(id),
      transaction.objectStore('articles').get(id),
    ]);
    if (!summary || !saved) return NOTHING;
    const texts = bytes.encode(JSON.stringify(saved.article)).length;
    // To read images takes a browser long: the summary knows, but for one of the first Liseuse.
    const photos =
      summary.photoBytes ??
      summarizePhotos(await transaction.objectStore('photos').index('byArticle').getAll(id)).photoBytes;
    const photoCount = summary.photos.kept;
    const archived = isArchived(summary);
    return {
      texts,
      photos,
      photoCount,
      archivedPhotos: archived ? photos : 0,
      archivedCount: archived ? photoCount : 0,
    };
  };
  return Promise.all(ids.map(weighArticle));
}
