/** Times extraction on a page in Chromium beside Readability, Defuddle and the floor, all in one loop in that page. */
import { startSite } from '../../scripts/browser/rfi-site.ts';
import { openSession } from '../../scripts/browser/session.ts';
import { localRfi } from '../../scripts/local-rfi.ts';
import type { BenchSetting } from './bench.ts';
import { bundleForPage } from './bundle.ts';
import { NAMES, type Contestant, type Race } from './contestants.ts';
import { median } from './median.ts';

const WARM_UPS = 5;
const ROUNDS = 60;

export interface ExtractionFigures {
  /** The median of each contestant, in milliseconds. */
  medians: Record<Contestant, number>;
  rounds: number;
  clockStep: number;
}

/**
 * A page that is cross-origin isolated has a clock that steps 5 microseconds instead of 100.
 * https://developer.mozilla.org/en-US/docs/Web/API/Performance_API/High_precision_timing#reduced_precision
 */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'credentialless',
};

/**
 * Runs the race.
 * @throws when Chromium does not start, or a contestant loses the article or changes the page.
 */
export async function measureExtraction({
  address,
  html,
  executablePath,
  extension,
}: BenchSetting): Promise<ExtractionFigures> {
  const bundle = await bundleForPage('contestants.ts', 'contestants');
  const answer = localRfi(new Map([[address, html]]));
  const site = await startSite((url) => {
    const given = answer(url);
    return given && { ...given, headers: { ...given.headers, ...ISOLATED } };
  });
  const session = await openSession({ browser: 'chromium', executablePath, extension, headless: true, site });
  try {
    const page = await session.openPage(address);
    await page.waitForFunction(() => document.readyState === 'complete');
    const cdp = await page.createCDPSession();
    const { frameTree } = await cdp.send('Page.getFrameTree');
    // The world that content scripts have: the page's own scripts and what they changed are out of reach.
    const world = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
    const run = async (expression: string): Promise<unknown> => {
      const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
        expression,
        contextId: world.executionContextId,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    await run(`${bundle}; undefined`);
    const { times, clockStep } = (await run(
      `contestants.race(${JSON.stringify(address)}, ${WARM_UPS}, ${ROUNDS})`,
    )) as Race;
    const medians = Object.fromEntries(NAMES.map((name) => [name, median(times[name])])) as Record<Contestant, number>;
    return { medians, rounds: ROUNDS, clockStep };
  } finally {
    await session.close();
    await site.close();
  }
}
