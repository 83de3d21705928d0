/** Tells every other page of the extension that the saved list changed: each re-reads what it shows. */

const CHANNEL = 'liseuse-saved-list';

/** The ids of the articles that changed, came or went; undefined where it may be any of them. */
export type Changed = readonly string[] | undefined;

/** Announces a change to all other contexts of the extension and to this one's own listeners. */
export function announceChange(changed: Changed): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(changed);
  channel.close();
}

/** Calls `listener` after each change, wherever it was made, until `signal` aborts. */
export function onSavedListChanged(listener: (changed: Changed) => void, signal: AbortSignal): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<Changed>) => listener(data));
  signal.addEventListener('abort', () => channel.close(), { once: true });
}
