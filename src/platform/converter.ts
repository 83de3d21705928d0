/**
 * OpenCC's dictionaries are a file for each direction, and large: one is loaded when a reader asks for it and not before. On a
 * page it is injected, so that no page can ask for it.
 */
import browser from 'webextension-polyfill';
import type { Convert, Script } from '../article/script.ts';
import { sendToBackground } from './messaging.ts';

declare global {
  /** What the loaded files leave, by the script that they write. */
  var liseuseConverters: Partial<Record<Script, Convert>> | undefined;
}

const FILES: Readonly<Record<Script, string>> = { Hans: '/simplified.js', Hant: '/traditional.js' };

/** Whether a value from a message names a script. */
export const isScript = (value: unknown): value is Script => value === 'Hans' || value === 'Hant';

/** Puts a converter into the extension's own world on a tab's page. Rejects where the browser does not let it. */
export async function injectConverter(tabId: number, script: Script): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: [FILES[script]] });
}

const loaded = (script: Script): Convert => {
  const convert = globalThis.liseuseConverters?.[script];
  if (!convert) throw new Error(`Nothing converts into ${script}.`);
  return convert;
};

/** The converter into a script, for what is injected into a page. Rejects where the background cannot bring it. */
export async function askForConverter(script: Script): Promise<Convert> {
  if (!globalThis.liseuseConverters?.[script]) await sendToBackground('loadConverter', script);
  return loaded(script);
}

/** The converter into a script, for a page of the extension. Rejects where its file cannot be read. */
export async function loadConverter(script: Script): Promise<Convert> {
  if (!globalThis.liseuseConverters?.[script]) {
    await new Promise((resolve, reject) => {
      const element = document.createElement('script');
      element.src = FILES[script];
      element.addEventListener('load', resolve);
      element.addEventListener('error', reject);
      document.head.append(element);
    });
  }
  return loaded(script);
}
