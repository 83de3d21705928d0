/** What an archive file of RFI's holds, read off its raw text by tags and addresses alone, without anything of the product. */
import { squeeze, type Block, type Expectation, type Kind } from './judge.ts';

const MACHINERY = /<(script|style|svg|template)[\s\S]*?<\/\1>/g;
const PHOTO = /s\.rfi\.fr\/media\/display\/([0-9a-f]{8}-[0-9a-f-]{27})\//g;
const SOUND = /https?:\/\/[^\s"'<>]+\.mp3/g;
const VIDEO =
  /<(?:iframe|youtube-player|video-player)[^>]*?youtube(?:-nocookie)?\.com\/(?:embed\/|watch\?v=)([\w-]{6,})/g;

/** What the site's own title of an agency's article ends in, behind the newsroom's. */
const SITE_SUFFIX = /\s*[–-]\s*法国国际广播电台\s*-\s*RFI\s*$/;

const shown = (html: string): string => squeeze(toDocument(html).body.textContent ?? '');
const toDocument = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');

/** The title, and everything below the line of the date. */
export function readRawArchive(raw: string): Expectation {
  const start = raw.search(/<div>\s*\d\d\/\d\d\/\d{4}/);
  const body = start < 0 ? '' : raw.slice(start);
  const written = body.replace(MACHINERY, '');
  const addresses = body.replaceAll('\\/', '/').replaceAll('&quot;', '"');
  const blocks: Block[] = [
    ...toBlocks('title', [titleOf(raw).replaceAll('&quot;', '"').replace(SITE_SUFFIX, '')]),
    ...toBlocks('photo', firstGroups(addresses, PHOTO)),
    ...texts(written),
    ...toBlocks(
      'sound',
      [...addresses.matchAll(SOUND)].map(([address]) => address),
    ),
    ...toBlocks('video', firstGroups(addresses, VIDEO)),
  ];
  return { blocks, junk: [] };
}

const titleOf = (raw: string): string =>
  /<!--(?:\d+|NaN)-->\s*\[([\s\S]*?)\]\([^\s()]*\)[ \t]*\r?\n-{3,}/.exec(raw)?.[1] ??
  (/^title:[ \t]*(.*)$/m.exec(raw)?.[1] ?? '').replace(/^"(.*)"$/, '$1');

/** Paragraphs, list items, headings, captions and galleries in their order. A bold paragraph before all else is the lead. */
function texts(written: string): Block[] {
  const elements = [
    ...written.matchAll(/<(p|h[1-6]|li|figcaption)(?:\s[^>]*)?>([\s\S]*?)<\/\1>|inlined-images-data="([^"]*)"/g),
  ];
  // Each gallery is there twice, once for the full screen.
  const galleries = new Set<string>();
  const leadAt = /^<div>[^<]*<\/div>\s*(?:<img[^>]*>|Array)?\s*(?=<p><strong>)/.exec(written)?.[0].length;
  return elements.flatMap(([element, name = '', inner = '', photos], index): Block[] => {
    if (photos !== undefined) {
      const blocks = gallery(photos);
      const isTwin = galleries.has(JSON.stringify(blocks));
      galleries.add(JSON.stringify(blocks));
      return isTwin ? [] : blocks;
    }
    const [first, second, third] = [...inner.matchAll(/<span[^>]*>([\s\S]*?)<\/span>/g)].map((match) => match[1] ?? '');
    if (name === 'figcaption') {
      const isTwo = second !== undefined && third === undefined;
      return isTwo
        ? [...toBlocks('caption', [shown(first ?? '')]), ...toBlocks('credit', [shown(second)])]
        : toBlocks('caption', [shown(inner)]);
    }
    const isLead =
      index === 0 && leadAt === written.indexOf(element) && /^<strong>[\s\S]*<\/strong>$/.test(inner.trim());
    const kind = name.startsWith('h') ? 'heading' : isLead ? 'lead' : 'paragraph';
    return toBlocks(kind, [shown(inner)]).filter((block) => 'text' in block && !isLabel(block.text));
  });
}

/** What stands in a paragraph and is no text of the newsroom's: the label above an advertisement, a template's variable. */
const isLabel = (text: string): boolean => /^(广告|继续浏览后续|\{\{.*\}\})$/.test(text);

/** The photos of a gallery are JSON in an attribute. */
function gallery(attribute: string): Block[] {
  const photos = JSON.parse(toDocument(`<p title="${attribute}">`).querySelector('p')?.title ?? '') as {
    legend?: string;
    credits?: string;
  }[];
  return photos.flatMap(({ legend, credits }) => [
    ...toBlocks('caption', [shown(legend ?? '')]),
    ...toBlocks('credit', [shown(credits ?? '')]),
  ]);
}

const firstGroups = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** Each text once: who shows a photo's address in three widths still shows one photo. */
const toBlocks = (kind: Kind, found: string[]): Block[] =>
  [...new Set(found.map(squeeze))].filter(Boolean).map((text) => ({ kind, text }));
