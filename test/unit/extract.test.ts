/** Extraction on fixtures in RFI's markup: what is kept, what goes, and that the page stays as it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/article/extract.ts';
import { isArticle, type Article } from '../../src/article/article.ts';
import { extractFixture, fixtureAddress, fixtureNames, FIXTURES, readSource } from '../fixtures/fixture.ts';

const read = (path: string): string => readFileSync(join(FIXTURES, path), 'utf8');
const toPage = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');
const ADDRESS = 'https://www.rfi.fr/fr/afrique/20261103-un-essai';

/** The article of a page made for one test; fails the test where there is none. */
function articleOf(html: string, address = ADDRESS): Article {
  const extraction = extractArticle(toPage(html), address);
  if (!extraction.ok) throw new Error(extraction.reason);
  return extraction.article;
}

/** A page in RFI's markup around a body. */
const rfiPage = (body: string, more: { head?: string; beforeBody?: string } = {}): string => `<!doctype html>
  <html lang="fr"><head><title>Un essai</title>${more.head ?? ''}</head><body><div class="t-content t-content--article">
  <article class="t-content__article-wrapper" data-article-content><h1 class="t-content__title">Un essai</h1>
  <p class="t-content__chapo">Le chapeau dit de quoi il s’agit, en une phrase.</p>${more.beforeBody ?? ''}
  <div class="t-content__body">${body}</div></article></div></body></html>`;

describe.each(fixtureNames())('fixture %s', (name) => {
  const article = extractFixture(name);

  it('comes out as was reviewed', () => {
    const { content, textContent, ...facts } = article;
    expect(`${content}\n`).toBe(read(`${name}/expected.html`));
    expect(facts).toEqual(JSON.parse(read(`${name}/expected.json`)));
    expect(textContent.length).toBe(facts.length);
  });

  it('is a whole Article, also after a trip through JSON', () => {
    expect(isArticle(JSON.parse(JSON.stringify(article)))).toBe(true);
  });

  it('has no share link, tracking link, promotion, advertisement or empty element', () => {
    const view = toPage(article.content).body;
    const links = [...view.querySelectorAll('a')].map((link) => link.href);
    expect(
      links.filter((href) => /rfi\.my|intent|whatsapp|dialog\/share|feedx|utm_|xtor|fbclid|at_medium/.test(href)),
    ).toEqual([]);
    expect(view.textContent).not.toMatch(
      /广告|继续浏览|电邮新闻|分享|获取更多RSS|PUBLICITÉ|Newsletter|Partager|À lire aussi|تبلیغ|خبرنامه|همرسانی/,
    );
    const empty = [...view.querySelectorAll('p, div, span, li, ul, h2, figure, a')].filter(
      (element) => element.textContent?.trim() === '' && !element.querySelector('img, audio'),
    );
    expect(empty.map((element) => element.outerHTML)).toEqual([]);
  });
});

