/** The library's list at work: searched, put in order, put away, tagged, thrown into the bin and taken back. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import {
  BROWSERS,
  find,
  PAGES,
  press,
  readArticle,
  readStore,
  saveFixtures,
  say,
  setUp,
  TITLES,
  until,
  textOf,
  waitForText,
  waitForTitles,
} from './support.ts';

const type = async (library: Page, words: string): Promise<void> => {
  // Under an article it is hidden, and what is hidden takes no focus; the way back is not there at once.
  await library.waitForSelector('.library-search input', { visible: true });
  await library.focus('.library-search input');
  await library.keyboard.down('Control');
  await library.keyboard.press('a');
  await library.keyboard.up('Control');
  await library.keyboard.press('Backspace');
  await library.keyboard.type(words);
};

/** What is marked of what was searched, in the rows. */
const marked = (library: Page): Promise<string[]> =>
  library.evaluate(() => [...document.querySelectorAll('mark')].map((mark) => mark.textContent ?? ''));

/** The names of the marks that the rows show. */
const pressed = (library: Page): Promise<(string | null)[]> =>
  library.$$eval('.saved-article button[aria-pressed=true]', (buttons) =>
    buttons.map((button) => button.getAttribute('aria-label')),
  );

/** What a button is filled with; the pointer is on none. */
const colourOf = async (library: Page, selector: string): Promise<string> => {
  await library.mouse.move(0, 0);
  return library.$eval(selector, (button) => getComputedStyle(button).backgroundColor);
};

