/**
 * What a reader asks for now and then, and large: each is a file that is loaded when it is asked for and not before. On a page it is
 * injected, so that no page can ask for it.
 */
import browser from 'webextension-polyfill';
import type { Article } from '../article/article.ts';
import type { Convert } from '../article/script.ts';
import type { Summary } from '../saved/saved-article.ts';
import { sendToBackground } from './messaging.ts';

/** By name, what the files leave when they are loaded. */
export interface Extras {
  /** OpenCC into Simplified and into Traditional Chinese. */
  Hans: Convert;
  Hant: Convert;
  /** An article as a Markdown file, with the reader's marks where it is saved. */
  markdown: (article: Article, saved: Summary | undefined) => string;
}

declare global {
  var liseuseExtras: Partial<Extras> | undefined;
}

const FILES: Readonly<Record<keyof Extras, string>> = {
  Hans: '/simplified.js',
  Hant: '/traditional.js',
  markdown: '/markdown.js',
};

/** Whether a value from a message names one of them. */
export const isExtra = (value: unknown): value is keyof Extras =>
  typeof value === 'string' && Object.hasOwn(FILES, value);

/** Puts one into the extension's own world on a tab's page. Rejects where the browser does not let it. */
export async function injectExtra(tabId: number, name: keyof Extras): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: [FILES[name]] });
}

const loaded = <Name extends keyof Extras>(name: Name): Extras[Name] => {
  const extra = globalThis.liseuseExtras?.[name];
  if (!extra) throw new Error(`${FILES[name]} left nothing.`);
  return extra;
};

/** One of them, for what is injected into a page. Rejects where the background cannot bring it. */
export async function askForExtra<Name extends keyof Extras>(name: Name): Promise<Extras[Name]> {
  if (!globalThis.liseuseExtras?.[name]) await sendToBackground('loadExtra', name);
  return loaded(name);
}

/** One of them, for a page of the extension. Rejects where its file cannot be read. */
export async function loadExtra<Name extends keyof Extras>(name: Name): Promise<Extras[Name]> {
  if (!globalThis.liseuseExtras?.[name]) {
    await new Promise((resolve, reject) => {
      const element = document.createElement('script');
      element.src = FILES[name];
      element.addEventListener('load', resolve);
      element.addEventListener('error', reject);
      document.head.append(element);
    });
  }
  return loaded(name);
}
