/** The popup, as a reader opens it from the toolbar: the article of the page, clean, and the saved articles beside it. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import {
  badgeOf,
  BROWSERS,
  CN_PHOTOS,
  find,
  HOME,
  PAGES,
  page,
  press,
  readArticle,
  saveByPopup,
  say,
  seePhotos,
  setUp,
  textOf,
  TITLES,
  until,
  waitForText,
} from './support.ts';

/** Addresses of pages that both browsers keep every extension away from: their own shops. */
const SHOPS = { chromium: 'https://chromewebstore.google.com/', firefox: 'https://addons.mozilla.org/' };

describe.each(BROWSERS)('the popup in %s', (browser) => {
  const at = setUp(browser);
  const openPopup = async (address: string): Promise<Page> => at.session.openPopup(await at.session.openPage(address));
  const listedTitles = (popup: Page): Promise<string[]> =>
    popup.evaluate(() => [...document.querySelectorAll<HTMLElement>('.saved-article-title')].map((it) => it.innerText));

  test('shows the whole article in its order', async () => {
    const article = await readArticle(await openPopup(PAGES.cn.address));

    expect(article).toMatchObject({
      lang: 'zh-Hans',
      dir: 'ltr',
      section: '文化 · 巴黎生活',
      title: '塞纳河畔的旧书摊 重新点亮夜读的灯',
      byline: '林小舟',
    });
    expect(article.blocks).toEqual([
      '巴黎的旧书商说，今年秋天，越来越多的年轻人在傍晚停下脚步，借着摊位上的小灯翻书。',
      '傍晚的塞纳河书摊，行人借着灯光翻书。\nRFI / 示例摄影',
      '四百年的绿色书箱',
      '从苏利桥到奥赛河岸，沿河的石栏上钉着九百多只绿色铁箱。摊主们说，铁箱的颜色和巴黎的喷泉、长椅是同一个绿，规定写得清清楚楚。',
      '“我在这里卖了三十年书，”摊主玛德莱娜一边擦拭封面一边说，“从前人们白天来找便宜货，现在人们晚上来找安静。”',
      '她的摊位上摆着一盏铜质阅读灯，灯罩边缘已经磨得发亮。市政府的网页列出了所有摊位。',
      '一只打开的绿色书箱，里面是上世纪的旅行指南。\nRFI / 示例摄影',
      '为什么是夜晚？',
      '社会学者认为，手机屏幕的光让人疲倦，而一盏固定的灯给人一个可以停下来的地方。他在去年的调查中访问了二百四十位读者。',
      '调查里有一个细节：多数人并不急着买书，他们只是想把一页读完。',
      '摊主们的协会因此提出，把营业时间延长到晚上十点，并且统一更换为不伤眼睛的暖光灯。',
    ]);
  });

  test('says when it was published and changed, in words of the browser, and how long it takes to read', async () => {
    const { times, facts } = await readArticle(await openPopup(PAGES.cn.address));

    expect(times.map(({ datetime }) => datetime)).toEqual(['2026-11-04T17:05:30Z', '2026-11-04T18:20:00Z']);
    // The day depends on the time zone of whoever runs this.
    expect(times[0]?.text).toMatch(/^Published November [45], 2026 at \d+:05\s(AM|PM)$/);
    expect(times[1]?.text).toMatch(/^Updated November [45], 2026 at \d+:20\s(AM|PM)$/);
    expect(facts).toContain('2 min read');
  });

  test('shows the photos with caption and credit', async () => {
    const popup = await openPopup(PAGES.cn.address);
    const photos = await seePhotos(popup);
    const { captions, credits } = await readArticle(popup);

    expect(photos.map(({ src }) => src)).toEqual(CN_PHOTOS);
    expect(captions[0]).toContain('傍晚的塞纳河书摊，行人借着灯光翻书。');
    expect(credits).toEqual(['RFI / 示例摄影', 'RFI / 示例摄影']);
  });

  test('shows nothing of what surrounds the article, and its links lead nowhere by a detour', async () => {
    const popup = await openPopup(PAGES.cn.address);
    const { links } = await readArticle(popup);
    const text = await textOf(popup);

    for (const junk of ['广告', '继续浏览后续', '电邮新闻', '订阅', '下载法广应用程序', '分享', '其他新闻', '另一篇']) {
      expect(text).not.toContain(junk);
    }
    // The article's own links are there, each without what follows readers.
    expect(links).toContain('https://www.paris.fr/quais?page=2');
    expect(links).toContain('https://www.rfi.fr/cn/%E6%96%87%E5%8C%96/20261012-%E7%81%AF%E7%9A%84%E5%8E%86%E5%8F%B2');
    expect(links.filter((link) => !/^https:\/\/www\.(rfi|paris)\.fr\/[^?]*(\?page=2)?$/.test(link))).toEqual([]);
  });

  test('sets a Persian article from right to left', async () => {
    const popup = await openPopup(PAGES.fa.address);
    const article = await readArticle(popup);
    const firstLetter = await popup.evaluate(() => {
      const paragraph = document.querySelector('.article-content p');
      const text = paragraph?.firstChild;
      if (!paragraph || !text) return null;
      const range = document.createRange();
      range.setStart(text, 0);
      range.setEnd(text, 1);
      const box = paragraph.getBoundingClientRect();
      return (range.getBoundingClientRect().x - box.x) / box.width;
    });

    expect(article).toMatchObject({ lang: 'fa', dir: 'rtl', title: 'چراغ مطالعه‌ای که یک محله را بیدار نگه داشت' });
    expect(article.blocks.at(-1)).toContain('بیش از ۴۰ نفر در آن شرکت می‌کنند');
    expect(firstLetter).toBeGreaterThan(0.9);
  });

  test('says what was removed, and brings a removed block back', async () => {
    const popup = await openPopup(PAGES.cn.address);
    expect(await textOf(popup)).not.toContain('电邮新闻');

    await press(popup, '7 paragraphs, 2 photos, 2 captions; removed 1 ad, 2 promotions, 6 share links, 2 trackers');
    await waitForText(popup, '电邮新闻 订阅');
    await press(popup, say('bring_back_block', '电邮新闻 订阅'));

    await until(async () => expect((await readArticle(popup)).blocks.join('')).toContain('电邮新闻'));
    await find(popup, '9 paragraphs, 2 photos, 2 captions; removed 1 ad, 1 promotion, 6 share links, 2 trackers');
    expect(await popup.evaluate(() => document.activeElement?.localName)).toBe('summary');
    await waitForText(popup, say('brought_back', '电邮新闻 订阅'));
    await until(async () =>
      expect(
        await popup.evaluate(() => {
          const elements = [...document.querySelectorAll('.article-content *')];
          const block = elements.findLast(({ textContent }) => textContent?.includes('电邮新闻'));
          const { top = -1, bottom = -1 } = block?.getBoundingClientRect() ?? {};
          return top > 0 && bottom < innerHeight;
        }),
      ).toBe(true),
    );
  });

  test('reads what is selected, says so, and the whole page when asked', async () => {
    const tab = await at.session.openPage(PAGES.fr.address);
    await tab.evaluate(() => {
      const paragraph = [...document.querySelectorAll('.t-content__body p')].find(
        ({ textContent }) => (textContent ?? '').trim().length > 60,
      );
      if (paragraph) getSelection()?.selectAllChildren(paragraph);
    });
    const popup = await at.session.openPopup(tab);
    await waitForText(popup, say('selection_only'));
    const { blocks, title } = await readArticle(popup);
    expect(title).toBe(TITLES.fr);
    expect(blocks).toHaveLength(1);

    await press(popup, say('whole_page'));

    await until(async () => expect((await readArticle(popup)).blocks.length).toBeGreaterThan(5));
    expect(await textOf(popup)).not.toContain(say('selection_only'));
    // The button is gone; the keyboard is where the text is.
    expect(await popup.evaluate(() => document.activeElement?.role)).toBe('region');
  });

  test('shows a French article with its authors, its list and its video as a link', async () => {
    const article = await readArticle(await openPopup(PAGES.fr.address));

    expect(article).toMatchObject({
      lang: 'fr',
      section: 'Afrique · Reportage',
      title: 'À Ouagadougou, une bibliothèque ouvre jusqu’à minuit',
      byline: 'Awa Sanou, Paul Lemoine',
    });
    expect(article.blocks).toContain('deux mille livres\u00a0;');
    expect(article.links).toContain('https://www.youtube.com/watch?v=AbCdEfGhIjK');
    expect(article.blocks.at(-1)).toContain('sourit la gardienne.');
  });

  test('saves the article and says so: on the button, under the photos, on the toolbar and in the list', async () => {
    const popup = await openPopup(PAGES.cn.address);
    expect(await badgeOf(at.session, PAGES.cn.address)).toBe('');
    await waitForText(popup, say('nothing_saved'));

    await press(popup, say('save'));

    await find(popup, say('saved'));
    await waitForText(popup, say('photos_kept', 2, 2));
    await until(async () => expect(await badgeOf(at.session, PAGES.cn.address)).toBe('✓'));
    expect(await listedTitles(popup)).toEqual(['塞纳河畔的旧书摊 重新点亮夜读的灯']);

    // Another popup on the same page knows it too.
    await popup.close();
    const [tab] = (await at.session.browser.pages()).filter((open) => open.url() === PAGES.cn.address);
    expect(tab).toBeDefined();
    if (tab) await find(await at.session.openPopup(tab), say('saved'));
  });

  test('finds a saved article by a word of it, and says when there is none', async () => {
    const popup = await openPopup(PAGES.cn.address);
    await press(popup, say('save'));
    await until(async () => expect(await listedTitles(popup)).toHaveLength(1));
    const filter = await popup.waitForSelector('input[type=search]');

    await filter?.type('夜读');
    await until(async () => expect(await listedTitles(popup)).toHaveLength(1));
    await popup.keyboard.press('ArrowDown');
    expect(await popup.evaluate(() => document.activeElement?.closest('.saved-article'))).not.toBeNull();
    await filter?.type(' 骆驼');
    await waitForText(popup, say('nothing_found', '夜读 骆驼'));
    expect(await listedTitles(popup)).toEqual([]);
  });

  test('opens the chosen article in the library and closes', async () => {
    const popup = await openPopup(PAGES.fr.address);
    await press(popup, say('save'));
    await find(popup, say('saved'));

    await popup.click('.saved-article a');

    const library = await at.session.waitForExtensionPage('library.html#');
    expect((await readArticle(library)).title).toBe('À Ouagadougou, une bibliothèque ouvre jusqu’à minuit');
    await until(() => expect(popup.isClosed()).toBe(true));
  });

  test('says in one sentence that a page has no article, and still shows the saved ones', async () => {
    await saveByPopup(at, PAGES.fa.address);
    const popup = await openPopup(HOME.address);

    await waitForText(popup, say('reason_noArticle'));
    expect(await popup.evaluate(() => document.querySelector('article'))).toBeNull();
    await until(async () => expect(await listedTitles(popup)).toEqual([expect.stringContaining('چراغ مطالعه‌ای')]));
  });

  test('says in one sentence that an article came without its text', async () => {
    at.serve((url) =>
      url.href === PAGES.fr.address
        ? page(
            PAGES.fr.html.replace(
              /(<div class="t-content__body[^>]*>)[\s\S]*?(<div class="t-content__shares)/,
              '$1</div>$2',
            ),
          )
        : undefined,
    );
    await waitForText(await openPopup(PAGES.fr.address), say('reason_emptyArticle'));
  });

  test('says in one sentence that no extension may read a page', async () => {
    at.serve((url) => (url.href === SHOPS[browser] ? page('<title>Shop</title><p>Shop') : undefined));
    const popup = await openPopup(SHOPS[browser]);

    await waitForText(popup, say('reason_restricted'));
    await waitForText(popup, say('nothing_saved'));
  });

  test('reads an empty tab as a page without an article', async () => {
    const popup = await openPopup('about:blank');

    // Chromium lets no extension look into it.
    await waitForText(popup, say(browser === 'chromium' ? 'reason_restricted' : 'reason_noArticle'));
  });
});

