/**
 * The background: answers messages, keeps photos, marks the toolbar icon. It may be ended between any two events, so
 * everything it has to remember stands in the store, and every listener is added while this script first runs.
 */
import { isArticle } from '../article/article.ts';
import { editionOf } from '../article/address.ts';
import { isHighlight, isHighlightId, type Highlight } from '../article/highlight.ts';
import { isPosition } from '../article/position.ts';
import { injectExtra, isExtra } from '../platform/extras.ts';
import { fetchPage } from '../platform/fetch-page.ts';
import { getText } from '../platform/i18n.ts';
import { noteLibrary } from '../platform/library-note.ts';
import { handleInBackground, sendToPage } from '../platform/messaging.ts';
import type { SaveResult } from '../platform/protocol.ts';
import { opensByItself, readPhotoWidth } from '../platform/settings.ts';
import {
  listRfiTabs,
  onAddressBarSearch,
  onStart,
  onToggleCommand,
  openLibrary,
  openPopup,
  showSaved,
  showReader,
  showTaken,
} from '../platform/tabs.ts';
import { keepWantedPhotos, wantOverduePhotos } from '../saved/photos.ts';
import { withHighlight, withoutHighlight } from '../saved/highlights.ts';
import { forgetOldSnapshots } from '../saved/snapshots.ts';
import { askToPersist, identifyLibrary } from '../saved/storage.ts';
import { changeMarks, keepNote } from '../saved/marks.ts';
import { emptyBin, findSummary, saveArticle, storageReason } from '../saved/store.ts';
import { renewTexts } from '../saved/texts.ts';

/** Marks the icon of a tab; an unreadable list or an address that is none marks nothing. */
async function markTab(tabId: number, addresses: string[]): Promise<void> {
  const found = await Promise.all(addresses.map((address) => findSummary(address).catch(() => undefined)));
  const isSaved = found.some((summary) => summary !== undefined);
  await showSaved(tabId, isSaved, getText(isSaved ? 'action_title_saved' : 'action_title'));
}

/** Pages note themselves again when they are told; one that was open before the extension came is known by its address only. */
async function tellPages(): Promise<void> {
  const tabs = await listRfiTabs();
  await Promise.all(
    tabs.map(async ({ id, url }) => {
      if (!(await sendToPage(id, 'savedListChanged'))) await markTab(id, [url]);
    }),
  );
}

/** Only an overlay says how many photos are kept; pages have nothing to do for each. */
const tellOverlays = (): void =>
  void listRfiTabs()
    .then((tabs) => Promise.all(tabs.map(({ id }) => sendToPage(id, 'photosChanged'))))
    .catch(() => undefined);

/** Everything that follows a change of the list. The promise stays open while photos come, which keeps the background alive. */
async function followChange(): Promise<void> {
  // Nobody waits for the tabs: one that shows an alert answers when the alert is closed.
  void tellPages().catch(() => undefined);
  await goOn();
}

/** What a save leaves for later: the note that it is there, the browser's promise to keep it, the text that is searched, and the photos. */
async function goOn(): Promise<void> {
  await noteLibrary(identifyLibrary).catch(() => undefined);
  await askToPersist().catch(() => undefined);
  await renewTexts();
  await wantOverduePhotos();
  await keepWantedPhotos(tellOverlays, readPhotoWidth);
}

async function saveFromOverlay(article: unknown): Promise<SaveResult> {
  if (!isArticle(article)) return { ok: false, reason: 'invalid' };
  try {
    const { summary } = await saveArticle(article);
    return { ok: true, summary };
  } catch (error) {
    return { ok: false, reason: storageReason(error) };
  }
}

/** Changes the highlights of a saved article; false where it is not saved, or the browser did not let it happen. */
async function changeHighlights(
  id: string,
  change: (highlights: readonly Highlight[] | undefined) => Highlight[],
): Promise<boolean> {
  try {
    const changed = await changeMarks([id], ({ highlights }) => ({ highlights: change(highlights) }));
    void followChange().catch(() => undefined);
    return changed.size > 0;
  } catch {
    return false;
  }
}

handleInBackground({
  notePage: async (addresses, sender) => {
    const isList = Array.isArray(addresses) && addresses.every((address) => typeof address === 'string');
    if (isList && sender.tab?.id !== undefined) await markTab(sender.tab.id, addresses);
  },
  offerPage: async (_, { tab, url = '' }) => {
    const edition = editionOf(url);
    if (tab?.id !== undefined && edition !== null && (await opensByItself(edition))) await showReader(tab.id, 'offer');
  },
  saveArticle: saveFromOverlay,
  findSaved: async (address) =>
    typeof address === 'string' ? ((await findSummary(address).catch(() => null)) ?? null) : null,
  notePosition: async (reading) => {
    if (typeof reading !== 'object' || reading === null || !('id' in reading) || !('position' in reading)) return;
    const { id, position } = reading;
    if (typeof id === 'string' && isPosition(position)) await changeMarks([id], { position });
  },
  keepNote: async (written) => {
    if (typeof written !== 'object' || written === null) return;
    const { id, note, seen } = written as Partial<Record<'id' | 'note' | 'seen', unknown>>;
    const isSeen = Array.isArray(seen) && seen.every((text) => typeof text === 'string');
    if (typeof id === 'string' && typeof note === 'string' && isSeen) await keepNote(id, note, seen);
  },
  keepHighlight: async (made) => {
    if (typeof made !== 'object' || made === null) return false;
    const { id, highlight } = made as Partial<Record<'id' | 'highlight', unknown>>;
    if (typeof id !== 'string' || !isHighlight(highlight)) return false;
    return changeHighlights(id, (highlights) => withHighlight(highlights, highlight));
  },
  removeHighlight: async (removed) => {
    if (typeof removed !== 'object' || removed === null) return false;
    const { id, highlightId } = removed as Partial<Record<'id' | 'highlightId', unknown>>;
    if (typeof id !== 'string' || !isHighlightId(highlightId)) return false;
    return changeHighlights(id, (highlights) => withoutHighlight(highlights, highlightId));
  },
  savedListChanged: () => followChange().catch(() => undefined),
  goOn: () => goOn().catch(() => undefined),
  fetchPage: async (address) =>
    typeof address === 'string' ? fetchPage(address, (each) => editionOf(each) !== null) : null,
  loadExtra: async (name, sender) => {
    if (isExtra(name) && sender.tab?.id !== undefined) await injectExtra(sender.tab.id, name);
  },
  overlayTaken: async (_, sender) => {
    if (sender.tab?.id !== undefined) await showTaken(sender.tab.id, getText('action_title_taken'));
  },
  openLibrary: () => openLibrary(),
});
onToggleCommand(async (tabId) => {
  const opened = await showReader(tabId, 'toggle');
  // Where no overlay can be, the popup has the sentence why.
  if (!opened.ok) await openPopup();
});
onAddressBarSearch(getText('address_bar_hint'), (query) => void openLibrary(undefined, query));
onStart(() => void followChange().catch(() => undefined));

// Whatever woke the background: what was not done when it was ended is done now.
void goOn().catch(() => undefined);
void emptyBin().catch(() => undefined);
void forgetOldSnapshots().catch(() => undefined);
