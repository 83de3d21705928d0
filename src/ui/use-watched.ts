/** A value that is read now and read again whenever something announces that it changed. */
import { useEffect, useState } from 'preact/hooks';

export type Watched<Value> =
  { state: 'loading' } | { state: 'ready'; value: Value } | { state: 'failed'; error: unknown };

/** Changes that come while the value is read and drawn are one more reading, at least this many milliseconds later. */
const PAUSE = 200;
/** A long list leaves most of the time to what is changing it: an import, say. */
const SHARE = 5;

const wait = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

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
    let isReading = false;
    let isOld = false;
    const update = async (): Promise<void> => {
      isOld = true;
      if (isReading) return;
      isReading = true;
      while (isOld && !ending.signal.aborted) {
        isOld = false;
        const start = performance.now();
        const next = await read().then(
          (value): Watched<Value> => ({ state: 'ready', value }),
          (error: unknown): Watched<Value> => ({ state: 'failed', error }),
        );
        if (!ending.signal.aborted) setWatched(next);
        // Drawn.
        await wait(0);
        if (isOld) await wait(Math.max(PAUSE, SHARE * (performance.now() - start)));
      }
      isReading = false;
    };
    void update();
    watch(() => void update(), ending.signal);
    return () => ending.abort();
  }, inputs);
  return watched;
}

/**
 * The last value that a subscription gave.
 *
 * @param follow calls its first argument with each value, its second with what a read was refused with, until the signal aborts
 */
export function useFollowed<Value>(
  follow: (onValue: (value: Value) => void, onFailure: (error: unknown) => void, signal: AbortSignal) => void,
): Watched<Value> {
  const [watched, setWatched] = useState<Watched<Value>>({ state: 'loading' });
  useEffect(() => {
    const ending = new AbortController();
    follow(
      (value) => setWatched({ state: 'ready', value }),
      (error) => setWatched({ state: 'failed', error }),
      ending.signal,
    );
    return () => ending.abort();
  }, []);
  return watched;
}
