/** Tells every other page of the extension that the saved list changed: each re-reads what it shows. */

const CHANNEL = 'liseuse-saved-list';

/** Announces which articles changed, came or went, to all other contexts of the extension and to this one's own listeners. */
export function announceChange(changed: readonly string[]): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(changed);
  channel.close();
}

/** Calls `listener` after each change, wherever it was made, until `signal` aborts. */
export function onSavedListChanged(listener: (changed: readonly string[]) => void, signal: AbortSignal): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<readonly string[]>) => listener(data));
  signal.addEventListener('abort', () => channel.close(), { once: true });
}
