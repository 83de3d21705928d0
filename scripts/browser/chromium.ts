/**
 * Chromium with the extension in it, driven by the Chrome DevTools Protocol.
 */
import { setTimeout } from 'node:timers/promises';
import {
  launch,
  type Browser,
  type CDPSession,
  type Extension,
  type Page,
  type Target,
  type WebWorker,
} from 'puppeteer-core';
import { callText, VIEWPORT, type BrowserDriver, type SessionOptions } from './driver.ts';

/**
 * Starts Chromium with the extension installed; `openSession` is the way in.
 * @throws when Chromium does not start or refuses the extension.
 */
export async function openChromium(options: SessionOptions): Promise<BrowserDriver> {
  const browser = await launch({
    executablePath: options.executablePath,
    headless: options.headless,
    // Installing an unpacked extension is allowed over a pipe only, not over a port.
    // https://chromedevtools.github.io/devtools-protocol/tot/Extensions/#method-loadUnpacked
    pipe: true,
    enableExtensions: true,
    defaultViewport: VIEWPORT,
    args: flags(options),
    // On Linux the language of the interface is asked for here.
    // https://developer.chrome.com/docs/extensions/reference/api/i18n
    env: options.locale ? { ...process.env, LANGUAGE: options.locale } : process.env,
    ...(options.userDataDir === undefined ? {} : { userDataDir: options.userDataDir }),
  });
  try {
    const extensionId = await browser.installExtension(options.extension);
    return driver(browser, extensionId);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

function flags({ site, locale, colorScheme, headless }: SessionOptions): string[] {
  return [
    '--no-first-run',
    '--disable-component-update',
    '--disable-background-networking',
    // QUIC goes around the proxy.
    '--disable-quic',
    `--window-size=${VIEWPORT.width},${VIEWPORT.height + 150}`,
    // The headless screen has 800 by 600 pixels, which cuts a popup off.
    ...(headless ? ['--screen-info={1600x1200}'] : []),
    // Chromium's sandbox refuses to run as root, which is what most containers are.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(locale ? [`--lang=${locale}`, `--accept-lang=${locale}`] : []),
    ...(colorScheme === 'dark' ? ['--force-dark-mode'] : []),
    ...(site
      ? [
          `--proxy-server=127.0.0.1:${site.port}`,
          // Chromium never proxies loopback addresses unless told to.
          '--proxy-bypass-list=<-loopback>',
          '--ignore-certificate-errors',
        ]
      : []),
  ];
}

function driver(browser: Browser, extensionId: string): BrowserDriver {
  const extensionOrigin = `chrome-extension://${extensionId}`;

  const extension = async (): Promise<Extension> => {
    const found = (await browser.extensions()).get(extensionId);
    if (!found) throw new Error(`The extension ${extensionId} is no longer installed in Chromium.`);
    return found;
  };

  const openExtensionPage = async (path: string): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(new URL(path, `${extensionOrigin}/`).href, { waitUntil: 'domcontentloaded' });
    return page;
  };

  const isWorker = (target: Target): boolean =>
    target.type() === 'service_worker' && target.url().startsWith(`${extensionOrigin}/`);

  const worker = async (): Promise<WebWorker> => {
    const [running] = await (await extension()).workers();
    if (running) return running;
    await withServiceWorkers(browser, (cdp) =>
      cdp.send('ServiceWorker.startWorker', { scopeURL: `${extensionOrigin}/` }),
    );
    const target = await browser.waitForTarget(isWorker, { timeout: 10_000 });
    const started = await target.worker();
    if (!started) throw new Error('The service worker stopped while it was being started.');
    return started;
  };

  return {
    browser,
    extensionId,
    extensionOrigin,
    openExtensionPage,
    waitForExtensionPage: async (path) => {
      const prefix = new URL(path, `${extensionOrigin}/`).href;
      const deadline = Date.now() + 10_000;
      for (;;) {
        const page = (await browser.pages()).toReversed().find((candidate) => candidate.url().startsWith(prefix));
        if (page) {
          await page.waitForFunction(() => document.readyState !== 'loading');
          return page;
        }
        if (Date.now() > deadline) throw new Error(`No tab on ${path} appeared within 10 seconds.`);
        await setTimeout(50);
      }
    },
    openPopup: async (page) => {
      await page.bringToFront();
      const before = new Set(browser.targets());
      const isPopup = (target: Target): boolean =>
        !before.has(target) && !isWorker(target) && target.url().startsWith(`${extensionOrigin}/`);
      const press = async (timeout: number): Promise<Target> => {
        await (await extension()).triggerAction(page);
        return browser.waitForTarget(isPopup, { timeout });
      };
      // Where a content script was held back for want of site access, the first click runs it and
      // opens nothing; the reader clicks again. A second press does nothing to a popup that is slow.
      // https://source.chromium.org/chromium/chromium/src/+/main:chrome/browser/extensions/extension_action_runner.cc
      const target = await press(2_000).catch(() => press(8_000));
      const popup = await target.asPage();
      await popup.waitForFunction(() => document.readyState !== 'loading');
      return popup;
    },
    inBackground: async <A extends unknown[], T>(run: (...args: A) => T | Promise<T>, ...args: A): Promise<T> =>
      (await (await worker()).evaluate(callText(run, args))) as T,
    stopBackground: async () => {
      for (const running of await (await extension()).workers()) await running.close();
      // The command returns before the worker is gone, and a worker that is going must not be spoken to.
      const deadline = Date.now() + 10_000;
      while (browser.targets().some(isWorker)) {
        if (Date.now() > deadline)
          throw new Error('The service worker was told to stop and did not within 10 seconds.');
        await setTimeout(20);
      }
    },
    setSiteAccess: async (granted) => {
      // The extensions page is the only one with the API behind its own "site access" menu.
      const settings = await browser.newPage();
      try {
        await settings.goto('chrome://extensions');
        await settings.evaluate(
          `chrome.developerPrivate.updateExtensionConfiguration(${JSON.stringify({
            extensionId,
            hostAccess: granted ? 'ON_ALL_SITES' : 'ON_CLICK',
          })})`,
        );
      } finally {
        await settings.close();
      }
    },
  };
}

/** Lends a CDP session on which the ServiceWorker domain, which only pages have, is enabled. */
async function withServiceWorkers(browser: Browser, use: (cdp: CDPSession) => Promise<void>): Promise<void> {
  const page = await browser.newPage();
  try {
    const cdp = await page.createCDPSession();
    await cdp.send('ServiceWorker.enable');
    await use(cdp);
  } finally {
    await page.close();
  }
}
