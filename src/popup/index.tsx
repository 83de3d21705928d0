/** The toolbar popup's entry: draws the article that start.ts is reading beside the saved articles. */
import { render } from 'preact';
import { getText, localize } from '../platform/i18n.ts';
import { readSettings } from '../platform/settings.ts';
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
