/** What holds for every link, tried on made-up ones: https://fast-check.dev. A failure prints the link and a seed. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compact, generalRules, LEFT_OUT } from '../../scripts/trackers.ts';
import { extractArticle } from '../../src/article/extract.ts';
import { cleanLink, isShareLink } from '../../src/article/links.ts';
import { sanitizeToFragment } from '../../src/article/sanitize.ts';
import { TRACKERS } from '../../src/article/trackers.ts';

const BASE = 'https://www.rfi.fr/cn/section/20251130-titre';
const clean = (href: string): string | null => cleanLink(href, BASE);

/** Names that sites need. Those of the second line count readers somewhere and say what to show elsewhere. */
const NEEDED = [
  ...[
    'page',
    'p',
    'id',
    'v',
    'q',
    't',
    's',
    'u',
    'url',
    'lang',
    'sort',
    'order',
    'start',
    'list',
    'tab',
    'article',
    'atom',
  ],
  ...[
    'source',
    'src',
    'si',
    'feature',
    'from',
    'tag',
    'campaign',
    'var',
    'mbid',
    'ncid',
    'cid',
    'sid',
    'pk_id',
    'int',
    'elqx',
  ],
];
const OURS = ['at_medium', 'at_custom1', 'xtor', 'aef_campaign', 'aef_campaign_ref', 'ref', 'fb_ref', '_gl', 'msclkid'];
/** The list as its authors wrote it, not as it was compacted: capitals and every name of a family. */
const LISTED = generalRules().filter((name) => !LEFT_OUT.includes(name));