describe.each(BROWSERS)('the popup of a Chinese %s', (browser) => {
  const at = setUp(browser, { locale: 'zh-CN' });

  test('speaks Chinese', async () => {
    const popup = await at.session.openPopup(await at.session.openPage(PAGES.fr.address));
    await press(popup, '保存');
    await find(popup, '已保存');
    await find(popup, '在此阅读');
    await find(popup, '打开文库');

    await waitForText(popup, '已保存照片：1 / 1');
    const { times, facts, lang } = await readArticle(popup);
    expect(lang).toBe('fr');
    expect(facts).toContain('阅读约 1 分钟');
    expect(times[0]?.text).toMatch(/^发表于 2026年11月[34]日.*\d:14/);
    expect(await popup.evaluate(() => document.documentElement.lang)).toBe('zh-Hans');
  });
});

describe.each(BROWSERS)('the popup of a Persian %s', (browser) => {
  const at = setUp(browser, { locale: 'fa' });

  test('runs from the right, around an article that runs from the left', async () => {
    const popup = await at.session.openPopup(await at.session.openPage(PAGES.fr.address));
    await find(popup, 'ذخیره');
    expect((await readArticle(popup)).dir).toBe('ltr');

    const { lang, direction, page, list } = await popup.evaluate(() => ({
      lang: document.documentElement.lang,
      direction: getComputedStyle(document.body).direction,
      page: document.querySelector('.popup-page')?.getBoundingClientRect().left ?? 0,
      list: document.querySelector('.popup-list')?.getBoundingClientRect().left ?? 0,
    }));
    expect({ lang, direction }).toEqual({ lang: 'fa', direction: 'rtl' });
    expect(list).toBeLessThan(page);

    // What was typed runs its own way: its first sign stands at its left, in the box and in the sentence about it.
    await press(popup, 'ذخیره');
    await find(popup, 'ذخیره شد');
    await (await popup.waitForSelector('input[type=search]'))?.type('"oui" 7');
    await popup.waitForFunction(() =>
      document.querySelector('.saved-list [role=status]')?.textContent?.includes('oui'),
    );
    const lefts = await popup.evaluate(() => {
      const sentence = document.querySelector('.saved-list [role=status]')?.firstChild;
      const start = sentence?.textContent?.indexOf('"oui" 7') ?? 0;
      return [...'"oui" 7'].map((_, index) => {
        const range = new Range();
        range.setStart(sentence as Text, start + index);
        range.setEnd(sentence as Text, start + index + 1);
        return range.getBoundingClientRect().left;
      });
    });
    expect(lefts).toEqual(lefts.toSorted((one, other) => one - other));
    expect(await popup.$eval('input[type=search]', (box) => getComputedStyle(box).direction)).toBe('ltr');
  });
});
