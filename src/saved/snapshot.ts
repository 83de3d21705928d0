/** What a snapshot is: a large change, and what was known of each article before it. */
import type { Entry } from './merge.ts';

export interface Snapshot {
  id: string;
  /** When the change began, milliseconds since 1970. */
  time: number;
  /** The change that it was made for. */
  reason: 'import' | 'backup' | 'bin' | 'restore' | 'version' | 'upgrade';
  /** Only of `restore`: the snapshot that is being brought back; without `restored`, it was cut off. */
  restoring?: string;
  /** Only of `restore`: the same, once all of it is back. */
  restored?: string;
}

/** What was known of an article before a change; without a record it was not there. */
export interface Before extends Entry {
  snapshot: string;
  id: string;
  /** The images that the change may take away. */
  photos: { src: string; blob: Blob }[];
}
