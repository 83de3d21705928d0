/** The toolbar popup's entry: reads the tab, opens the saved list, draws both. */
import { render } from 'preact';
import { getText, localize } from '../platform/i18n.ts';
import { onSettingsChanged, readSettings } from '../platform/settings.ts';
import { getReadTab, readTab } from '../platform/tabs.ts';
import { applySettings } from '../ui/apply-settings.ts';
import { TextProvider } from '../ui/text.ts';
import { Popup } from './Popup.tsx';

// The page is asked before anything is drawn: its answer is what takes the time.
const tab = getReadTab();
const firstReading = tab.then((id) =>
  id === undefined ? ({ ok: false, reason: 'restricted' } as const) : readTab(id),
);

/** Drawn at once, the article would wait for the frame after the one that says that it is being read. */
const PATIENCE = 150;
const reading = await Promise.race([
  firstReading,
  new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE, undefined)),
]);

localize(document.documentElement);
document.title = getText('app_name');
void readSettings().then((settings) => applySettings(document.body, settings));
onSettingsChanged((settings) => applySettings(document.body, settings), new AbortController().signal);
render(
  <TextProvider value={getText}>
    <Popup tab={tab} reading={reading} firstReading={firstReading} />
  </TextProvider>,
  document.body,
);
