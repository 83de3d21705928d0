/** A backup or a snapshot that is coming in, noted until it is: a browser that dies in the middle says so when the library opens again. */
import { openDatabase } from '../../saved/schema.ts';
import type { MergeMode } from '../../saved/whole-library.ts';

export interface UnfinishedBackup {
  /** `restore` is a snapshot. */
  mode: MergeMode;
  /** When it began, milliseconds since 1970. */
  time: number;
}

/** Held by the window into which it comes; it ends with the window, however that ends. */
const LOCK = 'liseuse-backup';
const NOTE = 'backupBegun';

/** Does the work of bringing one in, in one window at a time, with a note that stays if the browser ends in the middle. */
export function noteWhile<Result>(mode: MergeMode, work: () => Promise<Result>, now = Date.now()): Promise<Result> {
  return navigator.locks.request(LOCK, async () => {
    const note: UnfinishedBackup = { mode, time: now };
    // A disk that is full has room for no note: the work itself will say so.
    await openDatabase()
      .then((database) => database.put('installation', JSON.stringify(note), NOTE))
      .catch(() => undefined);
    try {
      return await work();
    } finally {
      await forgetUnfinished();
    }
  });
}

/** What was coming in when the browser ended; undefined where there is none, or another window is at it. */
export function findUnfinished(): Promise<UnfinishedBackup | undefined> {
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    const note = lock && (await (await openDatabase()).get('installation', NOTE));
    return note ? (JSON.parse(note) as UnfinishedBackup) : undefined;
  });
}

/** Forgets it: it came in, or the reader has read that it did not. */
export async function forgetUnfinished(): Promise<void> {
  await openDatabase()
    .then((database) => database.delete('installation', NOTE))
    .catch(() => undefined);
}
