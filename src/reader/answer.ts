/** Injected behind reader/index.ts by `readTab`: the value of this script, the extraction, is what the browser answers. */
globalThis.liseuse?.extract();
