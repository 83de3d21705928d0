/** The two scripts that Chinese is written in, and an article in the other one. */
import type { Article } from './article.ts';
import { sanitizeToFragment } from './sanitize.ts';

/** Simplified and Traditional, by their names in ISO 15924. */
export type Script = 'Hans' | 'Hant';

/** Text in one script in, the same text in the other out. */
export type Convert = (text: string) => string;

/** The script of a text in a BCP 47 language, where that is Chinese: "zh-TW" is Hant, "zh" is Hans; null of any other. */
export function scriptOf(lang: string): Script | null {
  try {
    const { language, script } = new Intl.Locale(lang).maximize();
    return language === 'zh' && (script === 'Hans' || script === 'Hant') ? script : null;
  } catch {
    return null;
  }
}

/** The other of the two. */
export const otherScript = (script: Script): Script => (script === 'Hans' ? 'Hant' : 'Hans');

/**
 * What a reader sees of an article, in another script. Names, addresses and facts that are no text stay; so the answer is to be
 * shown, and nothing to be saved.
 *
 * @param script what `convert` writes
 */
export function convertArticle(article: Article, script: Script, convert: Convert): Article {
  const orNull = (text: string | null): string | null => (text === null ? null : convert(text));
  return {
    ...article,
    lang: `zh-${script}`,
    title: convert(article.title),
    byline: orNull(article.byline),
    section: orNull(article.section),
    kicker: orNull(article.kicker),
    tags: article.tags.map(convert),
    excerpt: convert(article.excerpt),
    textContent: convert(article.textContent),
    content: convertHtml(article.content, convert),
  };
}

/** Texts only: an address may have Chinese in it too. */
function convertHtml(html: string, convert: Convert): string {
  const fragment = sanitizeToFragment(html);
  const { ownerDocument } = fragment;
  const texts = ownerDocument.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    text.data = convert(text.data);
  }
  for (const img of fragment.querySelectorAll('img')) img.alt = convert(img.alt);
  const holder = ownerDocument.createElement('div');
  holder.append(fragment);
  return holder.innerHTML;
}
