/**
 * `npm start`: a browser with the extension in it, on a page of RFI that ships with the project. With a display a person
 * takes over from there; without one the whole journey is made, told and pictured.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser, firstBrowser, type BrowserName } from './browser/find-browser.ts';
import { startSite } from './browser/rfi-site.ts';
import { openSession, type Session } from './browser/session.ts';
import { firstSentence, makeJourney, type Seen, type Summary } from './journey.ts';
import { localRfi } from './local-rfi.ts';
import { builtInPages, indexPage, isWebAddress, readSavedPage, type SavedPage } from './saved-pages.ts';

const USAGE = `npm start -- [options]
  --browser chromium|firefox   which browser; the one that is there otherwise
  --page FILE                  a saved page instead of the built-in one
  --url ADDRESS                where the saved page is from, or the page to open with --live
  --live                       the real rfi.fr over the real network
  --headless                   no window: the journey is made by itself, as where there is no display
  --json                       the same, and what was seen as one JSON object on the last line
  --shots DIR                  the same, with the pictures in DIR (screenshots otherwise)
  --help                       these lines`;

/** What somebody asked for that cannot be. */
class UsageError extends Error {}

interface Options {
  browser?: BrowserName;
  page?: string;
  url?: string;
  isLive: boolean;
  isJson: boolean;
  isVisible: boolean;
  shots: string;
}

function readOptions(): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { browser, page, url, live, headless, json, shots, help } = parseArgs({
    options: { browser: text, page: text, url: text, live: flag, headless: flag, json: flag, shots: text, help: flag },
  }).values;
  if (help) {
    process.stdout.write(`${USAGE}\n`);
    process.exit();
  }
  if (browser !== undefined && browser !== 'chromium' && browser !== 'firefox') {
    throw new UsageError(`--browser is chromium or firefox, not ${browser}.`);
  }
  if (live && page !== undefined)
    throw new UsageError('--live is the real site, --page a saved page: give one of them.');
  if (url !== undefined && !live && page === undefined) throw new UsageError('--url goes with --page or with --live.');
  if (url !== undefined && !isWebAddress(url))
    throw new UsageError(`--url is a whole address, https://..., not ${url}.`);
  return {
    ...(browser && { browser }),
    ...(page !== undefined && { page }),
    ...(url !== undefined && { url }),
    isLive: live,
    isJson: json,
    isVisible: hasDisplay() && !headless && !json && shots === undefined,
    shots: resolve(shots ?? 'screenshots'),
  };
}

const hasDisplay = (): boolean =>
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

/** The pages to serve, the one to open first. */
async function pagesToServe({ page, url }: Options): Promise<[SavedPage, ...SavedPage[]]> {
  const builtIn = await builtInPages();
  const [first, ...others] = page === undefined ? builtIn : [await readSavedPage(page, url), ...builtIn];
  return [first, ...others, indexPage([first, ...others])];
}

async function start(options: Options, say: (line: string) => void): Promise<boolean> {
  const pages = options.isLive ? undefined : await pagesToServe(options);
  const address = pages?.[0].address ?? options.url ?? 'https://www.rfi.fr/fr/';
  const { name, executablePath } = options.browser
    ? { name: options.browser, executablePath: await findBrowser(options.browser) }
    : await firstBrowser();
  const extension = resolve(import.meta.dirname, '../dist', name);
  if (!existsSync(resolve(extension, 'manifest.json')))
    throw new Error(`There is no extension in ${extension}: build it.`);

  // The first page at an address is the one that is served.
  const site =
    pages && (await startSite(localRfi(new Map(pages.toReversed().map(({ address, html }) => [address, html])))));
  try {
    const session = await openSession({
      browser: name,
      executablePath,
      extension,
      headless: !options.isVisible,
      ...(site && { site }),
    }).catch((error: unknown) => {
      const hint = options.isVisible ? ' Without a display, give --headless.' : '';
      throw new Error(`${name} did not start: ${firstSentence(error)}${hint}`, { cause: error });
    });
    try {
      const browser = `${name} ${(await session.browser.version()).replace(/^\D+/, '')}`;
      if (options.isVisible) {
        await handOver(session, browser, address, pages, say);
        return true;
      }
      const summary = await makeJourney(session, { browser, address, shots: options.shots, ...(site && { site }) });
      tell(summary, say);
      if (options.isJson) process.stdout.write(`${JSON.stringify(summary)}\n`);
      return summary.problems.length === 0;
    } finally {
      await session.close();
    }
  } finally {
    await site?.close();
  }
}

