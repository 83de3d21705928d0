/** What the extension does unasked: nothing on the pages that nobody reads, and no request to anybody but RFI. */
import { describe, expect, test } from 'vitest';
import {
  ARCHIVE,
  badgeOf,
  BROWSERS,
  chooseFiles,
  CN_PHOTOS,
  HOME,
  PAGES,
  page,
  press,
  readArticle,
  saveByPopup,
  say,
  seePhotos,
  setUp,
  TITLES,
  until,
  waitForText,
  waitForTitles,
} from './support.ts';

/** Hosts that the browsers themselves ask, whatever extension is in them. */
const BROWSERS_OWN = {
  chromium:
    /^(accounts|clients\d?|www)\.google\.com$|^(update|content-autofill|optimizationguide-pa|safebrowsing)\.googleapis\.com$|\.gvt1\.com$/,
  firefox: /\.mozilla\.(com|org|net)$|\.firefox\.com$|^mozilla\.cloudflare-dns\.com$|^ciscobinary\.openh264\.org$/,
};

describe.each(BROWSERS)('an extension that nobody asks, in %s,', (browser) => {
  const at = setUp(browser);

  /** The requests since some moment, without those of the browser itself. */
  const requestsSince = (start: number): string[] =>
    at.site.requests
      .slice(start)
      .map((request) => request.replace(/^CONNECT ([^:]*).*/, 'https://$1/'))
      .filter((request) => !BROWSERS_OWN[browser].test(new URL(request).host) && !request.endsWith('/favicon.ico'));

  test('asks RFI alone, for its pages and the photos of its articles, in all that a reader can do', async () => {
    const tab = await saveByPopup(at, PAGES.cn.address);
    const popup = await at.session.openPopup(tab);
    await seePhotos(popup);
    await press(popup, say('read_here'));
    await readArticle(tab);
    await press(tab, say('open_library'));
    const library = await at.session.waitForExtensionPage('library.html');
    await chooseFiles(library, [{ name: 'good.md', bytes: ARCHIVE.text }]);
    await waitForText(library, say('import_result', 1, 0, 0));
    await waitForTitles(library, TITLES.cn, TITLES.archive);
    await (await library.$$('.saved-article a')).at(-1)?.click();
    await waitForText(library, say('photos_kept', 1, 1));
    await press(library, say('back_to_list'));
    await waitForTitles(library, expect.any(String), expect.any(String));

    // From the start of the browser, which is why this test is the first.
    const photos = [...CN_PHOTOS, ARCHIVE.photo];
    const asked = new Set(requestsSince(0).filter((request) => !request.endsWith('.webp')));
    expect(asked).toEqual(new Set([PAGES.cn.address, ...photos]));
  });

  test.each([
    ['an article', PAGES.cn],
    ['a home page', HOME],
  ])('leaves %s as a browser without it would show it, and asks for nothing', async (_, { address, html }) => {
    const twin = address.replace('www.rfi.fr', 'www.example.org');
    at.serve((url) => (url.href === twin ? page(html) : undefined));
    const look = async (opened: string): Promise<{ html: string; globals: string[]; requests: string[] }> => {
      const start = at.site.requests.length;
      const tab = await at.session.browser.newPage();
      await tab.goto(opened, { waitUntil: 'load' });
      const seen = await tab.evaluate(() => ({
        html: document.documentElement.outerHTML,
        globals: Object.getOwnPropertyNames(globalThis).toSorted(),
      }));
      await tab.close();
      const requests = requestsSince(start)
        .map((request) => request.replace(opened, 'the page'))
        // The tunnel to the other site.
        .filter((request) => request !== new URL('/', opened).href);
      return { ...seen, requests: requests.toSorted() };
    };
    // No extension of ours runs on another site.
    const untouched = await look(twin);
    expect(untouched.requests).toContain('the page');

    expect(await look(address)).toEqual(untouched);
  });

  test('says on its button that the article of a page is saved, and asks nobody for that', async () => {
    await (await saveByPopup(at, PAGES.cn.address)).close();
    const start = at.site.requests.length;
    const tab = await at.session.openPage(PAGES.cn.address);
    await until(async () => expect(await badgeOf(at.session, PAGES.cn.address)).toBe('✓'));
    await tab.waitForFunction(() => document.readyState === 'complete');

    expect(await tab.evaluate(() => document.querySelector('liseuse-reader'))).toBeNull();
    const asked = requestsSince(start).filter((request) => !request.endsWith('.webp'));
    expect(asked).toEqual([PAGES.cn.address]);
  });
});
