/** Fetches a page of RFI that the reader asked for, in the background: there the extension's right to rfi.fr counts. */

/** Milliseconds after which a page counts as one that does not come. */
const PATIENCE = 10_000;

/**
 * The HTML of a page, fetched without the reader's cookies; null where it does not come, is no HTML, or comes from an address
 * that `mayCome` refuses.
 */
export async function fetchPage(address: string, mayCome: (address: string) => boolean): Promise<string | null> {
  if (!mayCome(address)) return null;
  try {
    const response = await fetch(address, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE),
    });
    const isHtml = /^text\/html\b/i.test(response.headers.get('content-type') ?? '');
    return response.ok && isHtml && mayCome(response.url) ? await response.text() : null;
  } catch {
    return null;
  }
}
