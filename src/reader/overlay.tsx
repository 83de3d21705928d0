/** The overlay: a native dialog in a shadow root over the page, which stays as it is, inert, until the dialog closes. */
import { options, render } from 'preact';
import { getText, localize } from '../platform/i18n.ts';
import { tellBackground } from '../platform/messaging.ts';
import { readSettings } from '../platform/settings.ts';
import articleStyle from '../ui/article.css?inline';
import controlsStyle from '../ui/controls.css?inline';
import aidsStyle from '../ui/reading-aids.css?inline';
import highlightsStyle from '../ui/highlights/highlights.css?inline';
import keysStyle from '../ui/keys/keys-help.css?inline';
import languagesStyle from '../ui/languages.css?inline';
import settingsStyle from '../ui/reading-settings.css?inline';
import switchStyle from '../ui/script-switch.css?inline';
import { TextProvider } from '../ui/text.ts';
import tokensStyle from '../ui/tokens.css?inline';
import { extract } from './extractor.ts';
import overlayStyle from './overlay.css?inline';
import { Reader } from './Reader.tsx';
import { watchDialog } from './watch-dialog.ts';

const HOST = 'liseuse-reader';

let shown: { dialog: HTMLDialogElement; close: () => void } | undefined;

/** Whether the reader sees an overlay of this page. */
export const isOverlayOpen = (): boolean => shown !== undefined && shown.dialog.open && shown.dialog.isConnected;

/** Closes the overlay. Returns whether one was open. Nothing is left behind, the page is as it was. */
export function closeOverlay(): boolean {
  if (!isOverlayOpen()) return false;
  shown?.close();
  return true;
}

/** The page's scripts can reach into the shadow root, and take things out of it: only what the reader does in the overlay counts. */
options.event = (event: Event): Event => {
  if (!event.isTrusted || !shown?.dialog.contains(event.target as Node))
    throw new Error('Only the reader may do that.');
  return event;
};

/** Keys pressed in the overlay are not the page's business. */
const KEY_EVENTS = ['keydown', 'keypress', 'keyup'] as const;

/**
 * Opens the overlay on the page's article. Closing leaves nothing behind: the host
 * goes with everything in it, the focus returns to where it was (the dialog's own doing), the page is where it was scrolled. Where
 * the page ends it and not the reader, the toolbar says so.
 */
export async function openOverlay(): Promise<void> {
  // Asked for before the page is read, they are there after it: the overlay is drawn once, as the reader wants it.
  const asked = readSettings();
  const extraction = extract();
  const settings = await asked;
  if (isOverlayOpen()) return;
  // An earlier version of the extension may have left its overlay when it was updated.
  for (const leftover of document.querySelectorAll(HOST)) leftover.remove();

  const { scrollX, scrollY } = window;
  const ending = new AbortController();
  const host = document.createElement(HOST);
  const root = host.attachShadow({ mode: 'open' });
  const style = document.createElement('style');
  style.textContent =
    overlayStyle +
    tokensStyle +
    controlsStyle +
    settingsStyle +
    switchStyle +
    articleStyle +
    languagesStyle +
    aidsStyle +
    highlightsStyle +
    keysStyle;
  const dialog = document.createElement('dialog');
  dialog.className = 'surface whole-window is-arriving';
  localize(dialog);
  // The title is the name of the region in it, which has the focus: both are read out.
  dialog.setAttribute('aria-label', getText('app_name'));
  root.append(style, dialog);
  // On paper there is no above: only what is read is printed. It stands beside the shadow root, where it counts for the page.
  const printStyle = document.createElement('style');
  printStyle.media = 'print';
  printStyle.textContent = `html > :not(${HOST}) { display: none !important; }`;
  host.append(printStyle);
  // What a script presses has no effect of its own; `options.event` above keeps it from the handlers.
  const ignoreUntrusted = (event: Event): void => {
    if (event.isTrusted) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  };
  for (const type of ['click', 'keydown']) root.addEventListener(type, ignoreUntrusted, { capture: true });
  let isWanted = false;
  const close = (): void => {
    isWanted = true;
    dialog.close();
  };
  // A page may take the key's own effect away before it comes here. The settings' sheet closes first.
  dialog.addEventListener('keydown', ({ key, isComposing }) => {
    if (key === 'Escape' && !isComposing && !root.querySelector('.settings[open]')) close();
  });
  // Or the key, or the click, and leave its effect, of which the page cannot hear.
  for (const type of ['cancel', 'submit']) dialog.addEventListener(type, () => (isWanted = true));
  for (const type of KEY_EVENTS) host.addEventListener(type, (event) => event.stopPropagation());

  const end = (): void => {
    if (ending.signal.aborted) return;
    ending.abort();
    render(null, dialog);
    host.remove();
    shown = undefined;
    window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
    if (!isWanted) tellBackground('overlayTaken');
  };

  document.documentElement.append(host);
  dialog.showModal();
  shown = { dialog, close };
  watchDialog({ host, dialog }, end, ending.signal);
  render(
    <TextProvider value={getText}>
      <Reader initialReading={extraction} surface={dialog} root={root} initialSettings={settings} onClose={close} />
    </TextProvider>,
    dialog,
  );
  // When the first frame is painted, the next may lay out what it left for later.
  requestAnimationFrame(() => setTimeout(() => dialog.classList.remove('is-arriving')));
  // Arrow keys and space scroll the article at once; no ring is drawn that nobody tabbed to.
  dialog
    .querySelector<HTMLElement>('.reader-page')
    ?.focus({ preventScroll: true, focusVisible: false } as FocusOptions);
}
