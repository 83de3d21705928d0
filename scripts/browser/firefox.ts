/**
 * Firefox with the extension in it, driven by WebDriver BiDi; what BiDi has no word for (the toolbar
 * button, the background, site access) is done inside Firefox by `firefox-inside.js`.
 *
 * All of it is real: the popup is the one that the toolbar button opens. It leans on Firefox's own
 * modules, which may move between versions; checked with Firefox 153.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { launch, type Browser, type Frame, type Page } from 'puppeteer-core';
import { callText, VIEWPORT, type BrowserDriver, type SessionOptions } from './driver.ts';
import type { Site } from './rfi-site.ts';

/** The wire under Puppeteer, which it has but does not publish. Checked with puppeteer-core 24.43. */
interface BidiConnection {
  send(method: string, params: object): Promise<{ result: unknown }>;
  emit(event: string, params: object): void;
}

/** Where an extension's document is shown. */
interface Place {
  context: string;
  url: string;
}

/** A function of `firefox-inside.js`, called by its name. */
type Inside = <T>(name: string, ...args: unknown[]) => Promise<T>;

/** Firefox draws an origin by lot at each installation; a fixed one lets a kept profile find its data again. */
const EXTENSION_UUID = '11e5e05e-0000-4000-8000-000000000000';

/**
 * Starts Firefox with the extension installed as a temporary add-on; `openSession` is the way in.
 * @throws when Firefox does not start, refuses the extension, or is too old to open its own window to BiDi.
 */
export async function openFirefox(options: SessionOptions): Promise<BrowserDriver> {
  const id = await addonId(options.extension);
  const browser = await launch({
    browser: 'firefox',
    executablePath: options.executablePath,
    headless: options.headless,
    acceptInsecureCerts: options.site !== undefined,
    defaultViewport: VIEWPORT,
    args: [
      // Without it BiDi is kept out of Firefox's own window and of moz-extension:// pages.
      // https://firefox-source-docs.mozilla.org/remote/Security.html
      '--remote-allow-system-access',
      `--width=${VIEWPORT.width}`,
      `--height=${VIEWPORT.height + 150}`,
    ],
    extraPrefsFirefox: preferences(id, options),
    ...(options.userDataDir === undefined ? {} : { userDataDir: options.userDataDir }),
  });
  try {
    const connection = connectionOf(browser);
    const inside = await enter(connection);
    if (options.locale) await inside('speak', options.locale);
    await browser.installExtension(options.extension);
    return driver(browser, id, connection, inside);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** The id that the manifest gives itself; without one Firefox would make one up at each installation. */
async function addonId(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(`${folder}/manifest.json`, 'utf8')) as {
    browser_specific_settings?: { gecko?: { id?: string } };
  };
  const id = manifest.browser_specific_settings?.gecko?.id;
  if (!id) throw new Error(`${folder}/manifest.json has no browser_specific_settings.gecko.id, which Firefox needs.`);
  return id;
}

function preferences(
  id: string,
  { site, locale, colorScheme, headless, preferences: chosen }: SessionOptions,
): Record<string, unknown> {
  return {
    'extensions.webextensions.uuids': JSON.stringify({ [id]: EXTENSION_UUID }),
    // A temporary add-on is removed at exit; these keep its data in a profile that is kept.
    'extensions.webextensions.keepUuidOnUninstall': true,
    'extensions.webextensions.keepStorageOnUninstall': true,
    // A popup closes when its window loses the focus, which another window or no window manager can cause.
    // A person at a window wants it to.
    'ui.popup.disable_autohide': headless,
    ...(locale ? { 'intl.accept_languages': locale } : {}),
    ...(colorScheme ? { 'ui.systemUsesDarkTheme': colorScheme === 'dark' ? 1 : 0 } : {}),
    ...(site ? proxyPreferences(site) : {}),
    ...chosen,
  };
}

function proxyPreferences(site: Site): Record<string, unknown> {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': site.port,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': site.port,
    'network.proxy.allow_hijacking_localhost': true,
    // Otherwise Firefox's own requests, and an extension's, go around a proxy that is down.
    'network.proxy.failover_direct': false,
  };
}

function connectionOf(browser: Browser): BidiConnection {
  if (!('connection' in browser)) throw new Error('This puppeteer-core no longer shows its BiDi connection.');
  return browser.connection as BidiConnection;
}

/** The BiDi context of a page, which Puppeteer keeps as the id of its main frame. */
function contextOf(page: Page): string {
  return (page.mainFrame() as Frame & { _id: string })._id;
}

/** Evaluates `firefox-inside.js` in Firefox's window and returns the way to call its functions. */
async function enter(connection: BidiConnection): Promise<Inside> {
  const tree = (await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })).result as {
    contexts: { context: string }[];
  };
  const context = tree.contexts[0]?.context;
  if (!context)
    throw new Error('Firefox shows no window of its own: it is too old, or was started without system access.');
  const inside = await readFile(new URL('firefox-inside.js', import.meta.url), 'utf8');
  await evaluateIn(connection, context, `(() => {${inside}})()`);
  return (name, ...args) =>
    evaluateIn(connection, context, `liseuseHarness[${JSON.stringify(name)}](...${JSON.stringify(args)})`);
}

