/** Names of an article: the one canonical address of a page, whatever way the reader came to it, and RFI's editions. */
import { cleanLink } from './links.ts';

/** The seventeen paths that RFI's own edition homes name in `link[hreflang]`, with the language that each is written in. */
export const EDITIONS: Readonly<Record<string, string>> = {
  fr: 'fr',
  en: 'en',
  es: 'es',
  pt: 'pt',
  br: 'pt-BR',
  ha: 'ha',
  sw: 'sw',
  ma: 'bm',
  ff: 'ff',
  ro: 'ro',
  ru: 'ru',
  uk: 'uk',
  vi: 'vi',
  cn: 'zh-Hans',
  tw: 'zh-Hant',
  km: 'km',
  fa: 'fa',
};

/** Whether an address is on rfi.fr or a host below it (s.rfi.fr, francaisfacile.rfi.fr). */
export function isRfiAddress(href: string): boolean {
  return /^https?:\/\/([\w-]+\.)*rfi\.fr(:\d+)?([/?#]|$)/i.test(href);
}

/** RFI's edition that an address belongs to ("cn"), null where it belongs to none. */
export function editionOf(href: string): string | null {
  const edition = isRfiAddress(href) ? new URL(href).pathname.split('/').find(Boolean) : undefined;
  return edition !== undefined && Object.hasOwn(EDITIONS, edition) ? edition : null;
}

/** One spelling of a path: `%E4%b8` and `中` are written alike, and an unpaired `%` is left as it stands. */
const normalizePath = (path: string): string => {
  try {
    return encodeURI(decodeURI(path)).replace(/%25([0-9A-F]{2})/gi, '%$1');
  } catch {
    return path;
  }
};

/** An address of rfi.fr that is canonical as it stands: nothing of it has to be taken apart. */
const IS_CANONICAL = /^https:\/\/([a-z0-9-]+\.)+rfi\.fr(\/([\w.~!'()*,-]|%[0-9A-F]{2})+)+$/;

/**
 * The canonical address of an article: without tracking, fragment and trailing slash; on rfi.fr always https, without the
 * doubled slash of old feeds (`http://www.rfi.fr//cn/…`) and without any query, for RFI's articles have none (none of the
 * 11,759 addresses looked at). Throws a TypeError if `href` is not an absolute http(s) address.
 */
export function canonicalAddress(href: string): string {
  if (IS_CANONICAL.test(href)) return href;
  const short = shortAddress(href);
  if (short) return short;
  const cleaned = cleanLink(href, href);
  if (!cleaned || !/^https?:/.test(cleaned)) throw new TypeError(`not a web address: ${href}`);
  const url = new URL(cleaned);
  url.hash = '';
  url.username = '';
  url.password = '';
  if (isRfiAddress(url.href)) {
    url.protocol = 'https:';
    url.port = '';
    url.search = '';
    url.hostname = url.hostname === 'rfi.fr' ? 'www.rfi.fr' : url.hostname;
    url.pathname = normalizePath(url.pathname.replace(/\/{2,}/g, '/'));
  }
  if (url.pathname.length > 1) url.pathname = url.pathname.replace(/\/+$/, '');
  return url.href;
}

/**
 * RFI's short address without the channel that it was shared on: "https://rfi.my/CEAH.F" is "https://rfi.my/CEAH".
 * null if `href` is not one.
 */
export function shortAddress(href: string): string | null {
  const code = /^https?:\/\/rfi\.my\/(\w+)(\.\w{1,2})?\/?([?#].*)?$/i.exec(href.trim())?.[1];
  return code ? `https://rfi.my/${code}` : null;
}
