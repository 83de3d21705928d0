/** Pages that fight back: the overlay stays usable, or closes cleanly and the toolbar says so. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { isOverlayThere, openOverlay, readHere, waitUntilClosed } from './in-overlay.ts';
import {
  badgeOf,
  BROWSERS,
  find,
  PAGES,
  page,
  press,
  readArticle,
  readStore,
  say,
  setUp,
  textOf,
  TITLES,
  until,
} from './support.ts';

declare const chrome: {
  scripting: { executeScript(what: object): Promise<unknown> };
  tabs: { query(what: object): Promise<{ id: number; url?: string }[]> };
};

/** What a reader would reach with the mouse at the middle of the overlay's button that closes it. */
const atCloseButton = (tab: Page): Promise<string | undefined> =>
  tab.evaluate(() => {
    const root = document.querySelector('liseuse-reader')?.shadowRoot;
    const {
      x = -1,
      y = -1,
      width = 0,
      height = 0,
    } = root?.querySelector('.reader-close')?.getBoundingClientRect() ?? {};
    const [outer, inner] = [document, root].map((tree) => tree?.elementFromPoint(x + width / 2, y + height / 2));
    return `${outer?.localName} ${inner?.closest('button')?.className}`;
  });

const REACHED = 'liseuse-reader reader-close';

/** Whether a click in the middle of the page comes to the page. */
const pageHears = async (tab: Page): Promise<boolean> => {
  await tab.evaluate(() => {
    delete document.documentElement.dataset['heard'];
    addEventListener('click', () => (document.documentElement.dataset['heard'] = ''), { once: true, capture: true });
  });
  await tab.mouse.click(640, 450);
  return tab.evaluate(() => document.documentElement.dataset['heard'] !== undefined);
};

