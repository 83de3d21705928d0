/** What a Markdown file is: a light module, which tells one from an archive file without the libraries that read it. */

/** The front matter of a Markdown file, undefined where it has none, and what is below. */
export function splitMarkdown(text: string): { yaml: string | undefined; markdown: string } {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const [all = '', yaml] = /^---[ \t]*\n([\s\S]*?\n)?---[ \t]*(?:\n|$)/.exec(plain) ?? [];
  return all === '' ? { yaml: undefined, markdown: plain } : { yaml: yaml ?? '', markdown: plain.slice(all.length) };
}

/**
 * Whether a text is an article in Markdown: its front matter names an address as people's notes do, `url` or `source`. The front
 * matter of feed robots says `from` or `link`, and what stands below it is an archive file.
 */
export function isMarkdownArticle(text: string): boolean {
  const { yaml, markdown } = splitMarkdown(text);
  return yaml !== undefined && /^["']?(url|source)["']?[ \t]*:/m.test(yaml) && !/^\s*<!--(\d+|NaN)-->/.test(markdown);
}
