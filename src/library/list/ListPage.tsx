/** The list of saved articles: found, arranged, put away and brought back. */
import type { VNode } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { writeArrangement, type Arrangement } from '../../platform/settings.ts';
import { filterOf, type Query } from '../../saved/query.ts';
import type { FollowedList } from '../../saved/follow-list.ts';
import type { Summary } from '../../saved/saved-article.ts';
import { useKeys } from '../../ui/keys/use-keys.ts';
import { useText } from '../../ui/text.ts';
import { arrange } from './arrange.ts';
import { ArticleRow } from './ArticleRow.tsx';
import { Backup } from '../files/Backup.tsx';
import { BinBar } from './BinBar.tsx';
import { areArchived, areFavourites, type Deeds } from '../deeds.ts';
import { useListFocus } from './focus.ts';
import { ImportButtons } from '../files/ImportButtons.tsx';
import { ImportReport } from '../files/ImportReport.tsx';
import { ListStatus } from './ListStatus.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { SnapshotList } from '../keeping/SnapshotList.tsx';
import { Storage } from '../keeping/Storage.tsx';
import { Toolbar } from './Toolbar.tsx';
import type { Import } from '../files/use-import.ts';
import type { MarksControl } from '../use-marks.ts';
import { useNarrow } from './use-narrow.ts';
import { useBeside } from './use-beside.ts';
import { useSearch } from './use-search.ts';
import { useSelection } from './use-selection.ts';
import { VirtualList } from './VirtualList.tsx';

export interface ListPageProps {
  list: FollowedList;
  initialArrangement: Arrangement;
  marks: MarksControl;
  deeds: Deeds;
  archive: Import;
  /** The article that is shown in its place, null while the list is shown. */
  articleId: string | null;
  /** The article that was shown before, whose row has the focus when the list comes back. */
  lastRead: string | null;
  /** The reader's tags, to complete what is typed. */
  allTags: readonly string[];
  /** Is told what is searched, undefined for nothing. */
  onSearch: (query: Query | undefined) => void;
}

const openId = (id: string): void => {
  location.hash = encodeURIComponent(id);
};
const openArticle = ({ id }: Summary): void => openId(id);

/** Milliseconds without a letter typed: browsers refuse an address that changes all the time. */
const PAUSE = 300;

/** Reloaded, or opened from the browser's history, the page searches the same again. */
function useSearchInAddress(query: string): void {
  useEffect(() => {
    const address = new URL(location.href);
    if (query === (address.searchParams.get('q') ?? '')) return;
    const waiting = setTimeout(() => {
      const search = query === '' ? '' : `?${new URLSearchParams({ q: query })}`;
      history.replaceState(history.state, '', location.pathname + search + location.hash);
    }, PAUSE);
    return () => clearTimeout(waiting);
  }, [query]);
}

