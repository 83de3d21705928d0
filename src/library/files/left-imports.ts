/** What windows that are gone left of their imports, told from what other windows are importing: each of these holds a lock. */
import type { ImportSet } from './import-set.ts';
import { readUnfinished } from './unfinished-import.ts';

/** The name of this window's lock, which ends with the window, however that ends. */
export const OWNER = `liseuse-import-${crypto.randomUUID()}`;

/** Under this name, the window that was closed last; one that crashed was not. */
const CLOSED = 'liseuse-import-closed';

let held: Promise<void> | undefined;

/** Holds this window's lock; resolves when it has it, and rejects where the browser gives none. */
export const holdOwner = (): Promise<void> =>
  (held ??= new Promise((resolve, reject) => {
    const untilTheEnd = (): Promise<never> => {
      resolve();
      return new Promise<never>(() => undefined);
    };
    navigator.locks.request(OWNER, untilTheEnd).catch(reject);
    // At this moment only what is written at once is written.
    addEventListener('pagehide', () => localStorage.setItem(CLOSED, OWNER));
  }));

/** Held by the window that looks: two never take over the same. */
const LOOKING = 'liseuse-import';

/** Calls `onLeft` with what is left behind, now, and when a window that imports now is gone before this one. */
export async function takeOver(onLeft: (sets: ImportSet[]) => void): Promise<void> {
  const { left, others } = await navigator.locks.request(LOOKING, async () => {
    await holdOwner();
    const { held: locks = [] } = await navigator.locks.query();
    return readUnfinished(OWNER, new Set(locks.map(({ name }) => name)), localStorage.getItem(CLOSED) ?? undefined);
  });
  if (left.length > 0) onLeft(left);
  for (const owner of others) void navigator.locks.request(owner, () => undefined).then(() => takeOver(onLeft));
}
