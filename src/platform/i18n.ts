/** The interface's words, in the browser's language. */
import browser from 'webextension-polyfill';
import type messages from '../_locales/en/messages.json';

export type MessageKey = keyof typeof messages;

/**
 * Signs that keep what stands between them from turning what stands around it: names and titles run their own way.
 * https://www.w3.org/International/questions/qa-bidi-unicode-controls
 */
const [ISOLATE, END] = ['\u2068', '\u2069'];

/** The text of a message; `$1`, `$2` in it are replaced, numbers as its language writes them. */
export function getText(key: MessageKey, ...substitutions: (string | number)[]): string {
  const isFromRight = browser.i18n.getMessage('direction') === 'rtl';
  const written = substitutions.map((value) => {
    if (typeof value === 'number') return value.toLocaleString(browser.i18n.getMessage('language'));
    return isFromRight ? ISOLATE + value + END : value;
  });
  return browser.i18n.getMessage(key, written) || key;
}

/**
 * Sets language and direction of the interface on the element that holds it. The words say which way they run:
 * the browser's own `@@bidi_dir` is that of its menus, which may be in another language.
 */
export function localize(element: HTMLElement): void {
  element.lang = getText('language');
  element.dir = getText('direction');
}
