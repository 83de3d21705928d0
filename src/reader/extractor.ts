/** What extract.ts left in this world, which is injected first. In the overlay, the build takes the sanitizer from here too. */
const { liseuseExtractor } = globalThis;
if (!liseuseExtractor) throw new Error('The overlay has nothing to extract with: extract.js is injected before it.');

export const { extract, readHtml, sanitizeToFragment } = liseuseExtractor;
