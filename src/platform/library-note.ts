/** What is noted of the library outside its database: by it a library is missed that the browser has thrown away. */
import browser from 'webextension-polyfill';

const KEY = 'library';

/** A library as it is. */
export interface KnownLibrary {
  /** The name that its database got when it was made. */
  installation: string;
  /** Articles in it. */
  count: number;
}

/** A library as it was last seen, and how many articles of those before it the reader does not know to be lost. */
interface LibraryNote extends KnownLibrary {
  lost: number;
}

async function readNote(): Promise<LibraryNote | undefined> {
  return (await browser.storage.local.get(KEY))[KEY] as LibraryNote | undefined;
}

const writeNote = (note: LibraryNote): Promise<void> => browser.storage.local.set({ [KEY]: note });

/** Changes the note, one window at a time. */
const inTurn = (change: () => Promise<void>): Promise<void> => navigator.locks.request('liseuse-library-note', change);

/** Notes the library as it is now; where that is another database than the one that was noted, the articles of that one are lost. */
export function noteLibrary(read: () => Promise<KnownLibrary>): Promise<void> {
  return inTurn(async () => {
    const now = await read();
    const noted = await readNote();
    if (noted?.installation === now.installation && noted.count === now.count) return;
    const isOther = noted !== undefined && noted.installation !== now.installation;
    await writeNote({ ...now, lost: (noted?.lost ?? 0) + (isOther ? noted.count : 0) });
  });
}

/** How many articles the browser has thrown away, until `forgetLost`. */
export async function countLost(): Promise<number> {
  return (await readNote())?.lost ?? 0;
}

/** The reader knows it. */
export function forgetLost(): Promise<void> {
  return inTurn(async () => {
    const noted = await readNote();
    if (noted) await writeNote({ ...noted, lost: 0 });
  });
}

/** Calls `listener` after each change of the note, until `signal` aborts. */
export function onNoteChanged(listener: () => void, signal: AbortSignal): void {
  const onChanged = (changes: Record<string, browser.Storage.StorageChange>): void => {
    if (changes[KEY]) listener();
  };
  browser.storage.local.onChanged.addListener(onChanged);
  signal.addEventListener('abort', () => browser.storage.local.onChanged.removeListener(onChanged), { once: true });
}
