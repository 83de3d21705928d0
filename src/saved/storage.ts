/** What the saved articles weigh, and whether the browser promises to keep them. */
import type { Changed } from './changes.ts';
import { isArchived } from './photos.ts';
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
  /** Weighs the library: all of it the first time, then what has changed. Rejects with the browser's DOMException. */
  weigh: () => Promise<Weight>;
  /** Is told what changed since. */
  note: (changed: Changed) => void;
}

export function makeScale(): Scale {
  const weights = new Map<string, Weight>();
  /** What has to be weighed, undefined for everything. */
  let changed: Set<string> | undefined;

  const weighAll = async (): Promise<void> => {
    weights.clear();
    for (let range: IDBKeyRange | undefined; ;) {
      const step = await weighStep(range);
      for (const [id, weight] of step) weights.set(id, weight);
      const last = [...step.keys()].at(-1);
      if (last === undefined) return;
      range = IDBKeyRange.lowerBound(last, true);
    }
  };
  return {
    weigh: async () => {
      const ids = changed;
      changed = new Set();
      try {
        if (!ids) await weighAll();
        for (const id of ids ?? []) {
          weights.set(id, (await weighStep(IDBKeyRange.only(id))).get(id) ?? NOTHING);
        }
      } catch (error) {
        changed = undefined;
        throw error;
      }
      return [...weights.values()].reduce(add, NOTHING);
    },
    note: (ids) => {
      if (ids) for (const id of ids) changed?.add(id);
      else changed = undefined;
    },
  };
}

/** The weights of the first articles in a range of ids, in their order. */
async function weighStep(range: IDBKeyRange | undefined): Promise<Map<string, Weight>> {
  const transaction = (await openDatabase()).transaction(['articles', 'summaries', 'photos']);
  const articles = await transaction.objectStore('articles').getAll(range, STEP);
  const [first, last] = [articles[0], articles.at(-1)];
  if (!first || !last) return new Map();
  const [summaries, photos] = await Promise.all([
    transaction.objectStore('summaries').getAll(IDBKeyRange.bound(first.id, last.id)),
    // An array is greater than every string: the photos of the last article too.
    transaction.objectStore('photos').getAll(IDBKeyRange.bound([first.id], [last.id, []])),
  ]);
  const archived = new Set(summaries.filter(isArchived).map(({ id }) => id));
  const weights = new Map<string, Weight>(
    articles.map(({ id, article }) => [id, { ...NOTHING, texts: bytes.encode(JSON.stringify(article)).length }]),
  );
  for (const { articleId, blob } of photos) {
    const weight = weights.get(articleId);
    if (!weight || !blob) continue;
    const isDroppable = archived.has(articleId);
    weight.photos += blob.size;
    weight.photoCount++;
    weight.archivedPhotos += isDroppable ? blob.size : 0;
    weight.archivedCount += isDroppable ? 1 : 0;
  }
  return weights;
}
