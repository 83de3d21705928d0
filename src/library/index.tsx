/** The library page's entry: the saved articles in a tab of their own, readable with the network cut. */
import { render } from 'preact';
import { getText, localize } from '../platform/i18n.ts';
import { tellBackground } from '../platform/messaging.ts';
import { readArrangement, readSettings } from '../platform/settings.ts';
import { TextProvider } from '../ui/text.ts';
import { Library } from './Library.tsx';

localize(document.documentElement);
document.title = getText('library_title');
const [settings, arrangement] = await Promise.all([readSettings(), readArrangement()]);
render(
  <TextProvider value={getText}>
    <Library initialSettings={settings} initialArrangement={arrangement} />
  </TextProvider>,
  document.body,
);
tellBackground('goOn');
