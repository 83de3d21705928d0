/** The toolbar popup's entry: draws the article that start.ts is reading beside the saved articles. */
import { render } from 'preact';
import { getText, localize } from '../platform/i18n.ts';
import { readSettings } from '../platform/settings.ts';
import { readPageZoom } from '../platform/tabs.ts';
import { TextProvider } from '../ui/text.ts';
import { Popup } from './Popup.tsx';

// start.ts has asked the page before this script came.
const firstReading = globalThis.liseuseReading;

/** Drawn at once, the article would wait for the frame after the one that says that it is being read. */
const PATIENCE = 150;
const reading = await Promise.race([
  firstReading,
  new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE, undefined)),
]);

localize(document.documentElement);
document.title = getText('app_name');
const settings = readSettings();
render(
  <TextProvider value={getText}>
    <Popup reading={reading} firstReading={firstReading} settings={settings} />
  </TextProvider>,
  document.body,
);

/** The width that Chromium gives a popup at most, and the least that has room for two columns, in CSS pixels. */
const WIDTH = { most: 800, ofTwo: 600 };
const zoom = await readPageZoom();
document.body.style.setProperty('--zoom', `${zoom}`);
document.body.classList.toggle('is-small', WIDTH.most / zoom < WIDTH.ofTwo);
