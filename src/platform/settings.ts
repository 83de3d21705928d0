/** How the reader likes to read, and how wide photos are kept, remembered on this machine. */
import browser from 'webextension-polyfill';

export const THEMES = ['auto', 'light', 'sepia', 'dark', 'black', 'contrast'] as const;
export const FONTS = ['serif', 'sans', 'kai'] as const;
export const WIDTHS = ['narrow', 'medium', 'wide'] as const;
export const SPACINGS = ['tight', 'normal', 'loose'] as const;

/** How text is set: only what the reader has chosen; ui/type.ts has the rest. */
export interface TypeChoices {
  /** `kai` is brush script, for Chinese. */
  font?: (typeof FONTS)[number];
  /** Font size of the text in CSS pixels. */
  size?: number;
  /** Longest line. */
  width?: (typeof WIDTHS)[number];
  /** Height of the lines, beside what their language needs. */
  lineHeight?: (typeof SPACINGS)[number];
  /** Space between paragraphs. */
  spacing?: (typeof SPACINGS)[number];
  isJustified?: boolean;
  /** Whether a paragraph begins with an indent. */
  isIndented?: boolean;
}

/** The choices are for every language that has none of its own. */
export interface Settings extends TypeChoices {
  theme: (typeof THEMES)[number];
  /** What was chosen while an article of a language was read, by its primary subtag: "zh", "fr". */
  languages: Record<string, TypeChoices>;
}

const KEY = 'settings';

type Given = Record<string, unknown>;
const toGiven = (value: unknown): Given => (typeof value === 'object' && value !== null ? (value as Given) : {});
const oneOf = <Value>(value: unknown, known: readonly Value[]): Value | undefined =>
  known.find((each) => each === value);

function repairType(value: unknown): TypeChoices {
  const given = toGiven(value);
  const size = given['size'];
  const choices = {
    font: oneOf(given['font'], FONTS),
    size: typeof size === 'number' && size >= 12 && size <= 40 ? size : undefined,
    width: oneOf(given['width'], WIDTHS),
    lineHeight: oneOf(given['lineHeight'], SPACINGS),
    spacing: oneOf(given['spacing'], SPACINGS),
    isJustified: oneOf(given['isJustified'], [true, false]),
    isIndented: oneOf(given['isIndented'], [true, false]),
  };
  return Object.fromEntries(Object.entries(choices).filter(([, chosen]) => chosen !== undefined));
}

/** More languages than anybody reads; a file may name any number. */
const MOST_LANGUAGES = 200;

/** Settings from storage or a backup, where an older or newer version or anybody may have written what this one does not know. */
export function repair(stored: unknown): Settings {
  const given = toGiven(stored);
  const languages = Object.entries(toGiven(given['languages']))
    .filter(([language]) => /^[a-z]{2,8}$/.test(language))
    .slice(0, MOST_LANGUAGES);
  return {
    theme: oneOf(given['theme'], THEMES) ?? 'auto',
    ...repairType(given),
    languages: Object.fromEntries(languages.map(([language, choices]) => [language, repairType(choices)])),
  };
}

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
