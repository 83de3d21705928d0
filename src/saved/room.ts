/** Whether the disk has room: Chromium that writes to a disk which is really full may throw the whole database away (seen with 156). */

/** With less room than this on the disk, in bytes, nothing more is kept. */
const LITTLE_ROOM = 10_000_000;

/** Whether the browser says that less than that is left; not where it does not say. */
export async function hasLittleRoom(bytes = 0): Promise<boolean> {
  try {
    const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
    return quota - usage - bytes < LITTLE_ROOM;
  } catch {
    return false;
  }
}

/**
 * To be waited for before anything is written that adds to the library. Rejects as a full disk does, before it is full.
 *
 * @param bytes of the photos that come with it
 */
export async function needRoom(bytes = 0): Promise<void> {
  if (await hasLittleRoom(bytes)) throw new DOMException('The disk is nearly full.', 'QuotaExceededError');
}
