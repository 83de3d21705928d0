/** Injected behind extract.ts when the reader asks: shows the page's article over the page. */
import type { InjectedReader } from '../platform/read-tab.ts';
import { extract } from './extractor.ts';
import { closeOverlay, isOverlayOpen, openOverlay } from './overlay.tsx';

const reader: InjectedReader = {
  show: async () => {
    if (!isOverlayOpen()) await openOverlay();
    // A page that wants no overlay takes it away as soon as it hears of it.
    await new Promise((resolve) => setTimeout(resolve));
    return isOverlayOpen();
  },
  toggle: async () => {
    return closeOverlay() || reader.show();
  },
  offer: async () => extract().ok && reader.show(),
};
globalThis.liseuse ??= reader;
