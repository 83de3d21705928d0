/** The search over everything that is saved, for a popup that has just been opened: first hits before all has been read. */
import { parseQuery } from '../saved/query.ts';
import type { Summary } from '../saved/saved-article.ts';
import { Search } from '../saved/search.ts';
import { listBatches } from '../saved/store.ts';

const search = new Search();
let isLoaded = false;

/** Calls `onHits` with all hits so far, the last saved first, as often as there are more, until `signal` aborts. */
export async function searchAll(
  typed: string,
  onHits: (hits: readonly Summary[], isDone: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  const query = parseQuery(typed);
  let summaries: readonly Summary[] = [];
  const tell = (isDone = false): void => {
    if (!signal.aborted) onHits(search.find(query, summaries), isDone);
  };
  const readSummaries = async (): Promise<void> => {
    for await (const batch of listBatches()) {
      summaries = [...summaries, ...batch];
      tell();
    }
  };
  await Promise.all([readSummaries(), isLoaded ? undefined : search.load(tell)]);
  isLoaded = true;
  tell(true);
}
