/** RFI on this machine: pages at their addresses, a drawn photo at every photo's address, nothing at any other. */
import type { Answer } from './browser/rfi-site.ts';

/** A photo, drawn so that two addresses do not look alike. */
const drawPhoto = (address: string): Answer => {
  const hue = [...address].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="576" viewBox="0 0 1024 576">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${hue} 35% 24%)"/><stop offset="1" stop-color="hsl(${(hue + 40) % 360} 55% 62%)"/></linearGradient></defs>
    <rect width="1024" height="576" fill="url(#sky)"/><circle cx="${200 + (hue % 600)}" cy="190" r="64" fill="#ffe9b8"/>
    <path d="M0 420 Q256 340 512 420 T1024 400 V576 H0z" fill="hsl(${hue} 30% 18%)"/></svg>`;
  return { headers: { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=600' }, body };
};

const decoded = ({ pathname }: URL): string => {
  try {
    return decodeURI(pathname).replace(/\/$/, '');
  } catch {
    return pathname;
  }
};

const samePage = (one: URL, other: URL): boolean => one.hostname === other.hostname && decoded(one) === decoded(other);

/**
 * What RFI answers, for `startSite`.
 *
 * @param pages HTML by the address that it is served at, with any query or trailing slash
 */
export function localRfi(pages: ReadonlyMap<string, string>): (url: URL) => Answer | undefined {
  return (url) => {
    if (url.pathname.startsWith('/media/display/')) return drawPhoto(url.href);
    for (const [address, html] of pages) {
      if (samePage(url, new URL(address))) {
        return { headers: { 'content-type': 'text/html; charset=utf-8' }, body: html };
      }
    }
    return undefined;
  };
}
