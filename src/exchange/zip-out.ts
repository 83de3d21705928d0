/** What every zip that is taken out has in common: names that are safe everywhere, and photos beside the articles. */
import { imageType } from '../article/image-type.ts';
import { BlobReader, configure, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import type { WholeArticle } from '../saved/whole-library.ts';
import type { PhotoLine } from './backup-shape.ts';
import { toFileName } from './file-name.ts';

// The browser's own streams do the work; a page of an extension loads no worker of a library's.
configure({ useWebWorkers: false });

const MAX_TITLE_BYTES = 120;

/** A zip that is written to a stream, file after file. */
export const startZip = (file: WritableStream<Uint8Array>, time: Date): ZipWriter<unknown> =>
  new ZipWriter(file, { keepOrder: true, lastModDate: time });

/** The number of an article in its zip, from 1: it makes each name one of its kind, whatever titles say and disks compare. */
export const numberOf = (index: number): string => String(index).padStart(5, '0');

/** The path of an article in its zip. */
export const articlePath = (number: string, title: string, extension: string): string =>
  `articles/${`${number} ${toFileName(title, MAX_TITLE_BYTES)}`.trim()}.${extension}`;

/** Adds the kept photos of an article; resolves to a line for each photo. What is no image is to be fetched anew. */
export async function addPhotos(
  zip: ZipWriter<unknown>,
  number: string,
  { record, readPhoto }: WholeArticle,
): Promise<PhotoLine[]> {
  const photos: PhotoLine[] = [];
  for (const { src, state } of record.photos) {
    const blob = state === 'kept' ? await readPhoto(src) : undefined;
    if (!blob || imageType(blob.type) === '') {
      photos.push({ src, state: state === 'kept' ? 'wanted' : state });
      continue;
    }
    const extension = /^image\/(\w{1,8})/.exec(blob.type)?.[1] ?? 'image';
    const file = `photos/${number}-${photos.length + 1}.${extension}`;
    // Photos are packed already.
    await zip.add(file, new BlobReader(blob), { level: 0 });
    photos.push({ src, state: 'kept', file, type: imageType(blob.type) });
  }
  return photos;
}