describe('a page', () => {
  const html = readSource('article-cn');

  it('is not changed by being read', () => {
    const page = toPage(html);
    const before = page.documentElement.outerHTML;
    extractArticle(page, fixtureAddress(html));
    expect(page.documentElement.outerHTML).toBe(before);
  });

  it('keeps every paragraph, heading, photo and caption of its body, in order', () => {
    const body = toPage(html).querySelector('.t-content__body');
    for (const junk of body?.querySelectorAll('.m-interstitial, .o-self-promo') ?? []) junk.remove();
    const words = (root: ParentNode): string[] =>
      [...root.querySelectorAll('p, h2, figcaption span')]
        .map((block) => block.textContent?.replace(/\s+/g, ' ').trim() ?? '')
        .filter(Boolean);
    const kept = articleOf(html, fixtureAddress(html)).textContent.replace(/\s+/g, ' ');
    let from = 0;
    for (const block of body ? words(body) : []) {
      const at = kept.indexOf(block, from);
      expect(at, `${block} is kept, after the block before it`).toBeGreaterThanOrEqual(from);
      from = at + block.length;
    }
    expect(from).toBeGreaterThan(0);
  });

  it('without an article says so: a home page, a section', () => {
    const home = `<html lang="fr"><head><meta property="og:type" content="website"></head><body>${'<h2><a href="/fr/a">Un titre</a></h2><p>Une phrase qui annonce un article, assez longue pour qu’on la prenne pour un paragraphe.</p>'.repeat(30)}</body></html>`;
    expect(extractArticle(toPage(home), 'https://www.rfi.fr/fr/')).toEqual({ ok: false, reason: 'noArticle' });
  });

  it('whose body is empty says so, though it has a title, a lead and a photo', () => {
    const photo = '<div class="t-content__main-media"><figure><img src="https://s.rfi.fr/a.jpg"></figure></div>';
    const empty = rfiPage('<div class="m-interstitial">Publicité</div><p>&nbsp;</p>', { beforeBody: photo });
    expect(extractArticle(toPage(empty), ADDRESS)).toEqual({ ok: false, reason: 'emptyArticle' });
  });

  it('with invalid or strange JSON-LD is read all the same', () => {
    const strange = [
      '{"@type": "NewsArticle" "headline": }',
      '[]',
      'null',
      '[null, 3, {"@type": ["NewsArticle"], "author": "Une plume", "keywords": [{"name": "Un mot"}], "datePublished": "demain"}]',
      '{"@graph": [{"@type": "NewsArticle", "datePublished": "2026-11-03T22:14:00+01:00"}]}',
    ];
    const articles = strange.map((json) =>
      articleOf(rfiPage('<p>Un paragraphe.</p>', { head: `<script type="application/ld+json">${json}</script>` })),
    );
    for (const article of articles) expect(article.textContent).toContain('Un paragraphe.');
    expect(articles[3]?.byline).toBe('Une plume');
    expect(articles[3]?.tags).toEqual(['Un mot']);
    expect(articles[3]?.publishedTime).toBeNull();
    expect(articles[4]?.publishedTime).toBe('2026-11-03T21:14:00Z');
  });

  it('keeps what Readability alone would throw away: lists of links, short texts, a heading like the title', () => {
    const body = `<h2>Un essai</h2><p>Court.</p><ul>${'<li><a href="/fr/x">Un lien de la rédaction</a></li>'.repeat(8)}</ul>`;
    const { content } = articleOf(rfiPage(body));
    expect(content).toContain('<h2>Un essai</h2>');
    expect(content.match(/Un lien de la rédaction/g)).toHaveLength(8);
  });

  it('in another markup comes out as Readability has it', () => {
    const paragraphs = Array.from(
      { length: 6 },
      (_, n) =>
        `<p>Phrase ${n} d’un texte qui a sa place dans un journal, avec assez de mots, de virgules, et de suite dans les idées.</p>`,
    );
    const other = `<html lang="fr"><head><meta property="og:type" content="article"><title>Ailleurs</title></head><body><nav><a href="/">Menu</a></nav><div id="story">${paragraphs.join('')}</div></body></html>`;
    const article = articleOf(other, 'https://www.rfi.fr/fr/autre/20261103-gabarit');
    expect(article.textContent.match(/Phrase \d/g)).toHaveLength(6);
    expect(article.textContent).not.toContain('Menu');
  });

  it('may not name itself after another site, nor after its own home', () => {
    const canonical = (href: string): string =>
      articleOf(rfiPage('<p>Un mot.</p>', { head: `<link rel="canonical" href="${href}">` })).url;
    expect(canonical('https://evil.example/fr/afrique/20261103-un-essai')).toBe(ADDRESS);
    expect(canonical('https://www.rfi.fr/fr/')).toBe(ADDRESS);
    expect(canonical('https://www.rfi.fr/fr/afrique/')).toBe(ADDRESS);
    expect(canonical('javascript:alert(1)')).toBe(ADDRESS);
    expect(canonical('https://www.rfi.fr/fr/afrique/20261103-le-vrai-nom?utm_source=x')).toBe(
      'https://www.rfi.fr/fr/afrique/20261103-le-vrai-nom',
    );
  });

  it('opened by its short address is known by its own', () => {
    const head = `<link rel="canonical" href="${ADDRESS}">`;
    const article = articleOf(rfiPage('<p>Un mot.</p>', { head }), 'https://rfi.my/CEAH.F');
    expect(article).toMatchObject({ url: ADDRESS, shortUrl: 'https://rfi.my/CEAH' });
  });
});

it('white space of the source goes, white space between words stays', () => {
  const body =
    '<p>\n  Un\n  <!-- note --> mot <em>et</em> <b>un</b> <o:p>autre</o:p> mot\u00a0!\n</p><ul>\n <li> a </li>\n</ul><pre>  x\n   y</pre>';
  const { content } = articleOf(rfiPage(body));
  expect(content).toContain(
    '<p>Un mot <em>et</em> <b>un</b> autre mot&nbsp;!</p>\n<ul><li>a</li></ul>\n<pre>  x\n   y</pre>'.replace(
      'Un mot',
      'Un  mot',
    ),
  );
});

