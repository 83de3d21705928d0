/** What holds for every page, however odd or hostile: tried on made-up documents. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/article/extract.ts';
import { sanitizeToFragment } from '../../src/article/sanitize.ts';

const RUNS = 100;
/** Milliseconds; only a page that hangs takes so long. */
const PATIENCE = 120_000;

const words = (text: string): string => text.replace(/\s+/g, '');

const toPage = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');

const NAMES = [
  ...['p', 'div', 'span', 'a', 'em', 'strong', 'h2', 'h3', 'ul', 'li', 'blockquote', 'figure', 'figcaption', 'section'],
  ...['table', 'tr', 'td', 'pre', 'noscript', 'template', 'form', 'button', 'aside', 'time', 'q', 'sup'],
  ...['svg', 'math', 'mi', 'style', 'title', 'script', 'iframe', 'object', 'base', 'meta', 'youtube-player', 'article'],
];
const VOID = ['img', 'br', 'hr', 'source', 'input'];
const CLASSES = [
  ...['m-em-quote', 'm-em-quote__body', 'm-em-textbox', 'm-em-liveblog', 'm-em-video', 'm-em-twitter', 'm-em-audio'],
  ...['t-content__body', 't-content__chapo', 't-content__transcription', 'm-chapters', 'a-chapter', 'a-chapter__label'],
  ...['o-self-promo', 'm-interstitial', 't-content__shares', 'a-read-more', 'lead', 'credit', 'chapters', 'transcript'],
];
const ADDRESSES = [
  ...[
    'javascript:alert(1)',
    ' java\tscript:alert(1)',
    'data:text/html,<b>x',
    'vbscript:x',
    '//host.example/a',
    '/fr/x',
  ],
  ...['https://a.example/p?page=2&utm_source=x#:~:text=y', 'http://[', 'mailto:a@b.example', '#note', '?q=1', ''],
  ...[
    'https://twitter.com/intent/tweet?text=x',
    'https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F',
    'ftp://a.example/',
  ],
];

const attribute = fc.oneof(
  fc.constantFrom(...CLASSES).map((name) => ` class="${name}"`),
  fc.constantFrom(...ADDRESSES).map((address) => ` href="${address.replace(/"/g, '&quot;')}"`),
  fc.constantFrom(...ADDRESSES).map((address) => ` src="${address}" source="${address}"`),
  fc.constantFrom(
    ...[' onclick="x()"', ' onerror="x()"', ' style="position:fixed"', ' id="body"', ' name="attributes"', ' hidden'],
    ...[
      ' width="1" height="1"',
      ' width="640" height="360"',
      ' datetime="2026-11-03T18:00:00Z"',
      ' ping="https://a.example/"',
    ],
    ...[
      ' v-bind:init-time="65"',
      ' data-selfpromo-app',
      " inlined-images-data='[{]'",
      ' srcdoc="<script>x()</script>"',
    ],
  ),
);
const text = fc.oneof(
  fc.constantFrom(
    'Une phrase, avec des virgules, et encore.',
    '分享 :',
    ' ',
    '\u00a0',
    '',
    '01:05',
    '&lt;script&gt;',
    ' — ',
    '。',
  ),
  fc.string({ maxLength: 12 }).map((words) => words.replace(/[<>&]/g, '')),
);
const { node } = fc.letrec<{ node: string; inner: string[] }>((tie) => ({
  inner: fc.array(tie('node'), { maxLength: 4 }),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc
      .tuple(fc.constantFrom(...VOID), fc.array(attribute, { maxLength: 3 }))
      .map(([name, given]) => `<${name}${given.join('')}>`),
    fc
      .tuple(fc.constantFrom(...NAMES), fc.array(attribute, { maxLength: 2 }), tie('inner'))
      .map(([name, given, inner]) => `<${name}${given.join('')}>${inner.join('')}</${name}>`),
  ),
}));
const body = fc.array(node, { minLength: 1, maxLength: 8 }).map((nodes) => nodes.join(''));

const rfiPage = (html: string): string =>
  `<html lang="fr"><head><title>Un essai</title></head><body><div class="t-content t-content--article"><article data-article-content
  class="t-content__article-wrapper"><h1 class="t-content__title">Un essai</h1><div class="t-content__body">${html}</div></article></div></body></html>`;
const anyPage = (html: string): string =>
  `<html lang="fr"><head><title>Un essai</title></head><body>${html}</body></html>`;

describe.each([
  ['RFI’s', rfiPage, 'https://www.rfi.fr/fr/x/20261103-un-essai'],
  ['any other site’s', anyPage, 'https://exemple.org/a/b'],
] as const)('a page of %s markup', (_, toHtml, address) => {
  it(
    'gives clean content or a reason, and stays as it was',
    () => {
      fc.assert(
        fc.property(body, (html) => {
          const page = toPage(toHtml(html));
          const before = page.documentElement.outerHTML;

          const extraction = extractArticle(page, address);

          expect(page.documentElement.outerHTML).toBe(before);
          if (!extraction.ok) return;
          const { content } = extraction.article;
          const parsed = toPage(content).body;
          const again = document.createElement('div');
          again.append(sanitizeToFragment(content));
          expect(again.innerHTML).toBe(parsed.innerHTML);
          for (const element of parsed.querySelectorAll('[href], [src]')) {
            const target = element.getAttribute('href') ?? element.getAttribute('src');
            expect(target).toMatch(/^(https?:\/\/|mailto:|tel:)/);
          }
        }),
        { numRuns: RUNS },
      );
    },
    PATIENCE,
  );
});

it(
  'what was extracted, on a page again, loses no word',
  () => {
    const address = 'https://www.rfi.fr/fr/x/20261103-un-essai';
    fc.assert(
      fc.property(body, (html) => {
        const first = extractArticle(toPage(rfiPage(html)), address);
        if (!first.ok) return;
        const second = extractArticle(toPage(rfiPage(first.article.content)), address);
        expect(second.ok ? words(second.article.textContent) : '').toBe(words(first.article.textContent));
      }),
      { numRuns: RUNS },
    );
  },
  PATIENCE,
);