describe.each(BROWSERS)('the overlay in %s against a page', (browser) => {
  const at = setUp(browser);

  /** An article whose page has something more in its head. */
  const serve = (more: string, headers: Record<string, string> = {}): void =>
    at.serve((url) =>
      url.href === PAGES.fr.address ? page(PAGES.fr.html.replace('</head>', `${more}</head>`), headers) : undefined,
    );

  test('that unsets every style and covers everything with the highest z-index', async () => {
    serve('<style>* { all: unset !important; z-index: 2147483647 !important; }</style>');
    const tab = await openOverlay(at, PAGES.fr.address);
    await tab.evaluate(() => {
      const cover = document.createElement('div');
      for (const [name, value] of Object.entries({ position: 'fixed', inset: '0', 'z-index': '2147483647' }))
        cover.style.setProperty(name, value, 'important');
      document.documentElement.append(cover);
    });
    expect(await atCloseButton(tab)).toBe(REACHED);
    await press(tab, say('close'));
    await waitUntilClosed(tab);
  });

  test('that is zoomed, turned, blurred and faint', async () => {
    serve('<style>html { zoom: 3; transform: scale(0.2) rotate(20deg); filter: blur(9px); opacity: 0.1; }</style>');
    const tab = await openOverlay(at, PAGES.fr.address);
    const covers = await tab.evaluate(() => {
      const dialog = document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('dialog');
      const { left, top, right, bottom } = dialog?.getBoundingClientRect() ?? new DOMRect();
      const corners = [
        left <= 1,
        top <= 1,
        right >= document.documentElement.clientWidth - 1,
        bottom >= innerHeight - 1,
      ];
      return { corners, size: getComputedStyle(dialog?.querySelector('.article') as Element).fontSize };
    });
    expect(covers.corners).toEqual([true, true, true, true]);
    expect(await atCloseButton(tab)).toBe(REACHED);
    await press(tab, say('close'));
    await waitUntilClosed(tab);
  });

  test('at 400 percent: one column, every control within reach', async () => {
    const tab = await openOverlay(at, PAGES.cn.address);
    await tab.setViewport({ width: 320, height: 256, deviceScaleFactor: 4 });
    const room = await tab.evaluate(() => {
      const scroller = document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('.reader-page');
      return { sideways: (scroller?.scrollWidth ?? 0) - (scroller?.clientWidth ?? 0), height: scroller?.clientHeight };
    });
    expect(room.sideways).toBe(0);
    expect(room.height).toBeGreaterThan(80);
    expect(await atCloseButton(tab)).toBe(REACHED);
  });

  /** The browser keeps its own shortcuts from a driver; this is what the background does when it hears of one. */
  const toggleByKey = (address: string): Promise<void> =>
    at.session.inBackground(async (address) => {
      const shown = (await chrome.tabs.query({})).find(({ url }) => url === address);
      await chrome.scripting.executeScript({
        target: { tabId: shown?.id },
        func: () => (globalThis as unknown as { liseuse: { toggle(): Promise<boolean> } }).liseuse.toggle(),
      });
    }, address);

  const stopping = (also: string): string => `<script>
    for (const type of ['keydown', 'keypress', 'keyup', 'click', 'mousedown', 'mouseup', 'pointerdown', 'pointerup'])
      addEventListener(type, (event) => { event.stopImmediatePropagation(); ${also} }, true);
  </script>`;

  test('that stops every key and every click on its way', async () => {
    serve(stopping(''));
    const tab = await openOverlay(at, PAGES.fr.address);
    await press(tab, say('close'));
    await waitUntilClosed(tab);
    await readHere(at, tab);
    await tab.keyboard.press('Escape');
    await waitUntilClosed(tab);
    expect(await badgeOf(at.session, PAGES.fr.address)).toBe('');
  });

  test('that takes their effects away too: the key of the extension still closes it', async () => {
    serve(stopping('event.preventDefault();'));
    const tab = await openOverlay(at, PAGES.fr.address);
    await toggleByKey(PAGES.fr.address);
    await waitUntilClosed(tab);
    expect(await badgeOf(at.session, PAGES.fr.address)).toBe('');
  });

  test('that is locked in: a sandbox without scripts, forms and dialogs, and a policy that trusts no markup', async () => {
    const policy = "sandbox; default-src 'none'; trusted-types 'none'; require-trusted-types-for 'script'";
    serve('', { 'content-security-policy': policy });
    const tab = await openOverlay(at, PAGES.fr.address);
    expect((await readArticle(tab)).title).toBe(TITLES.fr);
    await press(tab, say('reading_settings'));
    await press(tab, say('theme_dark'));
    await press(tab, say('close'));
    await waitUntilClosed(tab);
  });

  const takings: Record<string, () => void> = {
    'takes the overlay out of the document': () => document.querySelector('liseuse-reader')?.remove(),
    'moves the overlay elsewhere': () => document.body.append(document.querySelector('liseuse-reader') as Element),
    'takes the dialog out of the overlay': () =>
      document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('dialog')?.remove(),
    'closes the dialog': () => document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('dialog')?.close(),
    'hides the dialog': () =>
      document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('dialog')?.removeAttribute('open'),
    'empties the document': () => document.documentElement.replaceChildren(document.createElement('body')),
    'puts another root in its place': () => document.documentElement.replaceWith(document.createElement('html')),
    'writes the document anew': () => {
      document.open();
      document.write('<!doctype html><title>Autre</title><p>Autre chose.</p>');
      document.close();
    },
  };
  test.each(Object.keys(takings))(
    'that %s: it closes cleanly, the toolbar says so, and it opens again',
    async (name) => {
      const tab = await openOverlay(at, PAGES.fr.address);
      await find(tab, say('close'));
      await tab.evaluate(`(${String(takings[name])})()`);
      await waitUntilClosed(tab);
      await until(async () => expect(await badgeOf(at.session, PAGES.fr.address)).toBe('!'));
      expect(await pageHears(tab)).toBe(true);

      await tab.goto(PAGES.fr.address);
      await readHere(at, tab);
      expect(await badgeOf(at.session, PAGES.fr.address)).toBe('');
    },
  );

  test('that goes on to another address under it: the article stays what it was, and is saved at its own address', async () => {
    const tab = await openOverlay(at, PAGES.fr.address);
    await tab.evaluate(() => {
      history.pushState(null, '', '/fr/ailleurs');
      document.body.innerHTML = '<h1>Ailleurs</h1>';
      location.hash = '#suite';
    });
    expect((await readArticle(tab)).title).toBe(TITLES.fr);
    await press(tab, say('save'));
    await find(tab, say('saved'));
    expect((await readStore(at.session)).map(({ id }) => id)).toEqual([PAGES.fr.address]);
    await tab.evaluate(() => history.back());
    await readArticle(tab);
    await press(tab, say('close'));
    await waitUntilClosed(tab);
    expect(await tab.evaluate(() => document.body.innerText)).toBe('Ailleurs');
  });

  test('that already has an overlay: one of an older version, and one of its own making', async () => {
    serve(`<script>
      customElements.define('liseuse-other', class extends HTMLElement {});
      const old = document.createElement('liseuse-reader');
      old.attachShadow({ mode: 'open' }).innerHTML = '<dialog>Ancienne version</dialog>';
      document.documentElement.append(old);
      old.shadowRoot.querySelector('dialog').showModal();
    </script>`);
    const tab = await at.session.openPage(PAGES.fr.address);
    const popup = await at.session.openPopup(tab);
    await press(popup, say('read_here'));
    await until(() => expect(popup.isClosed()).toBe(true));
    await until(async () => expect(await textOf(tab)).not.toContain('Ancienne version'));
    expect((await readArticle(tab)).title).toBe(TITLES.fr);
    expect(await tab.$$('liseuse-reader')).toHaveLength(1);
    await press(tab, say('close'));
    await waitUntilClosed(tab);
    expect(await pageHears(tab)).toBe(true);
  });

  const covers: Record<string, string> = {
    'a dialog': 'const cover = document.createElement("dialog"); document.body.append(cover); cover.showModal();',
    'a popover':
      'const cover = document.createElement("div"); cover.popover = "manual"; cover.style = "inset:0;width:100vw;height:100vh"; document.body.append(cover); cover.showPopover();',
  };
  test.each(Object.keys(covers))('that lays %s over it: the reader goes on at the same place', async (name) => {
    const tab = await openOverlay(at, PAGES.cn.address);
    await tab.setViewport({ width: 700, height: 420 });
    const place = (): Promise<number> =>
      tab.evaluate(
        () => document.querySelector('liseuse-reader')?.shadowRoot?.querySelector('.reader-page')?.scrollTop ?? 0,
      );
    await tab.evaluate(() =>
      document
        .querySelector('liseuse-reader')
        ?.shadowRoot?.querySelector('.reader-page')
        ?.scrollTo({ top: 300, behavior: 'instant' }),
    );
    await tab.evaluate(covers[name] ?? '');
    await until(async () => expect(await atCloseButton(tab)).toBe(REACHED));
    expect(await place()).toBeCloseTo(300, -1);
    expect(await isOverlayThere(tab)).toBe(true);
    await tab.keyboard.press('Escape');
    await waitUntilClosed(tab);
    expect(await badgeOf(at.session, PAGES.cn.address)).toBe('');
  });

  test('whose video fills the screen, while it is open and before it opens', async () => {
    const tab = await openOverlay(at, PAGES.fr.address);
    await tab.evaluate(() => {
      const video = document.createElement('video');
      video.id = 'film';
      document.body.replaceChildren(video);
      addEventListener('keydown', () => void video.requestFullscreen(), { once: true, capture: true });
    });
    await tab.keyboard.press('f');
    await until(async () => expect(await tab.evaluate(() => document.fullscreenElement?.id)).toBe('film'));
    await until(async () => expect(await atCloseButton(tab)).toBe(REACHED));
    await press(tab, say('close'));
    await waitUntilClosed(tab);

    expect(await tab.evaluate(() => document.fullscreenElement?.id)).toBe('film');
    await toggleByKey(PAGES.fr.address);
    await until(async () => expect(await atCloseButton(tab)).toBe(REACHED));
    await press(tab, say('close'));
    await waitUntilClosed(tab);
  });
});