describe('share links', () => {
  const contentOf = (body: string): string => articleOf(rfiPage(`<p>Avant.</p>${body}<p>Après.</p>`)).content;

  it('in a sentence lose their target, not their words', () => {
    const sentence =
      '<p>Voir <a href="https://rfi.my/AbCd.F">notre dossier</a> et <a href="https://twitter.com/intent/user?screen_name=rfi">le compte</a>.</p>';
    expect(contentOf(sentence)).toContain(
      '<p>Voir notre dossier et <a href="https://twitter.com/intent/user?screen_name=rfi">le compte</a>.</p>',
    );
  });

  it('go with their label, in whatever block', () => {
    const bars = [
      '<p>Partager : <a href="https://x.com/intent/tweet?text=x">X</a> <a href="https://www.facebook.com/sharer/sharer.php?u=x">Facebook</a></p>',
      '<div><div>分享 :</div><div><a href="whatsapp://send?text=x"><span></span></a></div></div>',
      '<ul><li><a href="https://bsky.app/intent/compose?text=x">Bluesky</a></li></ul>',
    ];
    expect(contentOf(bars.join(''))).toMatch(/Avant\.<\/p>\n<p>Après/);
  });

  it('that quote a sentence of the text leave the sentence', () => {
    const sentence =
      'La presqu’île a retrouvé sa lumière, dit-elle, et personne n’osait plus y croire depuis deux hivers.';
    const quoted = `<p><a href="https://twitter.com/intent/tweet?text=x">${sentence}</a> <a href="https://twitter.com/intent/tweet?text=x">Tweeter</a></p>`;
    expect(contentOf(quoted)).toContain(`<p>${sentence}</p>`);
  });

  it('tell the short address of the article, links of its text another’s', () => {
    const text = '<p>Lire <a href="https://rfi.my/Other.F">l’autre</a>.</p>';
    const bar =
      '<div class="t-content__shares"><a href="https://x.com/intent/tweet?url=https%3A%2F%2Frfi.my%2FMine.X">X</a></div>';
    expect(articleOf(rfiPage(text + bar)).shortUrl).toBe('https://rfi.my/Mine');
    expect(articleOf(rfiPage(text)).shortUrl).toBeNull();
  });
});

it('relative links start where the page says', () => {
  const page = rfiPage('<p>Voir <a href="autre">l’autre</a>.</p>').replace(
    '<head>',
    '<head><base href="/en/dossier/">',
  );
  expect(articleOf(page).content).toContain('href="https://www.rfi.fr/en/dossier/autre"');
});

it('a photo of RFI’s is asked for by https', () => {
  const page = rfiPage('<figure><img src="http://s.rfi.fr/media/a.jpg" alt=""></figure><p>Un mot.</p>');
  expect(articleOf(page).photos).toEqual(['https://s.rfi.fr/media/a.jpg']);
});

it('words of two lines never touch in the text', () => {
  const { textContent } = articleOf(
    rfiPage(
      '<ul><li>Un</li><li>deux<ul><li>trois</li></ul></li></ul><table><tr><td>quatre</td><td>cinq</td></tr></table><p>six<br>sept</p><blockquote><p>huit</p><p>neuf</p></blockquote>',
    ),
  );
  expect(textContent.split(/\s+/).slice(-9)).toEqual([
    'Un',
    'deux',
    'trois',
    'quatre',
    'cinq',
    'six',
    'sept',
    'huit',
    'neuf',
  ]);
});

it('a form around the text does not take it away', () => {
  const { content } = articleOf(
    rfiPage('<form action="/x"><p>Dedans.</p><input name="a"><button>Envoyer</button></form><p>Dehors.</p>'),
  );
  expect(content).toMatch(/<p>Dedans\.<\/p>\n<p>Dehors\.<\/p>$/);
});

it('a language that is none is no obstacle', () => {
  const article = articleOf(rfiPage('<p>Un mot.</p>').replace('lang="fr"', 'lang="constructor"'));
  expect(article.readingMinutes).toBe(1);
});

