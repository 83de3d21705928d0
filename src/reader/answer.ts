/** Injected behind reader/extract.ts by `readTab`: the value of this script, the extraction, is what the browser answers. */
globalThis.liseuseExtractor?.extract();
