/**
 * The media type of an image without its parameters, in lower case: servers send `image/png; charset=binary`, and browsers keep
 * that in a Blob (https://mimesniff.spec.whatwg.org/#mime-type-essence). Empty for what is no image's.
 */
export const imageType = (type: string): string =>
  /^\s*(image\/[\w.+-]+)\s*(?:;|$)/i.exec(type)?.[1]?.toLowerCase() ?? '';

/** How images begin that browsers draw, in hexadecimal: JPEG, PNG, GIF, WebP, AVIF and its kin, BMP, ICO, JPEG XL. */
const BEGINNINGS =
  /^(ffd8ff|89504e470d0a1a0a|47494638|52494646.{8}57454250|.{8}66747970|424d|00000100|ff0a|0000000c4a584c20)/;

/** Whether a file that begins so may be an image; drawings are text, which says so somewhere in its beginning. */
export function beginsAsImage(bytes: Uint8Array): boolean {
  const start = Array.from(bytes.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return BEGINNINGS.test(start) || /<svg[\s>]/i.test(new TextDecoder().decode(bytes.subarray(0, 2000)));
}