describe('media', () => {
  const contentOf = (body: string): string => articleOf(rfiPage(`<p>Avant.</p>${body}<p>Après.</p>`)).content;

  it('finds the photo behind a lazy placeholder: noscript, data set, srcset', () => {
    const gif = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    const data = JSON.stringify({
      url: 'https://s.rfi.fr/media/display/abc/',
      filename: 'un nom.jpg',
      ratio: 'p:4x3',
    }).replaceAll('"', '&quot;');
    expect(
      contentOf(
        `<figure><img src="${gif}"><noscript><img src="https://s.rfi.fr/vrai.jpg" alt="Vrai"></noscript></figure>`,
      ),
    ).toContain('<img src="https://s.rfi.fr/vrai.jpg" alt="Vrai">');
    expect(contentOf(`<figure><img src="${gif}" data-image-dataset="${data}"></figure>`)).toContain(
      'src="https://s.rfi.fr/media/display/abc/w:1024/p:4x3/un%20nom.jpg"',
    );
    expect(
      contentOf(
        `<figure><picture><source srcset="https://s.rfi.fr/m:{%22a%22:1,%22b%22:2}/p.webp 246w,https://s.rfi.fr/m:{%22a%22:1,%22b%22:2}/g.webp 980w"><img src="${gif}"></picture></figure>`,
      ),
    ).toContain('/g.webp"');
  });

  it('drops counting pixels and placeholders without a photo', () => {
    expect(
      contentOf(
        '<img src="https://s.rfi.fr/pixel.gif" width="1" height="1"><img src="data:image/gif;base64,R0lGODlhAQAB">',
      ),
    ).not.toContain('<img');
  });

  it('turns a gallery into figures, once', () => {
    const photos = [1, 2].map((n) => ({
      alt: `Vue ${n}`,
      legend: `Légende ${n}`,
      credits: '© Essai',
      srcset: { placeholder: `https://s.rfi.fr/${n}.jpg` },
    }));
    const json = JSON.stringify(photos).replaceAll('"', '&quot;');
    const content = contentOf(
      `<div class="m-em-diaporama"><diaporama-container inlined-images-data="${json}"></diaporama-container><diaporama-fullscreen inlined-images-data="${json}"></diaporama-fullscreen></div>`,
    );
    expect(content.match(/<figure>/g)).toHaveLength(2);
    expect(content).toContain('Légende 2 <span class="credit">© Essai</span>');
  });

  it('makes players links that go where they say, and no frame', () => {
    const content = contentOf(
      '<div class="m-em-flash"><iframe src="https://www.youtube.com/embed/AbCdEf12345?feature=oembed"></iframe></div><div class="m-em-video"><video-player source="https://aod-rfi.akamaized.net/v.mp4" title="Un film"></video-player></div><iframe src="https://ad.doubleclick.net/x"></iframe>',
    );
    expect(content).toContain('<a href="https://www.youtube.com/watch?v=AbCdEf12345">▶ youtube.com</a>');
    expect(content).toContain('<a href="https://aod-rfi.akamaized.net/v.mp4">▶ Un film</a>');
    expect(content).not.toMatch(/iframe|doubleclick/);
  });

  it('keeps a sound that only JSON-LD names', () => {
    const head =
      '<script type="application/ld+json">{"@type":"NewsArticle","audio":{"contentUrl":"https://aod-rfi.akamaized.net/s.mp3","duration":"P0DT1H02M03S"}}</script>';
    const { content } = articleOf(rfiPage('<p>Un mot.</p>', { head }));
    expect(content).toContain(
      '<audio src="https://aod-rfi.akamaized.net/s.mp3" controls="" preload="none"></audio><figcaption>1:02:03</figcaption>',
    );
  });
});

describe('a selection', () => {
  const document = toPage(
    rfiPage(
      '<p>Le premier paragraphe.</p><div class="o-self-promo">Abonnez-vous.</div><p>Le deuxième, <em>long</em>.</p><p>Le troisième.</p>',
    ),
  );
  const [, first, second, third] = document.querySelectorAll('p');
  const select = (set: (range: Range) => void): string => {
    const selection = document.createRange();
    set(selection);
    const extraction = extractArticle(document, ADDRESS, { selection });
    return extraction.ok ? extraction.article.content : extraction.reason;
  };

  it('across paragraphs is cut at its ends and cleaned between them', () => {
    const content = select((range) => {
      range.setStart(first?.firstChild as Text, 3);
      range.setEnd(second?.firstChild as Text, 11);
    });
    expect(content).toBe('<p>premier paragraphe.</p>\n<p>Le deuxième</p>');
  });

  it('within one paragraph is a paragraph', () => {
    const content = select((range) => range.selectNodeContents(second as Element));
    expect(content).toBe('<p>Le deuxième, <em>long</em>.</p>');
  });

  it('keeps the title and the facts of the page', () => {
    const selection = document.createRange();
    selection.selectNode(third as Element);
    const extraction = extractArticle(document, ADDRESS, { selection });
    expect(extraction).toMatchObject({ ok: true, article: { title: 'Un essai', url: ADDRESS, lang: 'fr' } });
  });

  it('within a promotion is kept, for it was chosen', () => {
    const promotion = document.querySelector('.o-self-promo') as Element;
    expect(select((range) => range.selectNodeContents(promotion))).toBe('<p>Abonnez-vous.</p>');
  });

  it('without text is no article', () => {
    expect(select((range) => range.setStart(third as Element, 1))).toBe('noArticle');
  });

  it('on any other site is read the same way', () => {
    const other = toPage('<html><head><title>x</title></head><body><div><p>Un.</p><p>Deux.</p></div></body></html>');
    const selection = other.createRange();
    selection.selectNode(other.querySelectorAll('p')[1] as Element);
    const extraction = extractArticle(other, 'https://exemple.org/a/b', { selection });
    expect(extraction).toMatchObject({ ok: true, article: { content: '<p>Deux.</p>' } });
  });
});

