/** Files that are imported together: what they are, how far they are, and what became of each. */
import type { FileReason } from '../../exchange/archive-file.ts';
import type { Chosen } from '../../exchange/unpack.ts';
import type { UnpackReason } from '../../exchange/unpacked.ts';
import type { StorageReason } from '../../saved/store.ts';

export type FileResult =
  | { file: string; outcome: 'kept' | 'returned' | 'known'; title: string }
  | { file: string; outcome: 'failed'; reason: FileReason | StorageReason | UnpackReason | 'fatal' | 'lost' }
  /** Beside the articles: a photo, or something else that is no text. */
  | { file: string; outcome: 'photo' | 'other' };

/** How far a set is: before a chosen file, or after so many of the files that are packed in it. */
export interface Reached {
  file: number;
  within: number;
}

/** How a set is kept until it is imported. */
export interface KeptSet {
  number: number;
  /** Not where they are too large, or the disk is full: of these only what they were is known after a crash. */
  isCopied: boolean;
}

/** Files that were chosen together. */
export interface ImportSet {
  files: readonly Chosen[];
  /** Of all its files together; 0 until it is known. */
  bytes: number;
  results: readonly FileResult[];
  reached: Reached;
  /** In one that goes on after a crash, notes which file is about to be read: the browser may end there again. */
  noteTry?: (place: Reached) => Promise<void>;
  /** How they are kept until they are imported. */
  kept: Promise<KeptSet | undefined>;
}
