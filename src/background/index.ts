/**
 * The background: answers messages, keeps photos, marks the toolbar icon. It may be ended between any two events, so
 * everything it has to remember stands in the store, and every listener is added while this script first runs.
 */
import { isArticle } from '../article/article.ts';
import { getText } from '../platform/i18n.ts';
import { handleInBackground, sendToPage } from '../platform/messaging.ts';
import type { SaveResult } from '../platform/protocol.ts';
import {
  listRfiTabs,
  onStart,
  onToggleCommand,
  openLibrary,
  openPopup,
  showSaved,
  toggleReader,
} from '../platform/tabs.ts';
import { keepWantedPhotos } from '../saved/photos.ts';
import { findSummary, saveArticle, storageReason } from '../saved/store.ts';

/** Marks the icon of a tab; an unreadable list or an address that is none marks nothing. */
async function markTab(tabId: number, address: string): Promise<void> {
  const saved = await findSummary(address).catch(() => undefined);
  await showSaved(tabId, saved !== undefined, getText(saved ? 'action_title_saved' : 'action_title'));
}

async function tellOverlays(): Promise<void> {
  await Promise.all((await listRfiTabs()).map(({ id }) => sendToPage(id, 'savedListChanged')));
}

async function markAllTabs(): Promise<void> {
  await Promise.all((await listRfiTabs()).map(({ id, url }) => markTab(id, url)));
}

/** Everything that follows a change of the list. The promise stays open while photos come, which keeps the background alive. */
async function followChange(): Promise<void> {
  // Nobody waits for the tabs: one that shows an alert answers when the alert is closed.
  void markAllTabs().catch(() => undefined);
  void tellOverlays().catch(() => undefined);
  await keepWantedPhotos(() => void tellOverlays().catch(() => undefined));
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

handleInBackground({
  notePage: async (address, sender) => {
    if (typeof address === 'string' && sender.tab?.id !== undefined) await markTab(sender.tab.id, address);
  },
  saveArticle: saveFromOverlay,
  findSaved: async (address) =>
    typeof address === 'string' ? ((await findSummary(address).catch(() => null)) ?? null) : null,
  savedListChanged: () => followChange().catch(() => undefined),
  openLibrary: () => openLibrary(),
});
onToggleCommand(async (tabId) => {
  const opened = await toggleReader(tabId);
  // Where no overlay can be, the popup has the sentence why.
  if (!opened.ok) await openPopup();
});
onStart(() => void followChange().catch(() => undefined));

// Whatever woke the background: photos that were on their way when it was ended are fetched now.
void keepWantedPhotos(() => void tellOverlays().catch(() => undefined)).catch(() => undefined);
