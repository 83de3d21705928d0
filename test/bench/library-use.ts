/** What a reader does in a library and its popup: scrolls to the end, and types into the search boxes. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../scripts/browser/session.ts';
import { say } from '../fixtures/english.ts';
import { addStoreBench, measureHeap, openWhole, runInPage, scrollToEnd } from './library-page.ts';
import { clearSearch, focusSearch, typeWatched, type Typed } from './library-typing.ts';
import { median } from './median.ts';

const POPUPS = 5;
/** How many places a scroll to the end stops at. */
const STEPS = 300;
/** What is typed into the library, a key or a committed character each; the box is emptied at the bar. */
const KEYS = ['法', '国', '总', '统', '|', '2', '0', '2', '0'];
const MANY_HITS = '法国';
const NO_HITS = 'nihil';
/** A list of more articles than this gets more patience. */
const LONG = 50_000;
/** How many hits the rare word may have: fewer than a popup shows. */
const FEW = 40;
/** Rows of the library that are looked at; the last ones come and go with the height of their snippets. */
const LOOKED_AT = 5;

export interface Library {
  size: number;
  session: Session;
}

/** Bytes and milliseconds. */
export interface UseFigures {
  /** Null in a browser that does not tell. */
  heap: number | null;
  heapSearched: number | null;
  longestFrame: number;
  /** Of each key typed into the library. */
  keys: Typed[];
}

/** Medians in milliseconds: to the first hits, to all of a few hits, and to the message that there are none. */
export interface PopupTimes {
  first: number;
  all: number;
  none: number;
}

/** Scrolls and searches in the library page itself. */
export async function measureUse({ session, size }: Library): Promise<UseFigures> {
  const page = await openWhole(session, size);
  const isChromium = session.extensionOrigin.startsWith('chrome-extension:');
  const longestFrame = await scrollToEnd(page, STEPS);
  await sleep(500);
  const heap = isChromium ? await measureHeap(page) : null;
  await runInPage(page, () => scrollTo(0, 0));
  await focusSearch(page);
  // The first word makes the page read the texts. Until it has, it says that it searches; before, how many articles there are.
  await page.keyboard.sendCharacter(MANY_HITS);
  await page.waitForFunction(
    (said) => document.querySelector('.library-count')?.textContent?.startsWith(said),
    { timeout: 60_000 },
    say('found', ''),
  );
  await clearSearch(page);
  const keys: Typed[] = [];
  for (const key of KEYS) {
    if (key === '|') await clearSearch(page);
    else keys.push(await typeWatched(page, key, LOOKED_AT, 700));
  }
  const heapSearched = isChromium ? await measureHeap(page) : null;
  await page.close();
  return { heap, heapSearched, longestFrame, keys };
}

/** Types into popups that have just been opened: a word that many articles have, one of the oldest article, and one that none has. */
export async function measurePopup({ session, size }: Library, address: string): Promise<PopupTimes> {
  const library = await openWhole(session, size);
  await addStoreBench(library);
  const { word } = await runInPage(
    library,
    (most) => globalThis.storeBench.findRareWord(most),
    FEW * (size > LONG ? 10 : 1),
  );
  await library.close();
  const page = await session.openPage(address);
  const type = async (text: string): Promise<Typed> => {
    const popup = await session.openPopup(page);
    // As soon as a reader sees what is searched.
    await popup.waitForSelector('.saved-article');
    await focusSearch(popup);
    // Now and then the browser opens one behind its window, which has no frames.
    if (await popup.evaluate(() => document.hidden)) {
      await popup.close();
      return type(text);
    }
    const typed = await typeWatched(popup, text, FEW * 2, size > LONG ? 40_000 : 4_000);
    await popup.close();
    return typed;
  };
  const times = { first: [] as number[], all: [] as number[], none: [] as number[] };
  for (let popup = 0; popup < POPUPS; popup++) {
    const many = await type(MANY_HITS);
    times.first.push(many.first ?? many.last);
    times.all.push((await type(word)).last);
    times.none.push((await type(NO_HITS)).last);
  }
  await page.close();
  return { first: median(times.first), all: median(times.all), none: median(times.none) };
}
