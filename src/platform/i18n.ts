/** The interface's words, in the browser's language. */
import browser from 'webextension-polyfill';
import type messages from '../_locales/en/messages.json';

export type MessageKey = keyof typeof messages;

/** The text of a message; `$1`, `$2` in it are replaced, numbers as its language writes them. */
export function getText(key: MessageKey, ...substitutions: (string | number)[]): string {
  const written = substitutions.map((value) =>
    typeof value === 'number' ? value.toLocaleString(browser.i18n.getMessage('language')) : value,
  );
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