const text = (characters: string, length: { minLength?: number; maxLength: number }): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), ...length });
/** As found in real queries: encoded in capitals and small letters, `+`, an equals sign within. */
const value = fc
  .array(fc.constantFrom('a', 'Z', '7', '%E4%B8%AD', '%e4%b8%ad', '%20', '+', '%26', '=', '.', ':', '/', '~', '%'), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
const pairOf = (names: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    names,
    fc.tuple(names, value).map(([name, written]) => `${name}=${written}`),
  );
const kept = pairOf(fc.constantFrom(...NEEDED));
const tracker = pairOf(fc.constantFrom(...LISTED, ...LISTED.map((name) => name.toUpperCase()), ...OURS));
const pair = fc.oneof(
  kept.map((written) => ({ written, stays: true })),
  tracker.map((written) => ({ written, stays: false })),
);
const page = fc
  .tuple(
    fc.constantFrom('https://a.org', 'http://b.example.fr:8080', 'https://www.rfi.fr', 'https://xn--fiqs8s.example'),
    fc.array(text('abz09-_.%E4中é', { minLength: 1, maxLength: 8 }), { maxLength: 4 }),
  )
  .map(([origin, parts]) => `${origin}/${parts.join('/')}`);
const fragment = fc.oneof(
  fc.constant(''),
  text('abz09-_/=', { minLength: 1, maxLength: 8 })
    .filter((words) => !words.startsWith('at_'))
    .map((words) => `#${words}`),
  text('abz,-%20', { minLength: 1, maxLength: 8 }).map((words) => `#:~:text=${words}`),
  text('abz', { minLength: 1, maxLength: 4 }).map((words) => `#part:~:text=${words}`),
);
const link = fc.tuple(page, fc.array(pair, { maxLength: 6 }), fragment).map(([address, pairs, hash]) => {
  const query = (written: string[]): string => (written.length > 0 ? `?${written.join('&')}` : '');
  return {
    href: address + query(pairs.map(({ written }) => written)) + hash,
    cleaned: new URL(address).href + query(pairs.filter(({ stays }) => stays).map(({ written }) => written)) + hash,
  };
});

const REDIRECTORS: readonly ((target: string) => string)[] = [
  (target) => `https://l.facebook.com/l.php?u=${target}&h=AT0&fbclid=1`,
  (target) => `https://www.google.com/url?sa=t&url=${target}&ved=2`,
  (target) => `https://eur01.safelinks.protection.outlook.com/?utm_source=x&url=${target}`,
  (target) => `https://mail.francemm.com/owa/redir.aspx?C=abc&URL=${target}`,
];
const wrapped = fc
  .tuple(link, fc.array(fc.constantFrom(...REDIRECTORS), { minLength: 1, maxLength: 6 }))
  .map(([{ href, cleaned }, redirectors]) => ({
    cleaned,
    href: redirectors.reduce((inner, redirector) => redirector(encodeURIComponent(inner)), href),
  }));

/** Anything: bits of links in any order, so that also what nobody thought of is tried. */
const anything = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'https://',
        'http:',
        '//',
        '/',
        '?',
        '&',
        '&&',
        '#',
        ':~:',
        '=',
        '%',
        '%2',
        '+',
        ' ',
        '\t',
        '@',
        '[',
      ),
      fc.constantFrom('javascript:', 'mailto:', 'tel:', 'a.org', 'l.facebook.com/l.php?u=', 'www.google.com/url?q='),
      fc.constantFrom('utm_source', 'xtor', 'ref', 'page', 'https%3A%2F%2F', '中', '\ud800'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Holds what `check` expects for each of them. */
function forAll<T>(made: fc.Arbitrary<T>, check: (each: T) => void, numRuns = 100): void {
  fc.assert(
    // What a property returns is its answer to fast-check, and `expect` returns something.
    fc.property(made, (each) => {
      check(each);
    }),
    { numRuns },
  );
}

describe('cleanLink', () => {
  it('takes the trackers away and leaves page, order, spelling and fragment', () => {
    forAll(link, ({ href, cleaned }) => expect(clean(href)).toBe(cleaned), 500);
  });

  it('unwraps redirectors, however many, and cleans what was in them', () => {
    forAll(wrapped, ({ href, cleaned }) => expect(clean(href)).toBe(cleaned));
  });

  it('changes nothing when it cleans again', () => {
    const any = fc.oneof(
      anything,
      wrapped.map(({ href }) => href),
    );
    const check = (href: string): void => {
      const once = clean(href);
      if (once !== null) expect(clean(once)).toBe(once);
    };
    forAll(any, check, 1000);
  });

  it('answers with nothing but places to read and addresses to write to', () => {
    forAll(anything, (href) => expect(clean(href) ?? 'https:').toMatch(/^(https?|mailto|tel):/), 1000);
  });

  it('refuses what runs, in any letters and with the white space that browsers overlook', () => {
    const scheme = fc
      .tuple(fc.constantFrom('javascript', 'data', 'vbscript', 'blob', 'file'), fc.infiniteStream(fc.boolean()))
      .map(([name, capitals]) => [...name].map((letter) => (capitals.next().value ? letter.toUpperCase() : letter)))
      .chain((letters) => fc.constantFrom('', '\t', '\n', '\r').map((hidden) => letters.join(hidden)));
    const before = text(' \t\n\u0000\u001f', { maxLength: 3 });
    forAll(fc.tuple(before, scheme, fc.string()), ([space, name, rest]) =>
      expect(clean(`${space}${name}:${rest}`)).toBeNull(),
    );
  });

  it('leaves no name of the public list', () => {
    for (const name of LISTED) {
      expect(clean(`https://a.org/x?page=2&${name}=1&q=b`), name).toBe('https://a.org/x?page=2&q=b');
    }
  });

  it('leaves what sites need', () => {
    for (const name of NEEDED) expect(clean(`https://a.org/x?${name}=1`)).toBe(`https://a.org/x?${name}=1`);
  });

  it('keeps a text to scroll to behind a tracking fragment', () => {
    expect(clean('https://a.org/x#xtor=RSS-1:~:text=mot')).toBe('https://a.org/x#:~:text=mot');
  });
});

describe('the list', () => {
  it('is the one that `npm run update:trackers` writes', () => {
    expect(TRACKERS).toEqual(compact(generalRules()));
  });

  it('names none of what sites need', () => {
    expect(TRACKERS.filter((name) => NEEDED.includes(name))).toEqual([]);
    expect(() => compact(['utm_source', 'id'])).toThrow('"id"');
  });
});

describe('isShareLink', () => {
  const share = fc
    .constantFrom(
      'https://www.facebook.com/sharer/sharer.php?u=x',
      'https://x.com/intent/tweet?url=x',
      'https://t.me/share/url?url=x',
      'https://www.linkedin.com/shareArticle?url=x',
      'https://rfi.my/CEAH.F?',
    )
    .chain((href) => fc.array(tracker, { maxLength: 3 }).map((trackers) => [href, ...trackers].join('&')));

  it('sees the same with trackers and without', () => {
    forAll(share, (href) => {
      expect(isShareLink(href)).toBe(true);
      expect(isShareLink(clean(href) ?? '')).toBe(true);
    });
  });

  it('takes no ordinary page for one, whatever its query holds', () => {
    forAll(link, ({ href }) => expect(isShareLink(href)).toBe(false));
  });

  it('answers to anything', () => {
    forAll(anything, (href) => expect(isShareLink(href)).toBeTypeOf('boolean'));
  });
});

describe('a link in an article', () => {
  const articleWith = (html: string): string => {
    const page = `<!doctype html><html lang="fr"><head><title>Un essai</title></head><body>
      <article class="t-content__article-wrapper" data-article-content><h1 class="t-content__title">Un essai</h1>
      <div class="t-content__body"><p>Un premier paragraphe avant celui-là.</p>${html}</div></article></body></html>`;
    const extraction = extractArticle(new DOMParser().parseFromString(page, 'text/html'), BASE);
    if (!extraction.ok) throw new Error(extraction.reason);
    return extraction.article.content;
  };
  const written = (href: string): string => {
    const holder = document.createElement('p');
    const made = document.createElement('a');
    made.setAttribute('href', href);
    made.textContent = 'un lien';
    holder.append('Voir ', made, ' pour en savoir plus.');
    return holder.outerHTML;
  };
  const linkIn = (html: string): string | null => {
    const holder = document.createElement('div');
    holder.append(sanitizeToFragment(html));
    return holder.querySelector('a')?.getAttribute('href') ?? null;
  };

  it('comes out clean, and the sanitizer leaves it so', () => {
    const check = ({ href, cleaned }: { href: string; cleaned: string }): void =>
      expect(linkIn(articleWith(written(href)))).toBe(cleaned);
    forAll(fc.oneof(link, wrapped), check, 50);
  });

  it('is sanitized to itself or to none, and then stays', () => {
    const any = fc.oneof(
      anything,
      link.map(({ cleaned }) => cleaned),
    );
    const check = (href: string): void => {
      const once = linkIn(written(href)) ?? '';
      expect(['', href.trim()]).toContain(once);
      if (once) expect(linkIn(written(once))).toBe(once);
    };
    forAll(any, check, 300);
  });
});