/** The extension's own name for the browser, in the functions that run there. */
declare const chrome: { commands: { getAll(): Promise<{ name?: string; shortcut?: string }[]> } };

/** Leaves the browser to a person, until it is closed or Ctrl+C is pressed. */
async function handOver(
  { browser, openPage, inBackground }: Session,
  name: string,
  address: string,
  pages: readonly SavedPage[] | undefined,
  say: (line: string) => void,
): Promise<void> {
  // A browser gives no key that it has another use for.
  const keys = new Map((await inBackground(() => chrome.commands.getAll())).map((key) => [key.name, key.shortcut]));
  const before = await browser.pages();
  const page = await openPage(address);
  // The page is to fill the window, whatever size somebody gives it.
  await page.setViewport(null);
  for (const empty of before) await empty.close();

  const [popupKey, overlayKey] = [keys.get('_execute_action'), keys.get('toggle-reader')];
  say(`${name} is open with Liseuse, on ${readable(address)}`);
  say('');
  say('  Popup    the toolbar button, which may be behind the puzzle piece' + (popupKey ? `, or ${popupKey}` : ''));
  say('  Overlay  "Read here" in the popup' + (overlayKey ? `, or ${overlayKey}` : '') + '; Escape closes it');
  say('  Library  "Open library" in either of them');
  say('');
  if (pages) {
    say(
      'This program serves the pages and lets nothing out to the network. The browser trusts it in place of RFI in this',
    );
    say('throw-away profile only; your own browser is not touched. Also there:');
    for (const other of pages.slice(1)) say(`  ${readable(other.address)}`);
    say('');
  }
  say('Close the browser or press Ctrl+C to end.');

  await new Promise<void>((end) => {
    browser.once('disconnected', () => end());
    // Puppeteer's own answer to Ctrl+C kills the browser and leaves its profile behind.
    for (const listener of process.listeners('SIGINT')) process.off('SIGINT', listener);
    // More than once: it comes from the terminal and again through tsx, and the second must not end what the first began.
    process.on('SIGINT', () => end());
  });
}

/** Tells in a few lines what the journey saw. */
function tell(
  { browser, address, popup, overlay, library, pictures, problems }: Summary,
  say: (line: string) => void,
): void {
  const article = ({ paragraphs, text, photosShown, photosMissing, links }: Seen): string =>
    [
      `${count(paragraphs, 'paragraph')}, ${count([...text].length, 'visible character')}`,
      `${count(photosShown, 'photo')} shown${photosMissing > 0 ? ` and ${photosMissing} not` : ''}, ${count(links.length, 'link')}`,
    ].join('; ');
  const surface = (name: string, seen: Seen, ...more: string[]): void => {
    const text = seen.text.replace(/\s+/g, ' ');
    if (text === '') return say(`${name.padEnd(9)}not opened`);
    say(`${name.padEnd(9)}${seen.title ?? `no article: ${text}`}`);
    for (const line of [...(seen.title === null ? [] : [article(seen)]), ...more]) say(`         ${line}`);
  };
  say(`${browser} on ${readable(address)}`);
  surface(
    'Popup',
    popup,
    `${popup.saved ? 'saved; ' : ''}${count(popup.savedArticles.length, 'saved article')} in its list`,
  );
  const isAsBefore = overlay.focusReturned && overlay.scrollReturned;
  surface(
    'Overlay',
    overlay,
    `${overlay.saved ? 'says' : 'does not say'} that the article is saved`,
    overlay.focusReturned === null
      ? 'did not close'
      : `closed with Escape; focus and scroll are ${isAsBefore ? '' : 'not both '}as before`,
  );
  surface(
    'Library',
    library,
    `${count(library.savedArticles.length, 'saved article')} in the list; the network was ${library.offline ? 'off' : 'on'}`,
  );
  for (const picture of pictures) say(`Picture  ${picture}`);
  for (const problem of problems) say(`PROBLEM  ${problem}`);
}

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

/** An address with its letters as letters. */
function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

try {
  const options = readOptions();
  // With --json, stdout is for the summary alone.
  const say = (line: string): void => void (options.isJson ? process.stderr : process.stdout).write(`${line}\n`);
  process.exitCode = (await start(options, say)) ? 0 : 1;
} catch (error) {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  process.stderr.write(`${firstSentence(error)}\n${isUsage ? `\n${USAGE}\n` : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}
