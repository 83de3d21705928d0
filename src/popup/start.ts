/**
 * Runs before anything else of the popup has come: the page is asked at once, while the popup's own code loads. What it
 * answers waits in `liseuseReading` for index.tsx.
 */
import { readShownTab, type Reading } from '../platform/read-tab.ts';

declare global {
  var liseuseReading: Promise<Reading>;
}
globalThis.liseuseReading = readShownTab();