/** Evaluates an expression in a BiDi context and awaits it; the result travels as JSON. */
async function evaluateIn<T>(connection: BidiConnection, context: string, expression: string): Promise<T> {
  const { result } = await connection.send('script.evaluate', {
    expression: `(async () => JSON.stringify(await (${expression})))()`,
    target: { context },
    awaitPromise: true,
  });
  const outcome = result as
    | { type: 'success'; result: { type: string; value?: string } }
    | { type: 'exception'; exceptionDetails: { text: string } };
  if (outcome.type === 'exception') throw new Error(outcome.exceptionDetails.text.replace(/^Error: /, ''));
  return (outcome.result.value === undefined ? undefined : JSON.parse(outcome.result.value)) as T;
}

function driver(browser: Browser, id: string, connection: BidiConnection, inside: Inside): BrowserDriver {
  const extensionOrigin = `moz-extension://${EXTENSION_UUID}`;

  /**
   * The Puppeteer page of a BiDi context that shows an extension's document. Firefox sends no event
   * about these, so Puppeteer is told here what it would have been told.
   * https://bugzilla.mozilla.org/show_bug.cgi?id=1755014
   */
  const pageOf = async ({ context, url }: Place): Promise<Page> => {
    const known = (await browser.pages()).find((page) => contextOf(page) === context);
    if (!known) {
      connection.emit('browsingContext.contextCreated', {
        context,
        url,
        children: [],
        clientWindow: '',
        originalOpener: null,
        parent: null,
        userContext: 'default',
      });
    }
    connection.emit('browsingContext.load', { context, url, navigation: null, timestamp: Date.now() });
    const page = known ?? (await browser.pages()).find((candidate) => contextOf(candidate) === context);
    if (!page) throw new Error(`Puppeteer did not take ${url} as a page.`);
    await page.waitForFunction(() => document.readyState !== 'loading');
    return page;
  };

  const tellGone = (place: Place): void =>
    void connection.emit('browsingContext.contextDestroyed', { ...place, children: [], parent: null });

  /** Tells Puppeteer when a popup is gone: by itself, by `close`, or by the next one. */
  const announceEnd = async (popup: Place): Promise<void> => {
    try {
      while (await inside<boolean>('isOpen', popup.context)) await setTimeout(100, undefined, { ref: false });
      tellGone(popup);
    } catch {
      // The browser is gone, and everybody knows.
    }
  };

  const listTabs = (): Promise<Place[]> => inside<Place[]>('tabs');
  /** @param known tabs that are not meant: one that has just been opened has no address yet, and another may have this one */
  const waitForExtensionPage = async (path: string, known: readonly Place[] = []): Promise<Page> => {
    const prefix = new URL(path, `${extensionOrigin}/`).href;
    const isKnown = (place: Place): boolean => known.some(({ context }) => context === place.context);
    const page = await pageOf(
      await until(`a tab on ${path}`, async () =>
        (await listTabs()).find((place) => place.url.startsWith(prefix) && !isKnown(place)),
      ),
    );
    await page.setViewport(VIEWPORT);
    return page;
  };

  return {
    browser,
    extensionId: id,
    extensionOrigin,
    openPopup: async (page) => {
      await inside('closePopup');
      await page.bringToFront();
      await inside('pressButton', id);
      // Firefox loads a popup in a hidden <browser> and swaps it for the shown one: the first may be gone by now.
      const { popup, opened } = await until('the popup', async () => {
        const place = await inside<Place | null>('popup', id);
        if (!place) return null;
        try {
          return { popup: place, opened: await pageOf(place) };
        } catch {
          tellGone(place);
          return null;
        }
      });
      // BiDi closes tabs only, and tells of their closing only.
      opened.close = async () => {
        await inside('closePopup');
        await until('the end of the popup', () => (opened.isClosed() ? true : null));
      };
      void announceEnd(popup);
      return opened;
    },
    openExtensionPage: async (path) => {
      const known = await listTabs();
      await inside('openTab', id, new URL(path, `${extensionOrigin}/`).href);
      return waitForExtensionPage(path, known);
    },
    waitForExtensionPage: (path) => waitForExtensionPage(path),
    inBackground: async <A extends unknown[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T> => {
      const context = await inside<string | null>('background', id);
      if (!context) throw new Error('The extension has no background page.');
      return evaluateIn<T>(connection, context, callText(run, args));
    },
    stopBackground: async () => {
      const state = await inside<string>('stopBackground', id);
      if (state !== 'stopped') throw new Error(`The background page was told to stop and is ${state}.`);
    },
    setSiteAccess: (granted) => inside('setSiteAccess', id, granted),
  };
}

/** Asks until the answer is something; throws after 10 seconds, naming what was awaited. */
async function until<T>(what: string, ask: () => T | null | undefined | Promise<T | null | undefined>): Promise<T> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    await setTimeout(50);
  }
  throw new Error(`Firefox did not give ${what} within 10 seconds.`);
}
