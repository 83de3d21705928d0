/**
 * `npm run extract -- FILE... [--url ADDRESS]`: saved pages and archive files to Articles without a browser, one JSON object
 * a line in the order of the files; `{"file", "error"}` in place of one that gave none.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Article } from '../src/article/article.ts';
import { extractArticle } from '../src/article/extract.ts';
import { isArchiveText, readArchiveFile } from '../src/exchange/archive-file.ts';
import messages from '../src/_locales/en/messages.json' with { type: 'json' };
import { installDom } from './node-dom.ts';
import { decode, isWebAddress, savedFrom } from './saved-pages.ts';

const sentence = (key: string): string => (messages as Record<string, { message: string }>)[key]?.message ?? key;

function extract(bytes: Uint8Array, url: string | undefined): Article | { error: string } {
  const text = decode(bytes);
  if (text.trim() === '') return { error: sentence('file_empty') };
  if (isArchiveText(text)) {
    const reading = readArchiveFile(bytes);
    return reading.ok ? reading.article : { error: sentence(`file_${reading.reason}`) };
  }
  if (!/<(!doctype|html|head|body|article|div|p)\b/i.test(text)) return { error: sentence('file_notArchive') };
  const page = new DOMParser().parseFromString(text, 'text/html');
  const address = url ?? savedFrom(page, text);
  if (!address || !isWebAddress(address)) {
    return { error: 'This page does not say where it was saved from: give its address with --url.' };
  }
  const extraction = extractArticle(page, address);
  return extraction.ok ? extraction.article : { error: sentence(`reason_${extraction.reason}`) };
}

const USAGE = 'usage: npm run extract -- FILE... [--url ADDRESS]';
const readArguments = (): { files: string[]; url: string | undefined } => {
  try {
    const { values, positionals } = parseArgs({ options: { url: { type: 'string' } }, allowPositionals: true });
    return { files: positionals, url: values.url };
  } catch {
    return { files: [], url: undefined };
  }
};

const { files, url } = readArguments();
if (files.length === 0) {
  console.error(USAGE);
  process.exit(2);
}
installDom();
for (const file of files) {
  let answer: Article | { error: string };
  try {
    answer = extract(await readFile(file), url);
  } catch (error) {
    answer = { error: `This file could not be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  process.stdout.write(`${JSON.stringify('error' in answer ? { file, ...answer } : answer)}\n`);
}
