/** The interface's words, in the browser's language. */
import browser from 'webextension-polyfill';
import type messages from '../_locales/en/messages.json';

export type MessageKey = keyof typeof messages;

/** The text of a message; `$1`, `$2` in it are replaced. */
export function getText(key: MessageKey, ...substitutions: (string | number)[]): string {
  return browser.i18n.getMessage(key, substitutions.map(String)) || key;
}

/**
 * Sets language and direction of the interface on the element that holds it. The words say which way they run:
 * the browser's own `@@bidi_dir` is that of its menus, which may be in another language.
 */
export function localize(element: HTMLElement): void {
  element.lang = getText('language');
  element.dir = getText('direction');
}
