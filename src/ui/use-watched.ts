/** A value that is read now and read again whenever something announces that it changed. */
import { useEffect, useState } from 'preact/hooks';

export type Watched<Value> =
  { state: 'loading' } | { state: 'ready'; value: Value } | { state: 'failed'; error: unknown };

/**
 * @param read gets the value; a rejection is the state `failed`
 * @param watch calls its listener after each change until the signal aborts
 * @param inputs what `read` depends on, as for `useEffect`
 */
export function useWatched<Value>(
  read: () => Promise<Value>,
  watch: (listener: () => void, signal: AbortSignal) => void,
  inputs: readonly unknown[] = [],
): Watched<Value> {
  const [watched, setWatched] = useState<Watched<Value>>({ state: 'loading' });
  useEffect(() => {
    const ending = new AbortController();
    let latest = 0;
    const update = (): void => {
      // Two changes in a row: the answer to the first may come last, and is old.
      const turn = ++latest;
      const set = (next: Watched<Value>): void => {
        if (turn === latest && !ending.signal.aborted) setWatched(next);
      };
      read().then(
        (value) => set({ state: 'ready', value }),
        (error: unknown) => set({ state: 'failed', error }),
      );
    };
    update();
    watch(update, ending.signal);
    return () => ending.abort();
  }, inputs);
  return watched;
}
