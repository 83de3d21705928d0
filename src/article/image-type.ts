/**
 * The media type of an image without its parameters, in lower case: servers send `image/png; charset=binary`, and browsers keep
 * that in a Blob (https://mimesniff.spec.whatwg.org/#mime-type-essence). Empty for what is no image's.
 */
export const imageType = (type: string): string =>
  /^\s*(image\/[\w.+-]+)\s*(?:;|$)/i.exec(type)?.[1]?.toLowerCase() ?? '';

/** How images begin that browsers draw, letter by byte: JPEG, PNG, GIF, WebP, AVIF and its kin, BMP, ICO, JPEG XL. */
const BEGINNINGS =
  /^(?:\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8|RIFF[^]{4}WEBP|[^]{4}ftyp|BM|\0\0\x01\0|\xff\x0a|\0\0\0\x0cJXL )/;

/** Whether a file that begins so may be an image; drawings are text, which says so somewhere in its beginning. */
export function beginsAsImage(bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 2000));
  return BEGINNINGS.test(start) || /<svg[\s>]/i.test(start);
}
