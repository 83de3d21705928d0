/** Several windows and the background at work on the same few articles at once: no update is lost, nothing is half. */
import { Blob as NodeBlob } from 'node:buffer';
import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { fold } from '../../src/saved/fold.ts';
import type { MarksOf } from '../../src/saved/marks.ts';
import type { WholeArticle } from '../../src/saved/whole-library.ts';
import { findFlaws } from '../fixtures/find-flaws.ts';
import { extractFixture } from '../fixtures/fixture.ts';

/** One lock for each name, as the browser has it; jsdom has none. */
function stubLocks(): void {
  const queues = new Map<string, Promise<void>>();
  const request = (name: string, run: () => Promise<void>): Promise<void> => {
    const turn = (queues.get(name) ?? Promise.resolve()).catch(() => undefined).then(run);
    queues.set(name, turn);
    return turn;
  };
  vi.stubGlobal('navigator', { locks: { request } });
}

const [article, other] = [extractFixture('article-cn'), extractFixture('article-fr')];
const ARTICLES: readonly Article[] = [article, other, { ...other, url: `${other.url}-2`, shortUrl: null }];
/** What the newsroom made of an article later: another text, one photo less. */
const corrected = (of: Article): Article => ({
  ...of,
  textContent: `${of.textContent}\nCorrigé.`,
  photos: of.photos.slice(1),
});

/** The modules anew, with a connection of their own, as every window has them. */
async function openWindow() {
  vi.resetModules();
  const [store, marks, schema, photos, texts, files, whole] = await Promise.all([
    import('../../src/saved/store.ts'),
    import('../../src/saved/marks.ts'),
    import('../../src/saved/schema.ts'),
    import('../../src/saved/photos.ts'),
    import('../../src/saved/texts.ts'),
    import('../../src/saved/import-articles.ts'),
    import('../../src/saved/whole-library.ts'),
  ]);
  return { ...store, ...marks, ...schema, ...photos, ...texts, ...files, ...whole };
}
type Window = Awaited<ReturnType<typeof openWindow>>;

const DEEDS = ['save', 'saveOther', 'import', 'tag', 'tagAll', 'untag', 'undo', 'favour', 'remove', 'restore'] as const;
const WORK = ['photos', 'retryPhotos', 'texts', 'emptyBin', 'backup'] as const;

interface Deed {
  kind: (typeof DEEDS)[number] | (typeof WORK)[number];
  /** Which window does it, to which article. */
  window: number;
  article: number;
  /** Turns of the event loop before it begins: a transaction takes a few. */
  pause: number;
}

const BROUGHT = ARTICLES.map((article) => ({ article }));

const deedsOf = (kinds: readonly Deed['kind'][]): fc.Arbitrary<Deed[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      window: fc.nat(2),
      article: fc.nat(ARTICLES.length - 1),
      pause: fc.nat(100),
    }),
    { minLength: 2, maxLength: 25, size: 'max' },
  );

async function pass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

// jsdom's cannot be cloned into a database.
vi.stubGlobal('Blob', NodeBlob);
vi.stubGlobal('createImageBitmap', async () => ({ close: () => undefined }));
// Every third photo is missing, and each comes when it comes.
let asked = 0;
vi.stubGlobal('fetch', async () => {
  const number = asked++;
  await pass((number * 11) % 60);
  if (number % 3 === 0) return new Response(null, { status: 404 });
  return { ok: true, blob: async () => new NodeBlob(['octets'], { type: 'image/jpeg' }) };
});

const windows = await Promise.all([0, 1, 2].map(openWindow));

async function startLibrary(): Promise<void> {
  for (const window of windows) await window.closeDatabase();
  await new Promise((resolve) => (indexedDB.deleteDatabase('liseuse').onsuccess = resolve));
  stubLocks();
  asked = 0;
  await windows[0]?.openDatabase();
}

/** What is known of the run: what each deed reported. */
interface Report {
  /** The tags that an article was given and that nobody took away. */
  tags: Map<string, Set<string>>;
  saved: Set<string>;
}

