/**
 * The media type of an image without its parameters, in lower case: servers send `image/png; charset=binary`, and browsers keep
 * that in a Blob (https://mimesniff.spec.whatwg.org/#mime-type-essence). Empty for what is no image's.
 */
export const imageType = (type: string): string =>
  /^\s*(image\/[\w.+-]+)\s*(?:;|$)/i.exec(type)?.[1]?.toLowerCase() ?? '';
