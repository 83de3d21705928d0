/** Where the overlay has the other script of a Chinese article from: the background fetches RFI's edition and injects OpenCC. */
import { askForExtra } from '../platform/extras.ts';
import { sendToBackground } from '../platform/messaging.ts';
import type { ScriptSources } from '../ui/use-other-script.ts';
import { readHtml } from './extractor.ts';

export const scriptSources: ScriptSources = {
  readTwin: async (address) => {
    const html = await sendToBackground('fetchPage', address);
    return html === null ? null : readHtml(html, address);
  },
  loadConverter: askForExtra,
};
