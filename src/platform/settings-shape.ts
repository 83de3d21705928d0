/** What the reader can choose of colours, type and keys, and how such choices are read from where anything may stand. */
import { repairKeys, type KeyChoices } from './key-choices.ts';

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

export interface Settings {
  theme: (typeof THEMES)[number];
  /** For every language that has no choice of its own. */
  all: TypeChoices;
  /** What was chosen while an article of a language was read, by its primary subtag: "zh", "fr". */
  languages: Record<string, TypeChoices>;
  keys: KeyChoices;
}

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
    // The first version knew no languages and had these beside the theme.
    all: repairType(given['all'] ?? given),
    languages: Object.fromEntries(languages.map(([language, choices]) => [language, repairType(choices)])),
    keys: repairKeys(given['keys']),
  };
}
