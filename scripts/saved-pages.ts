/** The saved pages that a local RFI serves: those that ship with the project, and any other one in a file. */
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { JSDOM, VirtualConsole } from 'jsdom';

/** A page as it was saved, and where from. */
export interface SavedPage {
  address: string;
  html: string;
}

const FIXTURES = resolve(import.meta.dirname, '../test/fixtures');

/** The pages that ship with the project; the first is the one to show. */
export async function builtInPages(): Promise<[SavedPage, ...SavedPage[]]> {
  const pages: SavedPage[] = [];
  for (const folder of (await readdir(FIXTURES)).sort()) {
    const html = await readFile(join(FIXTURES, folder, 'source.html'), 'utf8').catch(() => undefined);
    const address = /^<!-- address: (\S+) -->/.exec(html ?? '')?.[1];
    if (!html || !address) continue;
    const page = { address, html };
    if (folder === 'article-cn') pages.unshift(page);
    else pages.push(page);
  }
  const [first, ...others] = pages;
  if (!first) throw new Error(`There is no page in ${FIXTURES}.`);
  return [first, ...others];
}

/**
 * Reads a page that somebody saved.
 *
 * @param address where it is to be served; where it says itself that it comes from when absent
 * @throws a sentence when the file cannot be read or its address is not known
 */
export async function readSavedPage(file: string, address?: string): Promise<SavedPage> {
  let html: string;
  try {
    html = decode(await readFile(file));
  } catch (error) {
    throw new Error(`${resolve(file)} could not be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const from = address ?? savedFrom(parse(html), html);
  if (!from || !isWebAddress(from)) {
    throw new Error(`${file} does not say which address it was saved from: give it with --url.`);
  }
  return { address: from, html };
}

/** Whether this is an address that a page can be served at. */
export const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** A page that leads to all the others, for the site's own home. */
export function indexPage(pages: readonly SavedPage[]): SavedPage {
  const dom = new JSDOM('<!doctype html><meta charset="utf-8"><title>RFI</title><h1>RFI</h1><ul></ul>');
  const { document } = dom.window;
  for (const { address, html } of pages) {
    const link = document.createElement('a');
    link.href = address;
    link.textContent = parse(html).title || address;
    const item = document.createElement('li');
    item.append(link);
    document.querySelector('ul')?.append(item);
  }
  return { address: 'https://www.rfi.fr/', html: dom.serialize() };
}

/** Without a console, a page's style sheets that jsdom cannot read go unmentioned. */
const parse = (html: string): Document => new JSDOM(html, { virtualConsole: new VirtualConsole() }).window.document;

/** The address that a saved page was saved from, as the page or the browser that saved it wrote it down. */
export function savedFrom(page: Document, html: string): string | undefined {
  return (
    page.querySelector('link[rel="canonical"]')?.getAttribute('href') ??
    page.querySelector('meta[property="og:url"]')?.getAttribute('content') ??
    /<!-- saved from url=\(\d+\)(\S+) -->/.exec(html)?.[1]
  );
}

/** UTF-8, or what an old page says that it is written in. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
    const declared = /<meta[^>]+charset=["']?([\w-]+)/i.exec(head)?.[1];
    try {
      return new TextDecoder(declared).decode(bytes);
    } catch {
      return new TextDecoder().decode(bytes);
    }
  }
}
