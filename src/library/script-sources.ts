/** Where the library has the other script of a Chinese article from. What reads pages is loaded only then. */
import { loadExtra } from '../platform/extras.ts';
import { sendToBackground } from '../platform/messaging.ts';
import type { ScriptSources } from '../ui/use-other-script.ts';

export const scriptSources: ScriptSources = {
  readTwin: async (address) => {
    const html = await sendToBackground('fetchPage', address);
    if (html === null) return null;
    const { readHtml } = await import('../article/read-html.ts');
    return readHtml(html, address);
  },
  loadConverter: loadExtra,
};
