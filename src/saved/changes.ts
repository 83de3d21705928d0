/** Tells every other page of the extension that the saved list changed: each re-reads what it shows. */

const CHANNEL = 'liseuse-saved-list';

/** Announces a change to all other contexts of the extension and to this one's own listeners. */
export function announceChange(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(null);
  channel.close();
}

/** Calls `listener` after each change, wherever it was made, until `signal` aborts. */
export function onSavedListChanged(listener: () => void, signal: AbortSignal): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', listener);
  signal.addEventListener('abort', () => channel.close(), { once: true });
}
