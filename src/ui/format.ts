/** Dates and names of languages, in the reader's own locale and time zone and in the language of the sentence around them. */

/**
 * The browser's locale where it speaks the language of the interface ("en-GB" keeps its own dates), else that language: a
 * French sentence has a French date in it.
 */
function localeFor(interfaceLanguage: string): string {
  const [base] = interfaceLanguage.split('-');
  const own = new Intl.DateTimeFormat().resolvedOptions().locale;
  return own.split('-')[0] === base && base !== 'zh' ? own : interfaceLanguage;
}

/** Date and time of an ISO 8601 instant. */
export const formatDateTime = (instant: string, interfaceLanguage: string): string =>
  new Intl.DateTimeFormat(localeFor(interfaceLanguage), { dateStyle: 'long', timeStyle: 'short' }).format(
    new Date(instant),
  );

/** Date of an ISO 8601 instant. */
export const formatDate = (instant: string, interfaceLanguage: string): string =>
  new Intl.DateTimeFormat(localeFor(interfaceLanguage), { dateStyle: 'medium' }).format(new Date(instant));

/** A language's name in the language of the interface: "zh-Hant" is "Traditional Chinese" to an English reader. */
export function languageName(lang: string, interfaceLanguage: string): string {
  try {
    return new Intl.DisplayNames(interfaceLanguage, { type: 'language', fallback: 'none' }).of(lang) ?? '';
  } catch {
    return '';
  }
}