describe.each(BROWSERS)('the list in %s', (browser) => {
  const at = setUp(browser);
  const openLibrary = async (): Promise<Page> => {
    const library = await at.session.openExtensionPage('library.html');
    await saveFixtures(at.session, library, 'article-fr', 'article-cn', 'article-fa');
    await at.site.cut();
    await waitForTitles(library, TITLES.fa, TITLES.cn, TITLES.fr);
    return library;
  };
  /** The keys of the list, pressed one after the other. */
  const keys = async (library: Page, ...pressed: string[]): Promise<void> => {
    for (const key of pressed) await library.keyboard.press(key as 'j');
  };

  test('finds words of the text in any script and spelling, and marks them', async () => {
    const library = await openLibrary();
    // In the other Chinese script, without accents, and only in the body.
    await type(library, '舊書攤');
    await waitForTitles(library, TITLES.cn);
    await until(async () => expect(await marked(library)).toContain('旧书摊'));
    await type(library, 'ouvre bibliotheque');
    await waitForTitles(library, TITLES.fr);
    await type(library, 'edition:fa');
    await waitForTitles(library, TITLES.fa);
    await type(library, '');
    await press(library, say('filters'));
    await library.type('input[name=author]', '林小舟');
    await library.keyboard.press('Enter');
    await waitForTitles(library, TITLES.cn);
    await type(library, 'is:archived');
    await waitForText(library, say('nothing_here'));
    await type(library, '');
    await waitForTitles(library, TITLES.fa, TITLES.cn, TITLES.fr);
  });

  test('archives, favours and bins by keys and by buttons, each in its view, and takes it back', async () => {
    const library = await openLibrary();
    await library.evaluate(() => (document.activeElement as HTMLElement).blur());
    await keys(library, 'j', 'j', 'f', 'e');
    await waitForText(library, say('archived', TITLES.cn));
    await press(library, say('view_archived'));
    await waitForTitles(library, TITLES.cn);
    await press(library, say('view_favourite'));
    await waitForTitles(library, TITLES.cn);
    await press(library, say('view_unread'));
    await waitForTitles(library, TITLES.fa, TITLES.fr);

    await press(library, say('remove_article', TITLES.fr));
    await waitForTitles(library, TITLES.fa);
    await press(library, say('view_bin'));
    await waitForTitles(library, TITLES.fr);
    await waitForText(library, say('bin_is'));
    await press(library, say('restore_article', TITLES.fr));
    await waitForText(library, say('bin_empty'));

    // Back through all of it: restored, removed, archived.
    await keys(library, 'z');
    await waitForTitles(library, TITLES.fr);
    await keys(library, 'z');
    await waitForText(library, say('bin_empty'));
    await keys(library, 'z');
    await press(library, say('view_unread'));
    await waitForTitles(library, TITLES.fa, TITLES.cn, TITLES.fr);
  });

  test('changes many at once, and finds them by their tag', async () => {
    const library = await openLibrary();
    await library.evaluate(() => (document.activeElement as HTMLElement).blur());
    await keys(library, 'j', 'x', 'j', 'j', 'X');
    await waitForText(library, say('selected', 3));
    await keys(library, 'k', 'x');
    await waitForText(library, say('selected', 2));
    // Another one is opened, and the selection stays.
    await keys(library, 'o');
    await readArticle(library);
    await press(library, say('back_to_list'));
    await waitForText(library, say('selected', 2));
    // Without a tag, the button asks for one.
    await press(library, say('add_tag'));
    await library.keyboard.type('à relire');
    await press(library, say('add_tag'));
    await waitForText(library, say('tagged', 'à relire', say('articles', 2)));
    await type(library, 'tag:"a relire"');
    await waitForTitles(library, TITLES.fa, TITLES.fr);
    // What all of them are is taken back: the tag, and with the same button the archive.
    await press(library, say('remove_tag', 'à relire'));
    await waitForText(library, say('untagged', 'à relire', say('articles', 2)));
    await library.evaluate(() => (document.activeElement as HTMLElement).blur());
    await keys(library, 'z');
    await waitForTitles(library, TITLES.fa, TITLES.fr);
    for (const said of ['archived', 'unarchived'] as const) {
      await press(library, say('select_all'));
      await press(library, say('archive'));
      await waitForText(library, say(said, say('articles', 2)));
      await library.click('.saved-article input');
    }
    await library.evaluate(() => (document.activeElement as HTMLElement).blur());
    await keys(library, 'z', 'z', 'z');
    await waitForText(library, say('nothing_here'));
  });

  test('destroys what is in the bin only when it is asked twice', async () => {
    const library = await openLibrary();
    await press(library, say('remove_article', TITLES.cn));
    await waitForTitles(library, TITLES.fa, TITLES.fr);
    await press(library, say('view_bin'));
    await waitForTitles(library, TITLES.cn);
    await press(library, say('empty_bin'));
    await waitForText(library, say('empty_bin_sure', 1));
    await press(library, say('keep_bin'));
    await waitForTitles(library, TITLES.cn);
    // Whatever is searched in it, all of it goes, and the question says so.
    await type(library, 'is:bin introuvable');
    await press(library, say('empty_bin'));
    await waitForText(library, say('empty_bin_sure', 1));
    expect(await colourOf(library, '.library-bin [role=alertdialog] button:first-of-type')).not.toBe(
      await colourOf(library, '.library-bin [role=alertdialog] button:last-of-type'),
    );
    await press(library, say('keep_bin'));
    await type(library, 'is:bin');
    await press(library, say('empty_bin'));
    await waitForText(library, say('empty_bin_sure', 1));
    await press(library, say('empty_bin'));
    await waitForText(library, say('bin_empty'));
    expect((await readStore(at.session)).map(({ id }) => id)).toEqual([PAGES.fr.address, PAGES.fa.address]);

    // It is taken back as anything else is, and nothing older with it.
    await keys(library, 'z');
    await waitForText(library, say('taken_back', say('bin_emptied', 1)));
    await waitForTitles(library, TITLES.cn);
    await press(library, say('empty_bin'));
    await waitForText(library, say('empty_bin_sure', 1));
    await press(library, say('empty_bin'));
    await waitForText(library, say('bin_empty'));

    // A snapshot has it for some days, photos included: there is no network.
    await press(library, say('snapshots'));
    // The newest, above what was brought back before.
    await (await library.waitForSelector('.library-snapshots button'))?.click();
    await waitForText(library, say('snapshot_sure'));
    // It harms nothing, and is not marked as what destroys.
    expect(await colourOf(library, '.library-snapshots [role=alertdialog] button:first-of-type')).toBe(
      await colourOf(library, '.library-snapshots [role=alertdialog] button:last-of-type'),
    );
    await (await library.waitForSelector('[role=alertdialog] button'))?.click();
    await waitForText(library, say('snapshot_restored', 1, 1));
    await waitForTitles(library, TITLES.cn);
    // The button that would take back what is taken back is gone.
    expect(await textOf(library)).not.toContain(say('bin_emptied', 1));
    const kept = (await readStore(at.session)).find(({ id }) => id === PAGES.cn.address);
    expect(kept).toMatchObject({ isRemoved: true, hasText: true });
    expect(kept?.photos.every((bytes) => bytes !== null)).toBe(true);
  });

  test('deletes what is selected in the bin, and takes that back', async () => {
    const library = await openLibrary();
    await library.evaluate(() => (document.activeElement as HTMLElement).blur());
    await keys(library, 'j', 'x', 'j', 'x', '#');
    await waitForTitles(library, TITLES.fr);
    await press(library, say('view_bin'));
    await waitForTitles(library, TITLES.fa, TITLES.cn);
    await library.click('.saved-article input');
    await press(library, say('delete_selected'));
    await waitForText(library, say('empty_bin_sure', 1));
    await press(library, say('delete_selected'));
    await waitForText(library, say('bin_deleted', 1));
    await waitForTitles(library, TITLES.cn);
    expect((await readStore(at.session)).map(({ id }) => id)).toEqual([PAGES.fr.address, PAGES.cn.address]);
    await library.evaluate(() => (document.activeElement as HTMLElement).blur());
    await keys(library, 'z');
    await waitForTitles(library, TITLES.fa, TITLES.cn);
  });

  test('has no date where one is left half written', async () => {
    const library = await openLibrary();
    await press(library, say('filters'));
    const box = await library.waitForSelector('input[type=date]');
    await box?.focus();
    await library.keyboard.type('01022027');
    await waitForText(library, say('nothing_here'));
    await library.keyboard.press('Backspace');
    await waitForTitles(library, TITLES.fa, TITLES.cn, TITLES.fr);
    const isHalf = (): Promise<boolean | undefined> =>
      library.$eval('input[type=date]', (input) => (input as HTMLInputElement).validity.badInput);
    expect(await isHalf()).toBe(true);
    await library.focus('.library-search input');
    expect(await isHalf()).toBe(false);
  });

  test('puts the list in groups and in another order', async () => {
    const library = await openLibrary();
    await press(library, say('filters'));
    const choose = (label: string, value: string): Promise<void> =>
      library.evaluate(
        (label, value) => {
          const select = [...document.querySelectorAll('label')]
            .find(({ innerText }) => innerText.startsWith(label))
            ?.querySelector('select');
          if (!select) throw new Error(label);
          select.value = value;
          select.dispatchEvent(new Event('change', { bubbles: true }));
        },
        label,
        value,
      );
    await choose(say('sort'), 'length');
    await waitForTitles(library, TITLES.cn, TITLES.fa, TITLES.fr);
    await choose(say('group'), 'edition');
    await until(async () =>
      expect(
        await library.evaluate(() => [...document.querySelectorAll('.list-heading')].map((it) => it.textContent)),
      ).toEqual(['French 1', 'Persian 1', 'Simplified Chinese 1']),
    );
    // It is so again in another window.
    const other = await at.session.openExtensionPage('library.html');
    await until(async () => expect(await other.$$eval('.list-heading', (headings) => headings.length)).toBe(3));
  });

  test('keeps a note and the place where the reader was', async () => {
    const library = await openLibrary();
    await library.setViewport({ width: 700, height: 400 });
    await library.click('.saved-article a[href$="' + encodeURIComponent(PAGES.cn.address) + '"]');
    await readArticle(library);
    const topBlock = (): Promise<number> =>
      library.evaluate(() =>
        [...document.querySelectorAll('.article-content > *')].findIndex(
          (block) => block.getBoundingClientRect().bottom > 61,
        ),
      );
    /** Two frames later the page has been told of its scrolling, which a tab in the background is not. */
    const scroll = (): Promise<unknown> =>
      library.evaluate(() => {
        document.querySelectorAll('.article-content > *')[5]?.scrollIntoView();
        scrollBy(0, -50);
        return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      });
    await scroll();
    const other = await at.session.openExtensionPage('library.html');
    await press(other, say('view_reading'));
    await waitForTitles(other, TITLES.cn);
    await other.close();
    await library.bringToFront();
    await library.type('.library-marks textarea', '给弟弟看');
    await library.evaluate(() => (document.activeElement as HTMLElement).blur());
    await waitForText(library, say('noted', TITLES.cn));
    await scroll();
    const place = await topBlock();
    expect(place).toBeGreaterThan(2);

    await press(library, say('back_to_list'));
    await type(library, '弟弟');
    await waitForTitles(library, TITLES.cn);
    await library.click('.saved-article a');
    await readArticle(library);
    await until(async () => expect(await topBlock()).toBe(place));
    await find(library, say('back_to_list'));
    expect(await library.$eval('.library-marks textarea', ({ value }) => value)).toBe('给弟弟看');
  });

  test('takes a note back: letter by letter while it is written, and as a whole', async () => {
    const library = await openLibrary();
    await library.click('.saved-article a[href$="' + encodeURIComponent(PAGES.cn.address) + '"]');
    await readArticle(library);
    const note = (): Promise<string> => library.$eval('.library-marks textarea', ({ value }) => value);
    const write = async (text: string): Promise<void> => {
      await library.type('.library-marks textarea', text);
      await waitForText(library, say('noted', TITLES.cn));
    };
    await write('first');
    await library.keyboard.down('Control');
    await library.keyboard.press('z');
    await library.keyboard.up('Control');
    await until(async () => expect((await note()).length).toBeLessThan('first'.length));
    // Some browsers take all of it back at once.
    await write('second');

    await library.evaluate(() => (document.activeElement as HTMLElement).blur());
    await press(library, say('undo'));
    await until(async () => expect(await note()).toBe(''));
    await waitForText(library, say('taken_back', say('noted', TITLES.cn)));

    // The button that says what it takes back takes back that.
    await press(library, say('favourite'));
    await waitForText(library, say('favoured', TITLES.cn));
    await write('after');
    await press(library, say('undo'));
    await waitForText(library, say('taken_back', say('favoured', TITLES.cn)));
    expect(await note()).toBe('after');
    await library.mouse.move(5, 5);

    // What is taken back is what was written since the last time, by the key in the list too.
    await write('one');
    await library.evaluate(() => (document.activeElement as HTMLElement).blur());
    await write(' two');
    // Whoever is at the search box in the frame in which the list is back stays there.
    await library.evaluate(() => {
      const list = document.querySelector('.library-list');
      const box = document.querySelector<HTMLElement>('.library-search input');
      if (list) new MutationObserver(() => box?.focus()).observe(list, { attributeFilter: ['hidden'] });
    });
    await press(library, say('back_to_list'));
    await library.waitForSelector('.library-list', { visible: true });
    await library.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
    expect(await library.evaluate(() => document.activeElement?.matches('.library-search input'))).toBe(true);
    await type(library, 'has:note');
    await waitForTitles(library, TITLES.cn);
    await library.evaluate(() => (document.activeElement as HTMLElement).blur());
    await keys(library, 'z');
    await library.click('.saved-article a');
    await readArticle(library);
    await until(async () => expect(await note()).toBe('afterone'));
  });

  test('leaves a narrow window to the list: two lines for what is selected, and no button that goes away', async () => {
    const library = await openLibrary();
    await library.setViewport({ width: 360, height: 740 });
    const placeOf = async (name: string): Promise<{ x: number; y: number } | undefined> => {
      const box = await (await find(library, name)).boundingBox();
      return box ? { x: box.x, y: box.y } : undefined;
    };
    // More than half of the window is the list's.
    const first = await (await library.waitForSelector('.saved-article'))?.boundingBox();
    expect(first?.y).toBeLessThan(740 / 2);
    // Titles of either direction begin where their facts do.
    const starts = await library.$$eval('.saved-article-text', (texts) =>
      texts.map((text) =>
        ['bdi', '.saved-article-facts'].map((part) =>
          Math.round(Math.min(...[...(text.querySelector(part)?.getClientRects() ?? [])].map(({ left }) => left))),
        ),
      ),
    );
    for (const [title, facts] of starts) expect(title).toBe(facts);
    await press(library, say('keeping'));
    for (const name of [say('backup'), say('snapshots'), say('storage_title')]) {
      const before = await placeOf(name);
      await press(library, name);
      await library.waitForSelector('.library-sections [open] > :nth-child(2)');
      expect(await placeOf(name)).toEqual(before);
      await press(library, name);
    }
    await library.click('.saved-article input');
    await waitForText(library, say('selected', 1));
    const bar = await (await library.waitForSelector('.library-selection'))?.boundingBox();
    expect(bar?.height).toBeLessThan(110);
    // The rest is behind a button, which stays where it is, and nothing is out of sight sideways.
    const more = await placeOf(say('selection_more'));
    await press(library, say('selection_more'));
    await find(library, say('add_tag'));
    expect(await placeOf(say('selection_more'))).toEqual(more);
    for (const name of [
      say('clear_selection'),
      say('favourite'),
      say('remove'),
      say('add_tag'),
      say('export_selected'),
    ]) {
      const { x = 0, width = 0 } = (await (await find(library, name)).boundingBox()) ?? {};
      expect(x + width).toBeLessThan(360);
    }
    expect(await library.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    // What was done takes two lines, its buttons beside it.
    await library.keyboard.type('e');
    await waitForText(library, say('archived', TITLES.fa));
    const done = await (await library.waitForSelector('.library-undo .notice'))?.boundingBox();
    expect(done?.height).toBeLessThan(70);
  });

  test('marks what was found in a note, and searches the same when the page is loaded again', async () => {
    const library = await openLibrary();
    await library.click('.saved-article a[href$="' + encodeURIComponent(PAGES.cn.address) + '"]');
    await readArticle(library);
    await library.type('.library-marks textarea', '给弟弟看');
    await waitForText(library, say('noted', TITLES.cn));
    await press(library, say('back_to_list'));
    await type(library, '弟弟');
    await until(async () => expect(await marked(library)).toEqual(['弟弟']));
    await until(async () =>
      expect(await library.evaluate(() => location.search)).toBe(`?${new URLSearchParams({ q: '弟弟' })}`),
    );
    const before = await library.evaluate(() => performance.now());
    // Firefox does not tell the driver that a page of an extension was loaded.
    await library.evaluate(() => void setTimeout(() => location.reload()));
    await until(async () => expect(await library.evaluate(() => performance.now())).toBeLessThan(before));
    await waitForTitles(library, TITLES.cn);
    await until(async () => expect(await marked(library)).toEqual(['弟弟']));
  });

  test('takes back in the list what was done under an article, and shows the list where it was', async () => {
    const library = await openLibrary();
    await library.setViewport({ width: 700, height: 360 });
    const top = (): Promise<number | undefined> =>
      library.evaluate(() => {
        const row = [...document.querySelectorAll('.saved-article')].find((it) => it.textContent?.includes('Ouaga'));
        return row && Math.round(row.getBoundingClientRect().top);
      });
    // In one frame, before the window tells that it was scrolled.
    const before = await library.evaluate(() => {
      const row = [...document.querySelectorAll('.saved-article')].find((it) => it.textContent?.includes('Ouaga'));
      row?.scrollIntoView({ block: 'center' });
      row?.querySelector('a')?.click();
      return row && Math.round(row.getBoundingClientRect().top);
    });
    await readArticle(library);
    // An article that is opened for the first time begins at its title, however far the list was scrolled.
    await library.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
    expect(await library.evaluate(() => scrollY)).toBe(0);
    await press(library, say('favourite'));
    await waitForText(library, say('favoured', TITLES.fr));
    await library.evaluate(() => scrollTo(0, 900));
    await press(library, say('back_to_list'));
    await until(async () => expect(await top()).toBe(before));
    await keys(library, 'z');
    await until(async () => expect(await pressed(library)).toEqual([]));
  });

  test('never covers the row that has the focus with the sentence of what was done', async () => {
    const library = await openLibrary();
    await library.setViewport({ width: 700, height: 420 });
    for (let row = 0; row < 3; row += 1) {
      await keys(library, 'j', 'f');
      await until(async () => expect(await pressed(library)).toHaveLength(row + 1));
      await until(async () => {
        const { bottom, top } = await library.evaluate(() => ({
          bottom: document.activeElement?.getBoundingClientRect().bottom ?? Infinity,
          top: document.querySelector('.library-undo .notice')?.getBoundingClientRect().top ?? 0,
        }));
        expect(bottom).toBeLessThanOrEqual(top);
      });
    }
  });

  test('leaves room between the buttons of a row, and around the row that has the focus', async () => {
    const library = await openLibrary();
    await keys(library, 'j');
    const row = await library.evaluate(() => {
      const link = document.activeElement;
      const parts = link?.closest('.saved-article')?.querySelectorAll('input, a, button') ?? [];
      const { outlineOffset, outlineWidth } = getComputedStyle(link ?? document.body);
      const ring = Number.parseFloat(outlineOffset) + Number.parseFloat(outlineWidth);
      return {
        ring: Math.max(0, ring),
        edges: [...parts].map((part) => part.getBoundingClientRect()).map(({ left, right }) => ({ left, right })),
      };
    });
    const [box, link, star, tick, cross] = row.edges;
    if (!box || !link || !star || !tick || !cross) throw new Error('The row has other parts.');
    expect(link.left - row.ring).toBeGreaterThan(box.right);
    expect(link.right + row.ring).toBeLessThan(star.left);
    expect(star.right).toBeLessThan(tick.left);
    expect(tick.right).toBeLessThan(cross.left);
  });

  test('acts on nothing that was scrolled out of sight', async () => {
    const library = await openLibrary();
    await library.setViewport({ width: 360, height: 250 });
    await keys(library, 'j');
    const focused = (): Promise<number | undefined> =>
      library.evaluate(() => document.activeElement?.closest('.saved-article')?.getBoundingClientRect().bottom);
    await until(async () => expect(await focused()).toBeGreaterThan(60));
    // The page may still be growing to its height.
    await until(async () => {
      await library.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      expect(await focused()).toBeLessThan(0);
    });
    await keys(library, 'e');
    // The key goes on from what is seen.
    await keys(library, 'j', 'f');
    await until(async () => expect((await pressed(library))[0]).toMatch(/^Favourite/));
    expect(await pressed(library)).toHaveLength(1);
  });
});
