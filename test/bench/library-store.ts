/** Evaluated in the library page, which has the extension's store: times the search and the save, and fills the list. */
import type { Article } from '../../src/article/article.ts';
import { importArticles } from '../../src/saved/import-articles.ts';
import { parseQuery } from '../../src/saved/query.ts';
import type { Summary } from '../../src/saved/saved-article.ts';
import { openDatabase } from '../../src/saved/schema.ts';
import { Search } from '../../src/saved/search.ts';
import { changeMarks } from '../../src/saved/marks.ts';
import { emptyBin, getArticle, listNewest, listSummaries, saveArticle } from '../../src/saved/store.ts';

export interface SearchTime {
  word: string;
  hits: number;
  /** Milliseconds of each round: a search, query included, and a loop that asks every text whether it includes the word. */
  search: number[];
  loop: number[];
}

/** A page's clock steps 100 microseconds: what is quicker is repeated until it takes this many milliseconds. */
const LEAST = 10;

function timeRepeated(run: () => unknown): number {
  for (let times = 1; ; times *= 4) {
    const start = performance.now();
    for (let time = 0; time < times; time++) run();
    const spent = performance.now() - start;
    if (spent >= LEAST) return spent / times;
  }
}

const readTexts = async (): Promise<string[]> => (await (await openDatabase()).getAll('texts')).map(({ text }) => text);

/** Searches the whole list for each word in turn, with all texts in memory, beside the bare loop. */
export async function timeSearch(words: readonly string[], rounds: number): Promise<SearchTime[]> {
  const summaries = await listSummaries();
  const texts = await readTexts();
  const search = new Search();
  await search.load(() => undefined);
  const times = words.map((word): SearchTime => ({ word, hits: 0, search: [], loop: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const time of times) {
      const { word } = time;
      time.search.push(timeRepeated(() => (time.hits = search.find(parseQuery(word), summaries).length)));
      let included = 0;
      const loop = timeRepeated(() => {
        included = 0;
        for (const text of texts) if (text.includes(word)) included++;
      });
      time.loop.push(loop);
      if (included !== time.hits) throw new Error(`“${word}”: ${time.hits} found, ${included} texts have it.`);
    }
  }
  return times;
}

/** A piece of the oldest article's text that few others have, so that whoever finds all of them has read everything. */
export async function findRareWord(most: number): Promise<{ word: string; hits: number }> {
  const texts = await readTexts();
  const words = texts[0]?.match(/[\p{L}\p{N}]{4}/gu) ?? [];
  for (const word of words) {
    const hits = texts.filter((text) => text.includes(word)).length;
    if (hits <= most) return { word, hits };
  }
  throw new Error('The oldest article has no word that few others have.');
}

/** An article of the list. */
export async function getSample(): Promise<Article> {
  const [newest] = await listNewest(1);
  const saved = newest && (await getArticle(newest.id));
  if (!saved) throw new Error('The list is empty.');
  return saved.article;
}

/** The milliseconds that it takes to save an article that is not in the list; it is destroyed afterwards. */
export async function timeSave(sample: Article, number: number): Promise<number> {
  const article = { ...sample, url: `https://www.rfi.fr/cn/bench-${number}`, shortUrl: null };
  const start = performance.now();
  const { summary, isNew } = await saveArticle(article);
  const spent = performance.now() - start;
  if (!isNew) throw new Error('The article that was to be saved is there already.');
  await changeMarks([summary.id], { removedTime: 1 });
  await emptyBin();
  return spent;
}

/** What the copies are made of: the articles that are there before the first. */
let originals: Promise<Summary[]> | undefined;

/** Puts articles of the list under new addresses into it, without their photos: those with the numbers from `start` to before `end`. */
export async function addCopies(start: number, end: number): Promise<void> {
  originals ??= listSummaries();
  const summaries = await originals;
  const copies = Array.from({ length: end - start }, async (_, index): Promise<Article> => {
    const number = start + index;
    const saved = await getArticle(summaries[number % summaries.length]?.id ?? '');
    if (!saved) throw new Error('An article of the list is gone.');
    return {
      ...saved.article,
      url: `https://www.rfi.fr/cn/bench/${number}`,
      shortUrl: null,
      photo: null,
      photos: [],
    };
  });
  await importArticles((await Promise.all(copies)).map((article) => ({ article })));
}