describe('what would call somebody', () => {
  const { content } = articleOf(
    rfiPage(`<p onclick="steal()">Un <a href="https://a.org/x?page=2&amp;utm_source=rfi#:~:text=mot" ping="https://count.example/ping"
      onmouseover="steal()" target="_blank" rel="opener">lien</a> et <a href="javascript:steal()">un piège</a>.</p>
    <p>Un point<img src="https://s.rfi.fr/point.gif" width="1" height="1" alt=""> que l’on ne voit pas.</p>
    <p><img src="https://count.example/b.gif" width="0" height="0"></p>
    <figure><img src="https://s.rfi.fr/media/photo.jpg?xtor=1" width="1024" height="576" alt="Une photo" onerror="steal()"
      onload="steal()" srcset="https://count.example/a.jpg 1x" longdesc="https://count.example/l"></figure>
    <p>La suite.</p>`),
  );

  it('is gone', () => {
    expect(content).not.toMatch(/count\.example|steal|ping|\son\w+=|point\.gif|javascript:|srcset|utm_|xtor/);
  });

  it('and the rest is there', () => {
    const view = toPage(content).body;
    expect([...view.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      'https://a.org/x?page=2#:~:text=mot',
    ]);
    expect([...view.querySelectorAll('img')].map((photo) => photo.getAttribute('src'))).toEqual([
      'https://s.rfi.fr/media/photo.jpg',
    ]);
    expect(view.textContent).toMatch(/Un lien et un piège\.[\s\S]*Un point que l’on ne voit pas\.[\s\S]*La suite\./);
  });
});

describe('what parts two words', () => {
  it.each([
    ['a space alone in an element', 'Des règles<em> </em>prévisibles', 'Des règles prévisibles'],
    ['a line break at the end of an element', '<strong>Norvège 3<br></strong>Canada 5', 'Norvège 3|Canada 5'],
    ['a line break alone in an element', 'Un<span><br></span>deux', 'Un|deux'],
  ])('%s stays', (_, html, words) => {
    const view = toPage(articleOf(rfiPage(`<p>${html}.</p>`)).content).body;
    for (const br of view.querySelectorAll('br')) br.replaceWith('|');
    expect(view.querySelector('p:not(.lead)')?.textContent).toBe(`${words}.`);
  });

  it('goes where it parts nothing', () => {
    const { content } = articleOf(rfiPage('<p><br>Un<strong><br></strong></p><p>Deux<span> </span></p>'));
    expect(content).toContain('<p>Un</p>');
    expect(content).not.toContain('<br>');
  });
});

it('a photo that gives one of its sides as nothing is a photo', () => {
  const { photo } = articleOf(rfiPage('<img src="https://s.rfi.fr/media/a.jpg" width="570" height="0"><p>Un.</p>'));
  expect(photo?.src).toBe('https://s.rfi.fr/media/a.jpg');
});

it('the site’s own name and picture are no part of an article', () => {
  const page = toPage(
    rfiPage('<img src="https://static.rfi.fr/meta_og_twcards/RFI_FB.png"><p>Un.</p>').replace(
      '>Un essai</h1>',
      '>Un essai - RFI</h1>',
    ),
  );
  expect(extractArticle(page, ADDRESS)).toMatchObject({ ok: true, article: { title: 'Un essai', photos: [] } });
});

it('a formula on another site keeps its words', () => {
  const page = toPage(
    `<html><body><article>${'<p>Une phrase, avec des virgules, assez longue pour compter, et encore un peu.</p>'.repeat(8)}
    <p>Quand <math alttext="a = 0"><mi>a</mi><mo>=</mo><mn>0</mn></math>, tout s’arrête, dit la leçon, et puis reprend.</p></article></body></html>`,
  );
  expect(extractArticle(page, 'https://exemple.org/a/b')).toMatchObject({
    ok: true,
    article: { textContent: expect.stringContaining('Quand a = 0, tout') },
  });
});
