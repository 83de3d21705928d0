/**
 * Finds a Chromium or a Firefox to test with, and installs one when the machine has none.
 *
 * Only browsers that take an unpacked extension from a script are wanted. Branded Chrome is the last
 * choice: since version 137 it ignores --load-extension and leaves only the protocol's command.
 * https://pptr.dev/guides/chrome-extensions
 */
import { Browser, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers';
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export type BrowserName = 'chromium' | 'firefox';

interface Places {
  /** The environment variable that names the executable. */
  variable: string;
  /** Names looked for in PATH, the best first. */
  commands: string[];
  /** Where macOS and Windows keep it, out of PATH. */
  paths: string[];
  /** Debian's package. */
  debian: string;
  /** What @puppeteer/browsers downloads. */
  download: Browser;
}

const windowsFolders = [
  process.env['PROGRAMFILES'],
  process.env['PROGRAMFILES(X86)'],
  process.env['LOCALAPPDATA'],
].filter((folder) => folder !== undefined);

const PLACES: Record<BrowserName, Places> = {
  chromium: {
    variable: 'LISEUSE_CHROMIUM',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    paths: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      ...windowsFolders.flatMap((folder) => [
        join(folder, 'Chromium/Application/chrome.exe'),
        join(folder, 'Google/Chrome/Application/chrome.exe'),
      ]),
    ],
    debian: 'chromium',
    // Chrome for Testing, which is unbranded.
    download: Browser.CHROME,
  },
  firefox: {
    variable: 'LISEUSE_FIREFOX',
    commands: ['firefox-esr', 'firefox'],
    paths: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      ...windowsFolders.map((folder) => join(folder, 'Mozilla Firefox/firefox.exe')),
    ],
    debian: 'firefox-esr',
    download: Browser.FIREFOX,
  },
};

/**
 * Finds a browser, or installs it: from the environment variable LISEUSE_CHROMIUM or
 * LISEUSE_FIREFOX, from the machine, from Debian's packages when root, and at last downloaded into
 * ~/.cache/liseuse. Says on stderr what it installs.
 * @returns the path of an executable that answers `--version`.
 * @throws when the variable names no working browser, or when none is there and none can be installed.
 */
export async function findBrowser(name: BrowserName): Promise<string> {
  const found = findInstalled(name) ?? installFromDebian(name) ?? (await download(name));
  if (found) return found;
  throw new Error(
    `There is no ${name} here and it could not be installed: install it, or give its path in ${PLACES[name].variable}.`,
  );
}

/**
 * The browser that is there already, Chromium before Firefox; installs one only when there is neither.
 * @throws when there is none and none can be installed.
 */
export async function firstBrowser(): Promise<{ name: BrowserName; executablePath: string }> {
  for (const name of ['chromium', 'firefox'] as const) {
    const executablePath = findInstalled(name);
    if (executablePath) return { name, executablePath };
  }
  try {
    return { name: 'chromium', executablePath: await findBrowser('chromium') };
  } catch {
    return { name: 'firefox', executablePath: await findBrowser('firefox') };
  }
}

function findInstalled(name: BrowserName): string | undefined {
  const { variable, commands, paths } = PLACES[name];
  const given = process.env[variable];
  if (given) {
    if (works(given)) return given;
    throw new Error(`${variable} is ${given}, which does not run as a browser: correct it or unset it.`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const inPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...inPath, ...paths].find(works);
}

/**
 * Whether this is a browser. Ubuntu's chromium-browser and firefox packages may hold only a script
 * that says to install the snap; it exists, but it fails when it is asked for its version.
 */
function works(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    if (!statSync(path).isFile()) return false;
  } catch {
    return false;
  }
  // On Windows --version opens a window, and there are no snaps.
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /\d+\.\d+/.test(stdout);
}

function installFromDebian(name: BrowserName): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  const { debian } = PLACES[name];
  say(`No ${name} here: installing Debian's ${debian} with apt-get.`);
  const apt = (...args: string[]): boolean =>
    spawnSync('apt-get', args, {
      // stdout is kept for the answers of the script that calls.
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  // A package list that cannot be renewed may still be good enough to install from.
  apt('update', '-qq');
  const installed = apt('install', '-y', '-qq', '--no-install-recommends', debian);
  return installed ? findInstalled(name) : undefined;
}

async function download(name: BrowserName): Promise<string | undefined> {
  const platform = detectBrowserPlatform();
  if (!platform) return undefined;
  const { download: browser } = PLACES[name];
  const cacheDir = join(homedir(), '.cache', 'liseuse');
  try {
    const buildId = await resolveBuildId(browser, platform, 'stable');
    say(`No ${name} here: downloading ${browser} ${buildId} into ${cacheDir}.`);
    const { executablePath } = await install({ browser, buildId, cacheDir });
    if (works(executablePath)) return executablePath;
    say(`${executablePath} was downloaded but does not run; system libraries may be missing.`);
  } catch (error) {
    say(`The download of ${browser} failed: ${String(error)}`);
  }
  return undefined;
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
