/** An extension that does the least that shows an article: Readability, DOMPurify and a dialog, with no bar, setting, mark or key. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PACKAGES = resolve(import.meta.dirname, '../../node_modules');

const MANIFEST = {
  manifest_version: 3,
  name: 'Bare reader',
  version: '1',
  permissions: ['scripting', 'activeTab'],
  action: {},
  background: { service_worker: 'background.js' },
};

const BACKGROUND = `chrome.action.onClicked.addListener(({ id }) =>
  chrome.scripting.executeScript({ target: { tabId: id }, files: ['Readability.js', 'purify.min.js', 'show.js'] }));`;

/** In an element of the overlay's name, where the bench looks for the article. */
const SHOW = `{
  const { title, content } = new Readability(document.cloneNode(true)).parse();
  const host = document.createElement('liseuse-reader');
  const dialog = document.createElement('dialog');
  dialog.style.cssText = 'inset: 0; width: 100vw; height: 100vh; max-width: none; max-height: none; overflow: auto; font: 20px/1.6 serif';
  dialog.innerHTML = '<h1></h1><div style="max-width: 34em; margin: auto">' + DOMPurify.sanitize(content) + '</div>';
  dialog.firstChild.textContent = title;
  host.attachShadow({ mode: 'open' }).append(dialog);
  document.documentElement.append(host);
  dialog.showModal();
}`;

/** Writes it into a folder, unpacked as Chromium loads it. */
export function writeBareReader(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
  writeFileSync(join(folder, 'background.js'), BACKGROUND);
  writeFileSync(join(folder, 'show.js'), SHOW);
  copyFileSync(join(PACKAGES, '@mozilla/readability/Readability.js'), join(folder, 'Readability.js'));
  copyFileSync(join(PACKAGES, 'dompurify/dist/purify.min.js'), join(folder, 'purify.min.js'));
}