export function ListPage(props: ListPageProps): VNode {
  const { list, initialArrangement, marks, deeds, archive, articleId, lastRead, allTags, onSearch } = props;
  const getText = useText();
  const isHidden = articleId !== null;
  const [query, setQuery] = useState(() => new URLSearchParams(location.search).get('q') ?? '');
  const [arrangement, setArrangement] = useState(initialArrangement);
  const fileBox = useRef<HTMLInputElement>(null);
  const { selected, toggle, select } = useSelection();
  const { summaries, isWhole } = list;

  const { found, isSearching, query: parsed } = useSearch(list, query);
  const searched = parsed.words.length > 0 ? parsed : undefined;
  useEffect(() => onSearch(searched), [searched]);
  // What is found now begins at the top.
  useLayoutEffect(() => scrollTo({ top: 0, behavior: 'instant' }), [query]);
  useSearchInAddress(query);
  const entries = useMemo(() => arrange(found, arrangement, getText), [found, arrangement]);
  // Another function is another list, whose rows are all counted anew.
  const keyOf = useCallback((index: number) => entries[index]?.summary?.id ?? `#${entries[index]?.heading}`, [entries]);
  const order = useMemo(() => entries.flatMap(({ summary }) => (summary ? [summary.id] : [])), [entries]);
  const chosen = entries.flatMap(({ summary }) => (summary && selected.has(summary.id) ? [summary] : []));
  const focus = useListFocus(entries, isHidden, lastRead);
  const isBin = filterOf(query, 'is') === 'bin';
  const binned = summaries.filter(({ removedTime }) => removedTime !== null).map(({ id }) => id);

  useEffect(() => focus.expect(marks.undone[0]), [marks.undone]);
  /** What a key is for: what is selected, else the article that the focus is on. */
  const aim = (): Summary[] => (chosen.length > 0 ? chosen : found.filter(({ id }) => id === focus.current()));
  const onAim = (deed: (ids: string[], articles: Summary[]) => void) => (): void => {
    const articles = aim();
    if (articles.length > 0)
      deed(
        articles.map(({ id }) => id),
        articles,
      );
    select([]);
  };
  const selectCurrent = (isRange: boolean) => (): void => {
    const id = focus.current();
    if (id) toggle(id, order, isRange);
  };
  const beside = useBeside(articleId, order, isWhole);
  const openBeside = (step: 1 | -1) => (): void => {
    const id = beside(step);
    if (id !== undefined) openId(id);
  };
  useKeys(
    isHidden
      ? { next: openBeside(1), previous: openBeside(-1), back: () => (location.hash = '') }
      : {
          next: () => focus.move(1),
          previous: () => focus.move(-1),
          open: () => {
            const id = focus.current() ?? chosen[0]?.id;
            if (id !== undefined) openId(id);
          },
          archive: onAim((ids, articles) => deeds.archive(ids, !areArchived(articles))),
          favourite: onAim((ids, articles) => deeds.favour(ids, !areFavourites(articles))),
          remove: onAim((ids, [first]) => (first?.removedTime === null ? deeds.remove(ids) : deeds.restore(ids))),
          select: selectCurrent(false),
          range: selectCurrent(true),
          undo: marks.undo,
          search: () => document.querySelector<HTMLElement>('.library-search input[type=search]')?.focus(),
        },
  );
  const isNarrow = useNarrow();
  const importButtons = <ImportButtons onFiles={archive.importFiles} fileBox={fileBox} />;
  const isEmpty = query === '' && summaries.every(({ removedTime }) => removedTime !== null);

  return (
    <div class="library-list" tabIndex={-1} hidden={isHidden} onFocusIn={focus.onFocusIn}>
      {archive.progress && (
        <ImportReport
          progress={archive.progress}
          onCancel={archive.cancel}
          onClose={() => {
            archive.close();
            fileBox.current?.focus();
          }}
        />
      )}
      <Toolbar
        summaries={summaries}
        allTags={allTags}
        query={query}
        onQuery={setQuery}
        focus={focus}
        arrangement={arrangement}
        onArrangement={(chosen) => {
          setArrangement(chosen);
          void writeArrangement(chosen);
        }}
      >
        {!isNarrow && importButtons}
      </Toolbar>
      {/* In a narrow window it is closed, which leaves the window to the list; in a wide one it has no title and is open. */}
      <details class="library-filters library-keeping" open={!isNarrow || summaries.length === 0}>
        <summary>{getText('keeping')}</summary>
        {isNarrow && <div class="library-search">{importButtons}</div>}
        <div class="library-sections">
          <Backup />
          <SnapshotList onRestored={marks.dismiss} />
          <Storage hasArticles={summaries.length > 0} />
        </div>
      </details>
      {chosen.length > 0 && (
        <SelectionBar
          articles={chosen}
          isBin={isBin}
          allTags={allTags}
          deeds={deeds}
          onSelectAll={() => select(order)}
          onClear={() => select([])}
        />
      )}
      {isBin && (
        <BinBar
          count={binned.length}
          selected={chosen.length}
          onEmpty={(isForGood) =>
            // Without a selection all of it, whatever is searched in it.
            chosen.length > 0
              ? deeds.emptyBin(
                  chosen.map(({ id }) => id),
                  true,
                  isForGood,
                )
              : deeds.emptyBin(binned, false, isForGood)
          }
        />
      )}
      {isWhole && isEmpty && <p class="empty">{getText(summaries.length === 0 ? 'nothing_saved' : 'all_in_bin')}</p>}
      <ListStatus
        query={query}
        hasWords={searched !== undefined}
        count={found.length}
        isSearching={isSearching}
        isKnown={isWhole && !isEmpty && !isSearching}
        isBinEmpty={isBin && binned.length === 0}
      />
      <VirtualList
        count={entries.length}
        keyOf={keyOf}
        guessHeight={(index) => (entries[index]?.summary ? 92 : 40)}
        classOf={(index) => (entries[index]?.summary ? 'saved-article' : 'list-heading')}
        label={getText('saved_articles')}
        onReady={focus.onReady}
        renderRow={(index) => {
          const { summary, heading, count } = entries[index] ?? { heading: '', count: 0 };
          if (!summary)
            return (
              <h2>
                {heading} <span>{count.toLocaleString(getText('language'))}</span>
              </h2>
            );
          return (
            <ArticleRow
              summary={summary}
              query={searched}
              isSavedTimeShown={arrangement.sort === 'saved' && arrangement.group !== 'day'}
              isSelected={selected.has(summary.id)}
              onSelect={(isRange) => toggle(summary.id, order, isRange)}
              onOpen={openArticle}
              deeds={deeds}
            />
          );
        }}
      />
      <p class="library-hint">{getText('import_drop')}</p>
    </div>
  );
}
