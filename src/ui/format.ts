/** Dates and names of languages as the reader's own locale and time zone have them. */

/** The reader's first language. The default of `Intl` is the browser's own, which may lack the reader's. */
const LOCALE = navigator.language;
const DATE_TIME = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeStyle: 'short' });
const DATE = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' });

/** An instant that is none is written as nothing: a list of ten years is shown whatever one of its articles says. */
const format = (as: Intl.DateTimeFormat, instant: string | number): string => {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? '' : as.format(date);
};

/** Date and time of an ISO 8601 instant, or of milliseconds since 1970; empty where it is none. */
export const formatDateTime = (instant: string | number): string => format(DATE_TIME, instant);

let precise: Intl.DateTimeFormat | undefined;

/** The same to the second, for what may happen twice in a minute. */
export const formatDateSecond = (instant: string | number): string =>
  // Made when it is first asked for: to make one takes milliseconds of the first frame.
  format((precise ??= new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeStyle: 'medium' })), instant);

/** Date of an ISO 8601 instant, or of milliseconds since 1970; empty where it is none. */
export const formatDate = (instant: string | number): string => format(DATE, instant);

/** To make one takes longer than to ask it a hundred times. */
const names = new Map<string, Intl.DisplayNames>();

/** A language's name in the language of the interface: "zh-Hant" is "Traditional Chinese" to an English reader. */
export function languageName(lang: string, interfaceLanguage: string): string {
  const known = names.get(interfaceLanguage);
  const name = known ?? new Intl.DisplayNames(interfaceLanguage, { type: 'language', fallback: 'none' });
  if (!known) names.set(interfaceLanguage, name);
  try {
    return name.of(lang) ?? '';
  } catch {
    return '';
  }
}