/** Does all deeds, each when its turn comes, and says what they reported. */
async function doAll(deeds: readonly Deed[], backup: Awaited<ReturnType<Window['readWholeLibrary']>>): Promise<Report> {
  const report: Report = { tags: new Map(), saved: new Set() };
  const given = (id: string): Set<string> => {
    const tags = report.tags.get(id) ?? new Set();
    report.tags.set(id, tags);
    return tags;
  };
  const undos: { window: number; tag: string; changes: MarksOf }[] = [];
  const run = async (deed: Deed, number: number): Promise<void> => {
    const window = windows[deed.window];
    const aim = ARTICLES[deed.article];
    if (!window || !aim) return;
    const tag = async (ids: readonly string[]): Promise<void> => {
      const name = `t${number}`;
      const changes = await window.changeMarks(ids, ({ tags }) => ({ tags: [...tags, name] }));
      for (const id of changes.keys()) given(id).add(name);
      undos.push({ window: deed.window, tag: name, changes });
    };
    const ids = [aim.url];
    switch (deed.kind) {
      case 'save':
      case 'saveOther': {
        const { summary } = await window.saveArticle(deed.kind === 'save' ? aim : corrected(aim));
        report.saved.add(summary.id);
        return;
      }
      case 'import': {
        const savings = await window.importArticles(BROUGHT);
        for (const { summary } of savings) report.saved.add(summary.id);
        return;
      }
      case 'tag':
        return tag(ids);
      case 'tagAll':
        return tag(ARTICLES.map(({ url }) => url));
      case 'untag': {
        let gone: string | undefined;
        await window.changeMarks(ids, ({ tags: [first, ...tags] }) => {
          gone = first;
          return { tags };
        });
        if (gone !== undefined) given(aim.url).delete(gone);
        return;
      }
      case 'undo': {
        const at = undos.findLastIndex((undo) => undo.window === deed.window);
        const [undo] = at < 0 ? [] : undos.splice(at, 1);
        if (!undo) return;
        await window.putMarks(undo.changes);
        for (const id of undo.changes.keys()) given(id).delete(undo.tag);
        return;
      }
      case 'favour':
        await window.changeMarks(ids, ({ isFavourite }) => ({ isFavourite: !isFavourite }));
        return;
      case 'remove':
        await window.changeMarks(ids, { removedTime: Date.now() });
        return;
      case 'restore':
        await window.changeMarks(ids, { removedTime: null });
        return;
      case 'photos':
        return window.keepWantedPhotos();
      case 'retryPhotos':
        return window.wantFailedPhotos(aim.url);
      case 'texts':
        return window.renewTexts();
      case 'emptyBin':
        await window.emptyBin(Date.now(), 'all');
        return;
      case 'backup':
        await window.applyBackup(backup, number % 2 === 0 ? 'merge' : 'replace');
    }
  };
  await Promise.all(
    deeds.map(async (deed, number) => {
      await pass(deed.pause);
      await run(deed, number);
    }),
  );
  return report;
}

/** A library that was saved long ago with two of the articles and their photos. */
async function oldBackup(): Promise<Awaited<ReturnType<Window['readWholeLibrary']>>> {
  await startLibrary();
  const [window] = windows;
  if (!window) throw new Error('no window');
  await window.importArticles(BROUGHT.slice(0, 2), 1);
  await window.keepWantedPhotos();
  const library = await window.readWholeLibrary();
  const articles: WholeArticle[] = [];
  for await (const whole of library.articles()) articles.push(whole);
  const photos = new Map<string, Blob | undefined>();
  for (const { record, readPhoto } of articles)
    for (const { src } of record.photos) photos.set(src, await readPhoto(src));
  return {
    count: articles.length,
    deletions: async () => [],
    articles: async function* () {
      for (const { record } of articles) yield { record, readPhoto: async (src: string) => photos.get(src) };
    },
  };
}

const backup = await oldBackup();

it('whatever is done at once, every article is whole at any end, and is found by its text', async () => {
  await fc.assert(
    fc.asyncProperty(deedsOf([...DEEDS, ...WORK]), fc.boolean(), async (deeds, isFull) => {
      await startLibrary();
      if (isFull) await windows[0]?.importArticles(BROUGHT);
      await doAll(deeds, backup);
      expect(await findFlaws()).toEqual([]);
      const [window] = windows;
      await window?.renewTexts();
      await window?.keepWantedPhotos();
      expect(await findFlaws()).toEqual([]);
      const database = await window?.openDatabase();
      const texts = new Map((await database?.getAll('texts'))?.map(({ id, text }) => [id, text]));
      for (const saved of (await database?.getAll('articles')) ?? [])
        expect(texts.get(saved.id)).toContain(fold(saved.article.textContent));
      for (const { isTextOld, photos } of (await window?.listSummaries()) ?? [])
        expect([isTextOld, photos.kept + photos.failed]).toEqual([undefined, photos.total]);
    }),
    { numRuns: 40 },
  );
});

it('where nothing is destroyed, all that was reported saved is there, with every tag that was given and not taken', async () => {
  const kinds = [...DEEDS, ...WORK].filter((kind) => kind !== 'emptyBin' && kind !== 'backup' && kind !== 'untag');
  await fc.assert(
    fc.asyncProperty(deedsOf(kinds), fc.boolean(), async (deeds, isFull) => {
      await startLibrary();
      if (isFull) await windows[0]?.importArticles(BROUGHT);
      const { tags, saved } = await doAll(deeds, backup);
      if (isFull) for (const { url } of ARTICLES) saved.add(url);
      const summaries = new Map((await windows[0]?.listSummaries())?.map((summary) => [summary.id, summary]));
      expect(new Set(summaries.keys())).toEqual(saved);
      for (const [id, given] of tags) expect(new Set(summaries.get(id)?.tags)).toEqual(given);
    }),
    { numRuns: 40 },
  );
});
