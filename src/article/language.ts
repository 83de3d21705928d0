/** What the language of an article decides: its direction and the minutes that it takes to read. */

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ps', 'ug', 'ur', 'yi']);

/**
 * Characters a minute of an average silent reader. The measured languages are those of Trauzettel-Klosinski and Dietz
 * (2012, https://doi.org/10.1167/iovs.11-8284), the table behind Firefox's reader view; a language that the study did not
 * measure borrows its nearest relative or, failing one, its script's.
 */
const CHARACTERS_A_MINUTE = new Map(
  Object.entries({
    ar: 612,
    de: 920,
    en: 987,
    es: 1025,
    fr: 998,
    it: 950,
    ja: 357,
    pt: 913,
    ru: 986,
    zh: 255,
    fa: 612, // Arabic script
    ro: 950, // Italian
    uk: 986, // Russian
  }),
);
const DEFAULT_CHARACTERS_A_MINUTE = 987; // English

/** The language of a BCP 47 tag without script and region: "zh" of "zh-Hant". */
export const primaryLanguage = (lang: string): string => lang.toLowerCase().split(/[-_]/)[0] ?? '';

/** The direction of text in a BCP 47 language. */
export function directionOf(lang: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(primaryLanguage(lang)) ? 'rtl' : 'ltr';
}

/**
 * Whole minutes, at least one, that an average reader takes for a text in a BCP 47 language. White space is not counted:
 * a page's indentation is nothing to read.
 */
export function readingMinutes(text: string, lang: string): number {
  const characters = text.replace(/\s+/g, lang.startsWith('zh') || lang.startsWith('ja') ? '' : ' ').trim().length;
  return Math.max(
    1,
    Math.round(characters / (CHARACTERS_A_MINUTE.get(primaryLanguage(lang)) ?? DEFAULT_CHARACTERS_A_MINUTE)),
  );
}
