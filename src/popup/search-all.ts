/** The search over everything that is saved, for a popup that has just been opened: first hits before all has been read. */
import { onSavedListChanged } from '../saved/changes.ts';
import { parseQuery } from '../saved/query.ts';
import type { Summary } from '../saved/saved-article.ts';
import { Search } from '../saved/search.ts';
import { listBatches } from '../saved/store.ts';

const search = new Search();
let summaries: readonly Summary[] = [];

/** What is found is shown again after this many milliseconds at the earliest: to search after each reading takes longer than to read. */
const PAUSE = 150;

/** Are told of each step of the reading. */
const listeners = new Set<() => void>();
const tellListeners = (): void => {
  for (const listener of listeners) listener();
};

/** The reading of all texts and summaries, once for whatever is typed; a change of the list makes the next search read again. */
let reading: Promise<void> | undefined;
onSavedListChanged(() => (reading = undefined), new AbortController().signal);

async function readSummaries(): Promise<void> {
  let read: readonly Summary[] = [];
  for await (const batch of listBatches()) {
    read = [...read, ...batch];
    if (read.length > summaries.length) summaries = read;
    tellListeners();
  }
  summaries = read;
}

/** The first texts alone, with which the articles that are shown already can be searched; then all else at once. */
async function readOnce(): Promise<void> {
  const { promise: isBegun, resolve: begin } = Promise.withResolvers<void>();
  const texts = search.load(() => {
    tellListeners();
    begin();
  });
  await Promise.race([isBegun, texts]);
  await Promise.all([texts, readSummaries()]);
}

/** Reads everything, once. Rejects with the browser's DOMException where the list cannot be read. */
export async function readAll(): Promise<void> {
  reading ??= readOnce();
  try {
    await reading;
  } catch (error) {
    reading = undefined;
    throw error;
  }
}

/**
 * Calls `onHits` with the first hits, then with all so far now and then, the last saved first, until `signal` aborts. Rejects with
 * the browser's DOMException where the list cannot be read.
 *
 * @param recent the summaries that are shown already, the last saved first
 */
export async function searchAll(
  typed: string,
  recent: readonly Summary[],
  onHits: (hits: readonly Summary[], isDone: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  const query = parseQuery(typed);
  let told = 0;
  const tell = (isDone = false): void => {
    if (signal.aborted || (!isDone && performance.now() - told < PAUSE)) return;
    const hits = search.find(query, summaries.length > recent.length ? summaries : recent);
    if (hits.length === 0 && !isDone) return;
    onHits(hits, isDone);
    told = performance.now();
  };
  const tellSome = (): void => tell();
  listeners.add(tellSome);
  // What was read before the first letter.
  tellSome();
  try {
    await readAll();
  } finally {
    listeners.delete(tellSome);
  }
  tell(true);
}
