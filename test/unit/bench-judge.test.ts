/** The extraction bench tells what is kept, lost and left behind: an answer with a fault must not pass for one without. */
import { expect, it } from 'vitest';
import { find, judge, toMark, type Answer, type Expectation } from '../bench/judge.ts';
import { compareText } from '../bench/lost-words.ts';
import { countPictures } from '../bench/pictures.ts';
import { readRawArchive } from '../bench/raw-archive.ts';

const content = (html: string): Element => new DOMParser().parseFromString(html, 'text/html').body;
const PHOTO = '0dba7ea4-caf9-11f0-9b38-005056bfb2b6';
const expectation: Expectation = {
  blocks: [
    { kind: 'title', text: 'Untitre' },
    { kind: 'lead', ...toMark('The lead.') },
    { kind: 'photo', ...toMark(PHOTO) },
    { kind: 'credit', text: 'AFP' },
    { kind: 'paragraph', ...toMark('The first words.') },
    { kind: 'paragraph', text: 'Thelastwords.' },
  ],
  junk: [toMark('Another article')],
};
const figure = `<figure><img src="https://s.rfi.fr/media/display/${PHOTO}/w:1/a.jpg"><figcaption>AFP</figcaption></figure>`;
const good = `<p>The lead.</p>${figure}<p>The <b>first</b>\n words.</p><p>The last words.</p>`;
const verdictOn = (html: string, title = 'Un titre'): ReturnType<typeof judge> =>
  judge({ title, content: content(html) } satisfies Answer, expectation);

it('finds every block, by its text or by its hash, whatever its markup and white space', () => {
  const verdict = verdictOn(good);
  expect(verdict.kept).toEqual(verdict.wanted);
  expect(verdict.wanted).toMatchObject({ title: 1, lead: 1, photo: 1, credit: 1, paragraph: 2, heading: 0 });
  expect(verdict).toMatchObject({ inOrder: true, junkBlocks: 0, shareLinks: 0, trackingLinks: 0, siteMarks: 0 });
});

it('misses what is cut, changed, or in the wrong place', () => {
  expect(verdictOn(good.replace('first', 'last')).kept.paragraph).toBe(1);
  expect(verdictOn(good.replace('The last words.', 'The last')).kept.paragraph).toBe(1);
  expect(verdictOn(good.replace('src', 'data-src')).kept.photo).toBe(0);
  expect(verdictOn(good, 'Another').kept.title).toBe(0);
  expect(verdictOn(`<p>The last words.</p>${good.replace('<p>The last words.</p>', '')}`)).toMatchObject({
    inOrder: false,
    kept: { paragraph: 2 },
  });
  expect(find('Thelea', toMark('The lead.'))).toBe(-1);
});

it('counts junk, share links, tracking and marks of the site, and words of the newsroom not', () => {
  expect(
    verdictOn(
      `${good}<p>Another  article</p><p>广告</p><a href="https://rfi.my/ABCD.F">f</a><a href="https://a.fr/?utm_source=b">a</a>
       <img src="https://static.rfi.fr/meta_og_twcards/RFI_FB.png">`,
      'Un titre – 法国国际广播电台 - RFI',
    ),
  ).toMatchObject({ junkBlocks: 2, shareLinks: 1, trackingLinks: 1, siteMarks: 2 });
  expect(verdictOn(`${good}<p>Not another article; 广告法</p><a href="https://a.fr/?q=1">a</a>`)).toMatchObject({
    junkBlocks: 0,
    shareLinks: 0,
    trackingLinks: 0,
  });
});

it('reads the blocks of an archive file in their order', () => {
  const raw = `<!--1-->
[A [title]](https://www.rfi.fr/cn/x)
------
<div>10/10/2023 - 16:16</div><img src="https://s.rfi.fr/media/display/${PHOTO}/w:1/a.jpg"><p><strong> Lead</strong></p><div><h2>Head</h2><p>One <b>two</b></p><p> </p><p>广告</p><figure><figcaption><span>Caption</span> <span>AFP</span></figcaption></figure><script>{"url":"https:\\/\\/aod.net\\/a.mp3"}</script></div>
`;
  expect(readRawArchive(raw).blocks).toEqual([
    { kind: 'title', text: 'A[title]' },
    { kind: 'photo', text: PHOTO },
    { kind: 'lead', text: 'Lead' },
    { kind: 'heading', text: 'Head' },
    { kind: 'paragraph', text: 'Onetwo' },
    { kind: 'caption', text: 'Caption' },
    { kind: 'credit', text: 'AFP' },
    { kind: 'sound', text: 'https://aod.net/a.mp3' },
  ]);
});

it('compares words, not white space', () => {
  const expected = content('<p>One <em>two</em>, three.</p><p>四五</p>');
  expect(compareText(expected, content('<div>One two,\n three.</div><p>四五</p>'))).toEqual({
    lost: [],
    added: [],
    brokenBlocks: 0,
    words: 5,
  });
  expect(compareText(expected, content('<p>Onetwo, three</p><p>四 six</p>'))).toEqual({
    lost: ['One', 'two', '五'],
    added: ['Onetwo', 'six'],
    brokenBlocks: 2,
    words: 5,
  });
});

it('counts pictures that show something', () => {
  const figures = '<figure></figure><figure><img src="a.jpg"></figure><figure><figcaption> </figcaption></figure>';
  const points = '<img src="data:image/gif;base64,R0"><img src="a.gif" width="1" height="1"><img>';
  expect(countPictures(content(figures + points))).toEqual({ img: 1, figure: 1, figcaption: 0 });
});
