/**
 * Where a link really goes: redirectors unwrapped, tracking parameters dropped, share links told apart, and every scheme
 * refused that is not a place to read. What RFI's pages and archives carry is listed with its sources in the tests.
 */

/** Parameters that count a reader and never change the page. Prefixes end in `*`. */
const TRACKING_PARAMETERS = [
  'utm_*',
  'at_*', // Piano, formerly AT Internet, RFI's own audience tool
  'xtor',
  'aef_campaign*',
  'mc_*',
  'fbclid',
  'fb_*',
  'gclid',
  'gclsrc',
  'dclid',
  'gbraid',
  'wbraid',
  'msclkid',
  'yclid',
  'ysclid',
  'twclid',
  'ttclid',
  'igsh',
  'igshid',
  'mkt_tok',
  '_hsenc',
  '_hsmi',
  'smid',
  'smtyp',
  'ref_src',
  'ref_url',
  'cmpid',
  'cmp',
  'wt_mc',
  'xtref',
  '__twitter_impression',
  'guccounter',
  'guce_referrer',
  'guce_referrer_sig',
];
const exact = new Set(TRACKING_PARAMETERS.filter((name) => !name.endsWith('*')));
const prefixes = TRACKING_PARAMETERS.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));

/** `ref` and `source` count readers on news sites but name a branch or a file on these, where they change the page. */
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

/** Piano and AT Internet also mark the fragment: "#xtor=RSS-1", "#at_medium=social". */
const TRACKING_FRAGMENT = /^#(xtor|at_|utm_)[^:]*=/;

/**
 * The absolute address that a link or a photo goes to, without redirectors and tracking; null where it leads to nothing
 * that a reader can open (`javascript:`, `data:`, an unparsable address). Cleaning twice changes nothing.
 *
 * @param href as written in the page
 * @param base address that relative links start from
 */
export function cleanLink(href: string, base: string): string | null {
  let url = parse(href, base);
  for (let depth = 0; url && depth < 5; depth++) {
    const target = unwrapOnce(url);
    if (!target) break;
    url = target;
  }
  if (!url || !FOLLOWABLE.test(url.protocol)) return null;
  if (url.protocol === 'mailto:' || url.protocol === 'tel:') return url.href;
  if (url.search) url.search = withoutTracking(url.search, url.hostname);
  if (TRACKING_FRAGMENT.test(url.hash)) url.hash = '';
  return url.href;
}
