/** Types into the search box of the library or the popup, and sees in which frame the hits are drawn. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { runInPage } from './library-page.ts';

export interface Typed {
  /** Milliseconds from the key to the end of the first frame with other rows than before; null where there is none. */
  first: number | null;
  /** The same to the frame after which the rows that are looked at and the message stayed as they were. */
  last: number;
  /** Which frame after the key that was, 1 the next. */
  lastFrame: number;
  message: string;
}

interface Watch {
  start: number;
  frames: { number: number; time: number; rows: string; message: string }[];
}

declare global {
  var typingWatch: Watch;
}

const BOX = 'input[type=search]';

/** Writes down every frame after the next key in which the list shows something else. Runs in the page. */
function watchTyping(most: number): void {
  const watch: Watch = { start: 0, frames: [] };
  globalThis.typingWatch = watch;
  const look = (): { rows: string; message: string } => ({
    rows: [...document.querySelectorAll('.saved-article-title')]
      .slice(0, most)
      .map(({ textContent }) => textContent)
      .join('\n'),
    message: document.querySelector('.library-count, .saved-list [role=status]')?.textContent ?? '',
  });
  const { port1, port2 } = new MessageChannel();
  let shown = look();
  let number = 0;
  watch.frames.push({ number, time: 0, ...shown });
  port1.onmessage = () => {
    // The frame is done when the next task runs.
    const time = performance.now() - watch.start;
    if (watch !== globalThis.typingWatch) return;
    const before = watch.frames.at(-1);
    if (before?.rows !== shown.rows || before.message !== shown.message) watch.frames.push({ number, time, ...shown });
    requestAnimationFrame(frame);
  };
  const frame = (): void => {
    number++;
    shown = look();
    port2.postMessage(null);
  };
  const begin = (event: Event): void => {
    removeEventListener('keydown', begin, true);
    removeEventListener('beforeinput', begin, true);
    watch.start = event.timeStamp;
    requestAnimationFrame(frame);
  };
  addEventListener('keydown', begin, true);
  addEventListener('beforeinput', begin, true);
}

/**
 * Types a text at once, as an input method does, into the box that has the focus, and watches the first rows.
 *
 * @param rows how many are looked at; in the library the last ones come and go with the height of their snippets
 * @param patience how long, in milliseconds
 */
export async function typeWatched(page: Page, text: string, rows: number, patience: number): Promise<Typed> {
  await runInPage(page, watchTyping, rows);
  // A key of its own where a keyboard has one.
  if (/^[a-z0-9]$/.test(text)) await page.keyboard.type(text);
  else await page.keyboard.sendCharacter(text);
  await sleep(patience);
  const { frames } = await runInPage(page, () => globalThis.typingWatch);
  const [before, ...after] = frames;
  const last = after.at(-1);
  if (!before || !last) throw new Error(`“${text}” was typed and nothing changed.`);
  const first = after.find((frame) => frame.rows !== '' && frame.rows !== before.rows);
  return { first: first?.time ?? null, last: last.time, lastFrame: last.number, message: last.message };
}

/** Puts the focus into the empty search box. */
export async function focusSearch(page: Page): Promise<void> {
  await page.waitForSelector(BOX);
  await page.focus(BOX);
}

/** Empties the search box as a reader does, and waits until the whole list is shown again. */
export async function clearSearch(page: Page): Promise<void> {
  await runInPage(page, () => document.querySelector<HTMLInputElement>('input[type=search]')?.select());
  await page.keyboard.press('Backspace');
  await sleep(300);
}
