/** The search over everything that is saved, for a popup that has just been opened: first hits before all has been read. */
import { parseQuery } from '../saved/query.ts';
import type { Summary } from '../saved/saved-article.ts';
import { Search } from '../saved/search.ts';
import { listBatches } from '../saved/store.ts';

const search = new Search();
let isLoaded = false;

/** What is found is shown again after this many milliseconds at the earliest: to search after each reading takes longer than to read. */
const PAUSE = 150;

/** Calls `onHits` with the first hits, then with all so far now and then, the last saved first, until `signal` aborts. */
export async function searchAll(
  typed: string,
  onHits: (hits: readonly Summary[], isDone: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  const query = parseQuery(typed);
  let summaries: readonly Summary[] = [];
  let told = 0;
  const tell = (isDone = false): void => {
    if (signal.aborted || (!isDone && performance.now() - told < PAUSE)) return;
    const hits = search.find(query, summaries);
    if (hits.length === 0 && !isDone) return;
    onHits(hits, isDone);
    told = performance.now();
  };
  const readSummaries = async (): Promise<void> => {
    for await (const batch of listBatches()) {
      if (signal.aborted) return;
      summaries = [...summaries, ...batch];
      tell();
    }
  };
  await Promise.all([readSummaries(), isLoaded ? undefined : search.load(tell)]);
  isLoaded = true;
  tell(true);
}
