/**
 * `npm run extract -- FILE... [--url ADDRESS] [--explain]`: saved pages and archive files to Articles without a browser, one
 * JSON object a line in the order of the files; `{"file", "error"}` in place of one that gave none. `--explain` adds the
 * `receipt`: what was kept, and what was removed by which rule.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Article } from '../src/article/article.ts';
import type { Receipt } from '../src/article/receipt.ts';
import { extractArticle } from '../src/article/extract.ts';
import { isArchiveText, readArchiveFile } from '../src/exchange/archive-file.ts';
import messages from '../src/_locales/en/messages.json' with { type: 'json' };
import { installDom } from './node-dom.ts';
import { decode, isWebAddress, savedFrom } from './saved-pages.ts';

const sentence = (key: string): string => (messages as Record<string, { message: string }>)[key]?.message ?? key;

type Answer = { article: Article; receipt: Receipt } | { error: string };

function extract(bytes: Uint8Array, url: string | undefined): Answer {
  const text = decode(bytes);
  if (text.trim() === '') return { error: sentence('file_empty') };
  if (isArchiveText(text)) {
    const reading = readArchiveFile(bytes);
    return reading.ok ? reading : { error: sentence(`file_${reading.reason}`) };
  }
  if (!/<(!doctype|html|head|body|article|div|p)\b/i.test(text)) return { error: sentence('file_notArchive') };
  const page = new DOMParser().parseFromString(text, 'text/html');
  const address = url ?? savedFrom(page, text);
  if (url !== undefined && !isWebAddress(url)) return { error: `--url takes an absolute web address, not "${url}".` };
  if (!address || !isWebAddress(address)) {
    return { error: 'This page does not say where it was saved from: give its address with --url.' };
  }
  const extraction = extractArticle(page, address);
  return extraction.ok ? extraction : { error: sentence(`reason_${extraction.reason}`) };
}

const USAGE = 'usage: npm run extract -- FILE... [--url ADDRESS] [--explain]';
const readArguments = (): { files: string[]; url: string | undefined; explain: boolean } => {
  try {
    const { values, positionals } = parseArgs({
      options: { url: { type: 'string' }, explain: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    return { files: positionals, url: values.url, explain: values.explain };
  } catch {
    return { files: [], url: undefined, explain: false };
  }
};

const { files, url, explain } = readArguments();
if (files.length === 0) {
  console.error(USAGE);
  process.exit(2);
}
installDom();
for (const file of files) {
  let answer: Answer;
  try {
    answer = extract(await readFile(file), url);
  } catch (error) {
    answer = { error: `This file could not be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  const { article, receipt } = 'error' in answer ? { article: { file, ...answer }, receipt: undefined } : answer;
  process.stdout.write(`${JSON.stringify(explain && receipt ? { ...article, receipt } : article)}\n`);
}
