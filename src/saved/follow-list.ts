/** The saved list as it stands, for as long as a window shows it: what changes anywhere is read again, and nothing else. */
import { onSavedListChanged } from './changes.ts';
import type { Summary } from './saved-article.ts';
import { getSummaries, listNewest, listSummaries } from './store.ts';

export interface FollowedList {
  /** The last saved first, with what is in the bin. */
  summaries: readonly Summary[];
  /** False while only the first rows have been read. */
  isWhole: boolean;
}

/** As many rows as a window shows. */
const FIRST = 30;
/** Changes that come while the last ones are read and drawn are read together, at least this many milliseconds later. */
const PAUSE = 200;
/** A long list leaves most of the time to what is changing it: an import, say. */
const SHARE = 5;

/** To read this many one by one takes longer than to read all. */
const MANY = 1000;

const wait = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

/**
 * Calls `onList` with the first rows, then with the whole list, then after each change, until `signal` aborts.
 *
 * @param onFailure is given what a read was refused with; the next change is another try
 */
export function followList(
  onList: (list: FollowedList) => void,
  onFailure: (error: unknown) => void,
  signal: AbortSignal,
): void {
  let summaries: readonly Summary[] = [];
  /** What has to be read, undefined for everything. */
  let changed: Set<string> | undefined;
  let isReading = false;
  const isOld = (): boolean => !signal.aborted && changed?.size !== 0;

  const readOnce = async (): Promise<void> => {
    const ids = changed;
    changed = new Set();
    const isFew = ids !== undefined && ids.size <= MANY;
    summaries = isFew ? patch(summaries, ids, await getSummaries([...ids])) : await listSummaries();
    if (!signal.aborted) onList({ summaries, isWhole: true });
  };
  const read = async (): Promise<void> => {
    if (isReading) return;
    isReading = true;
    try {
      while (isOld()) {
        const start = performance.now();
        await readOnce();
        // Drawn.
        await wait(0);
        if (isOld()) await wait(Math.max(PAUSE, SHARE * (performance.now() - start)));
      }
    } catch (error) {
      changed = undefined;
      if (!signal.aborted) onFailure(error);
    }
    isReading = false;
  };
  onSavedListChanged((ids) => {
    if (ids) for (const id of ids) changed?.add(id);
    else changed = undefined;
    void read();
  }, signal);

  const begin = async (): Promise<void> => {
    const first = await listNewest(FIRST).catch(() => []);
    if (first.length > 0 && !signal.aborted) onList({ summaries: first, isWhole: false });
    await wait(0);
    await read();
  };
  void begin();
}

/** The list with some of its articles as they are now; those that are no longer kept are gone. */
function patch(summaries: readonly Summary[], ids: ReadonlySet<string>, current: Summary[]): readonly Summary[] {
  const others = summaries.filter(({ id }) => !ids.has(id));
  if (current.length === 0) return others;
  return [...others, ...current].toSorted(
    (one, other) => other.savedTime - one.savedTime || (one.id < other.id ? 1 : -1),
  );
}
