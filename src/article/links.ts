/**
 * Where a link really goes: redirectors unwrapped, tracking parameters dropped, share links told apart, and every scheme
 * refused that is not a place to read. What RFI's pages and archives carry is listed with its sources in the tests.
 */
import { TRACKERS } from './trackers.ts';

/**
 * Parameters that count a reader and never change the page, besides the public list in trackers.ts: what RFI's pages and
 * archives carry, and identifiers of a click or a share that the list lacks. Prefixes end in `*`.
 */
const MORE_TRACKERS = [
  'at_*', // Piano, formerly AT Internet, RFI's own audience tool
  'xtor',
  'xtref',
  'aef_campaign*', // France Médias Monde, once Audiovisuel extérieur de la France
  'fb_*',
  'dclid',
  'gbraid',
  'wbraid',
  '_gl', // https://support.google.com/analytics/answer/10071811
  'srsltid',
  'msclkid',
  'yclid',
  'ysclid',
  'twclid',
  'ttclid',
  'li_fat_id',
  'igsh',
  'igshid',
  'smid',
  'smtyp',
  'ref_src',
  'ref_url',
  'cmp',
  'wt_mc',
  '__twitter_impression',
  'guccounter',
  'guce_referrer',
  'guce_referrer_sig',
];
const ALL = [...TRACKERS, ...MORE_TRACKERS];
const exact = new Set(ALL);
const prefixes = ALL.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));

/** `ref` counts readers on news sites but names a branch or a file on these, where it changes the page. */
const REF_MEANS_SOMETHING = /(^|\.)(github|gitlab|bitbucket|codeberg)\.(com|org)$/;

const isTracking = (name: string, host: string): boolean => {
  const lower = name.toLowerCase();
  if (lower === 'ref') return !REF_MEANS_SOMETHING.test(host);
  return exact.has(lower) || prefixes.some((prefix) => lower.startsWith(prefix));
};

/** Redirectors: host and path, and the parameter that holds the true target. */
const REDIRECTORS: readonly [host: RegExp, path: RegExp, parameter: string][] = [
  [/^(l|lm)\.(facebook|instagram)\.com$/, /^\/(l\.php)?$/, 'u'],
  [/^www\.facebook\.com$/, /^\/l\.php$/, 'u'],
  [/^(www\.)?google\.[a-z.]+$/, /^\/url$/, 'url'],
  [/^(www\.)?google\.[a-z.]+$/, /^\/url$/, 'q'],
  [/\.safelinks\.protection\.outlook\.com$/, /^\//, 'url'],
  [/^mail\.francemm\.com$/, /^\/owa\/(.*\/)?redir\.aspx$/, 'URL'],
  [/^(www\.)?youtube\.com$/, /^\/redirect$/, 'q'],
  [/^t\.umblr\.com$/, /^\/redirect$/, 'z'],
  [/^out\.reddit\.com$/, /^\//, 'url'],
  [/^slack-redir\.net$/, /^\/link$/, 'url'],
  [/^(www\.)?linkedin\.com$/, /^\/redir\/redirect$/, 'url'],
];

/** Share and "send to" endpoints: they post the page somewhere, they lead to nothing to read. */
const SHARE_ENDPOINTS: readonly [host: RegExp, path: RegExp][] = [
  [/^((www|m)\.)?facebook\.com$/, /^\/(dialog\/(share|feed|send)|sharer(\.php|\/))/],
  [/^((www|mobile)\.)?(twitter|x)\.com$/, /^\/(intent\/(tweet|post)|share)\b/],
  [/^bsky\.app$/, /^\/intent\//],
  [/^(www\.)?threads\.(net|com)$/, /^\/intent\//],
  [/^(t|telegram)\.me$/, /^\/share\b/],
  [/^(api|web)\.whatsapp\.com$/, /^\/send/],
  [/^wa\.me$/, /^\/$/],
  [/^(www\.)?linkedin\.com$/, /^\/(shareArticle|sharing\/)/],
  [/^(www\.)?reddit\.com$/, /^\/submit/],
  [/^(www\.)?pinterest\.[a-z.]+$/, /^\/pin\/create/],
  [/^(www\.)?tumblr\.com$/, /^\/(share|widgets\/share)/],
  [/^service\.weibo\.com$/, /^\/share/],
  [/^(sns\.)?qzone\.qq\.com$/, /^\/cgi-bin\/qzshare/],
  [/^vk\.com$/, /^\/share\.php/],
  [/^connect\.ok\.ru$/, /^\/offer/],
  [/^(social-plugins\.)?line\.me$/, /^\/(R\/msg|lineit\/share)/],
  [/^getpocket\.com$/, /^\/(save|edit)/],
  [/^rfi\.my$/, /^\/\w+\.\w{1,2}$/],
  [/^f24\.my$/, /^\/\w+\.\w{1,2}$/],
];

const SHARE_SCHEMES = /^(whatsapp|tg|fb-messenger|viber|sms|line|weixin|threema|skype|twitter|bluesky):/i;

/** A link that a reader may follow. `mailto:` and `tel:` belong: newsrooms print them. */
const FOLLOWABLE = /^(https?|mailto|tel):$/;

const parse = (href: string, base: string): URL | null => {
  try {
    return new URL(href.trim(), base);
  } catch {
    return null;
  }
};

/** Whether an address shares, posts or sends the page instead of leading to something to read. */
export function isShareLink(href: string): boolean {
  if (SHARE_SCHEMES.test(href.trim())) return true;
  const url = parse(href, 'https://www.rfi.fr/');
  if (!url) return false;
  // "Send by mail" has a subject but nobody to send to.
  if (url.protocol === 'mailto:') return url.pathname === '' && /[?&](subject|body)=/i.test(url.search);
  return SHARE_ENDPOINTS.some(([host, path]) => host.test(url.hostname) && path.test(url.pathname));
}

const unwrapOnce = (url: URL): URL | null => {
  for (const [host, path, parameter] of REDIRECTORS) {
    if (!host.test(url.hostname) || !path.test(url.pathname)) continue;
    const target = url.searchParams.get(parameter);
    if (target && /^https?:\/\//i.test(target)) return parse(target, url.href);
  }
  return null;
};

/** The query without tracking. Kept pairs keep their spelling, which `URLSearchParams` would rewrite. */
const withoutTracking = (query: string, host: string): string => {
  const kept = query
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '' && !isTracking(pair.split('=')[0] ?? '', host));
  return kept.length > 0 ? `?${kept.join('&')}` : '';
};

/** Piano and AT Internet also mark the fragment: "#xtor=RSS-1", "#at_medium=social"; a text to scroll to may follow. */
const TRACKING_FRAGMENT = /^#(xtor|at_|utm_)[^:]*?=.*?(?=:~:|$)/;

/**
 * The absolute address that a link or a photo goes to, without redirectors and tracking; null where it leads to nothing
 * that a reader can open (`javascript:`, `data:`, an unparsable address). Cleaning twice changes nothing.
 *
 * @param href as written in the page
 * @param base address that relative links start from
 */
export function cleanLink(href: string, base: string): string | null {
  let url = parse(href, base);
  // It ends: a redirector's target is a part of it.
  for (let target = url; target; target = unwrapOnce(target)) url = target;
  if (!url || !FOLLOWABLE.test(url.protocol)) return null;
  if (url.protocol === 'mailto:' || url.protocol === 'tel:') return url.href;
  if (url.search) url.search = withoutTracking(url.search, url.hostname);
  if (TRACKING_FRAGMENT.test(url.hash)) url.hash = url.hash.replace(TRACKING_FRAGMENT, '');
  return url.href;
}
