/** What the newsroom says of an article where no field of it does: its section, and who signs what nobody signed. */
import type { Summary } from './saved-article.ts';

/** Folders of RFI's addresses that are no section: "content", under which it files what comes from agencies, and the front page. */
const NO_SECTIONS: readonly string[] = ['contenu', 'content', '首页', '首頁'];

/**
 * The section of an article, null where it has none. An archive file has only its address, whose last folder is the section:
 * https://www.rfi.fr/cn/%E6%94%BF%E6%B2%BB/20201104-… is filed under 政治.
 */
export function sectionOf({ section, edition, url }: Pick<Summary, 'section' | 'edition' | 'url'>): string | null {
  if (section !== null || edition === null) return section;
  // Only RFI's articles have an edition; their last part begins with the date.
  const folder = /\/([^/]+)\/\d{8}-[^/]*$/.exec(url)?.[1];
  if (folder === undefined || folder === edition) return null;
  const name = decode(folder);
  return NO_SECTIONS.includes(name) ? null : name;
}

/** Few sections are the folders of many articles. */
const decoded = new Map<string, string>();

function decode(folder: string): string {
  const known = decoded.get(folder);
  if (known !== undefined) return known;
  let name = folder;
  try {
    name = decodeURIComponent(folder);
  } catch {
    // It stays as it is written.
  }
  decoded.set(folder, name);
  return name;
}

/**
 * Who is named as the author of an article: those who signed it, else the newsroom. RFI calls itself 法广 in its Chinese editions,
 * and archive files have that name as their author; fold.ts makes it one with 法廣.
 */
export function authorsOf({ byline, edition, siteName }: Pick<Summary, 'byline' | 'edition' | 'siteName'>): string[] {
  if (byline !== null) return [byline];
  if (edition === 'cn') return ['法广', 'RFI'];
  if (edition === 'tw') return ['法廣', 'RFI'];
  return edition === null ? (siteName ? [siteName] : []) : ['RFI'];
}
