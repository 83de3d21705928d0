/** How the reader likes to read, with which keys, and how wide photos are kept, remembered on this machine. */
import browser from 'webextension-polyfill';
import { repair, type Settings } from './settings-shape.ts';

const KEY = 'settings';

/** The reader's settings; the defaults where nothing is stored or storage does not answer. */
export async function readSettings(): Promise<Settings> {
  try {
    return repair((await browser.storage.local.get(KEY))[KEY]);
  } catch {
    return repair(undefined);
  }
}

/** Remembers the settings. */
export async function writeSettings(settings: Settings): Promise<void> {
  await browser.storage.local.set({ [KEY]: settings });
}

/**
 * Takes settings out of a backup, whatever they are; undefined are none. Unless they are to replace what was chosen here, that
 * stays. Never rejects: a library is back without them too.
 */
export async function bringSettings(given: unknown, isReplacing: boolean): Promise<void> {
  if (given === undefined) return;
  try {
    const own = (await browser.storage.local.get(KEY))[KEY];
    if (isReplacing || own === undefined) await writeSettings(repair(given));
  } catch {
    // The usual settings are readable.
  }
}

/** Calls `listener` with the new settings after each change, wherever it was made, until `signal` aborts. */
export function onSettingsChanged(listener: (settings: Settings) => void, signal: AbortSignal): void {
  const onChanged = (changes: Record<string, browser.Storage.StorageChange>): void => {
    if (changes[KEY]) listener(repair(changes[KEY].newValue));
  };
  browser.storage.local.onChanged.addListener(onChanged);
  signal.addEventListener('abort', () => browser.storage.local.onChanged.removeListener(onChanged), { once: true });
}

/** The widths that a reader can choose for the photos to keep, in pixels: two of those that RFI's pages ask for; null: as published. */
export const PHOTO_WIDTHS = [null, 1024, 720] as const;
export type PhotoWidth = (typeof PHOTO_WIDTHS)[number];

const PHOTO_WIDTH_KEY = 'photoWidth';

/** The greatest width of the photos that are fetched; as published where nothing is stored or storage does not answer. */
export async function readPhotoWidth(): Promise<PhotoWidth> {
  try {
    const stored = (await browser.storage.local.get(PHOTO_WIDTH_KEY))[PHOTO_WIDTH_KEY];
    return PHOTO_WIDTHS.find((width) => width === stored) ?? null;
  } catch {
    return null;
  }
}

/** Remembers the width; photos that are kept already stay as they are. */
export async function writePhotoWidth(width: PhotoWidth): Promise<void> {
  await browser.storage.local.set({ [PHOTO_WIDTH_KEY]: width });
}

export const SORTS = ['saved', 'published', 'length'] as const;
export const GROUPS = ['none', 'day', 'edition', 'section'] as const;

/** How the reader likes the list of saved articles. */
export interface Arrangement {
  sort: (typeof SORTS)[number];
  group: (typeof GROUPS)[number];
}

const ARRANGEMENT_KEY = 'arrangement';

/** What was chosen last; the last saved first and no groups where nothing is stored or storage does not answer. */
export async function readArrangement(): Promise<Arrangement> {
  const stored = await browser.storage.local.get(ARRANGEMENT_KEY).catch(() => ({ [ARRANGEMENT_KEY]: undefined }));
  const given = (stored[ARRANGEMENT_KEY] ?? {}) as Partial<Record<keyof Arrangement, unknown>>;
  return {
    sort: SORTS.find((known) => known === given.sort) ?? 'saved',
    group: GROUPS.find((known) => known === given.group) ?? 'none',
  };
}

/** Remembers the arrangement. */
export async function writeArrangement(arrangement: Arrangement): Promise<void> {
  await browser.storage.local.set({ [ARRANGEMENT_KEY]: arrangement });
}

const OPENING_KEY = 'openByItself';

const readOpenings = async (): Promise<unknown[]> => {
  const stored = (await browser.storage.local.get(OPENING_KEY))[OPENING_KEY];
  return Array.isArray(stored) ? stored : [];
};

/** Whether the overlay opens by itself on articles of an edition ("cn"); not where storage does not answer. */
export async function opensByItself(edition: string): Promise<boolean> {
  return (await readOpenings().catch((): unknown[] => [])).includes(edition);
}

/** Remembers whether it does. */
export async function writeOpening(edition: string, isAutomatic: boolean): Promise<void> {
  const others = (await readOpenings()).filter((known) => known !== edition);
  await browser.storage.local.set({ [OPENING_KEY]: isAutomatic ? [...others, edition] : others });
}
