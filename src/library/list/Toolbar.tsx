/** What is shown of the saved articles, and in what order. All of it stands in the search box too, as it could be typed. */
import type { ComponentChildren, VNode } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';
import { GROUPS, SORTS, type Arrangement } from '../../platform/settings.ts';
import { authorsOf, sectionOf } from '../../saved/newsroom.ts';
import { filterOf, withFilter, withoutFilter, type FilterName } from '../../saved/query.ts';
import type { Summary } from '../../saved/saved-article.ts';
import { languageName } from '../../ui/format.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { useText } from '../../ui/text.ts';
import { Options } from '../Options.tsx';
import type { ListFocus } from './focus.ts';

const VIEWS = ['unread', 'reading', 'archived', 'favourite', 'bin'] as const;

interface Choices {
  /** With the language of each. */
  editions: [edition: string, lang: string][];
  sections: string[];
  authors: string[];
}

/** @param chosen the edition that is chosen, which has not what another has */
function choicesOf(summaries: readonly Summary[], chosen: string | null): Choices {
  const editions = new Map<string, string>();
  const sections = new Set<string>();
  const authors = new Set<string>();
  for (const summary of summaries) {
    if (summary.edition) editions.set(summary.edition, summary.lang);
    if (chosen !== null && summary.edition !== chosen) continue;
    const section = sectionOf(summary);
    if (section) sections.add(section);
    for (const author of authorsOf(summary)) authors.add(author);
  }
  const sorted = (values: Set<string>): string[] => [...values].toSorted(new Intl.Collator().compare);
  return { editions: [...editions], sections: sorted(sections), authors: sorted(authors) };
}

/** A year or a month as a box for dates has it: both filters mean its first day. */
function firstDayOf(written: string): string {
  const [year = '', month = '1', day = '1'] = written.split('-');
  return year && [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
}

/** A choice that is not called what it is. */
type Named = readonly [value: string, text: string];
const isPlain = (options: readonly string[] | readonly Named[]): options is readonly string[] =>
  typeof options[0] === 'string';
const valueOf = (option: string | Named): string => (typeof option === 'string' ? option : option[0]);

export interface ToolbarProps {
  summaries: readonly Summary[];
  /** The reader's tags. */
  allTags: readonly string[];
  query: string;
  onQuery: (query: string) => void;
  focus: Pick<ListFocus, 'onSearchLeave' | 'onSearchEscape'>;
  arrangement: Arrangement;
  onArrangement: (arrangement: Arrangement) => void;
  /** What stands beside the search box. */
  children?: ComponentChildren;
}

export function Toolbar(props: ToolbarProps): VNode {
  const { summaries, allTags, query, onQuery, focus, arrangement, onArrangement, children } = props;
  const getText = useText();
  const authorsId = useId();
  const view = filterOf(query, 'is');
  const setFilter = (name: FilterName, value: string): void =>
    onQuery(value === '' ? withoutFilter(query, name) : withFilter(query, name, value));
  const choice = (label: string, name: FilterName, options: readonly string[] | readonly Named[]): VNode => {
    const chosen = filterOf(query, name) ?? '';
    // What is typed may be none of the choices.
    const isOther = chosen !== '' && !options.some((option) => valueOf(option) === chosen);
    return (
      <label>
        <span>{label}</span>
        <select value={chosen} onChange={({ currentTarget }) => setFilter(name, currentTarget.value)}>
          <option value="">{getText('any')}</option>
          {isOther && <option value={chosen}>{chosen}</option>}
          {isPlain(options) ? (
            <Options values={options} />
          ) : (
            options.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))
          )}
        </select>
      </label>
    );
  };
  const language = getText('language');
  const edition = filterOf(query, 'edition');
  const { editions, sections, authors } = useMemo(() => choicesOf(summaries, edition), [summaries, edition]);
  const [typedAuthor, setTypedAuthor] = useState('');
  const author = filterOf(query, 'author') ?? '';
  const date = (label: string, name: FilterName): VNode => (
    <label>
      <span>{label}</span>
      <input
        type="date"
        value={firstDayOf(filterOf(query, name) ?? '')}
        onChange={({ currentTarget }) => setFilter(name, currentTarget.value)}
        onBlur={({ currentTarget }) => {
          // What is left half written filters nothing, and does not stand there as if it did.
          if (currentTarget.validity.badInput) currentTarget.value = '';
        }}
      />
    </label>
  );
  return (
    <div class="library-tools" role="search">
      <div class="library-search">
        <SearchBox query={query} onQuery={onQuery} onLeave={focus.onSearchLeave} onEscape={focus.onSearchEscape} />
        {children}
      </div>
      <div class="library-views" role="group" aria-label={getText('views')}>
        <button type="button" aria-pressed={view === null} onClick={() => setFilter('is', '')}>
          {getText('view_all')}
        </button>
        {VIEWS.map((name) => (
          <button key={name} type="button" aria-pressed={view === name} onClick={() => setFilter('is', name)}>
            {getText(`view_${name}`)}
          </button>
        ))}
      </div>
      <details class="library-filters">
        <summary>{getText('filters')}</summary>
        <div>
          {choice(
            getText('filter_edition'),
            'edition',
            editions.map(([edition, lang]): Named => [edition, languageName(lang, language) || edition]),
          )}
          {choice(getText('filter_section'), 'section', sections)}
          <label>
            <span>{getText('filter_author')}</span>
            <input
              name="author"
              list={authorsId}
              // The space before the next name is typed too.
              value={typedAuthor.trim() === author ? typedAuthor : author}
              onInput={({ currentTarget }) => {
                setTypedAuthor(currentTarget.value);
                setFilter('author', currentTarget.value.trim());
              }}
            />
            <datalist id={authorsId}>
              <Options values={authors} />
            </datalist>
          </label>
          {choice(getText('tag'), 'tag', allTags)}
          {choice(getText('filter_has'), 'has', [
            ['audio', getText('has_audio')],
            ['photo', getText('has_photo')],
            ['note', getText('has_note')],
            ['highlight', getText('has_highlight')],
          ])}
          {date(getText('filter_after'), 'after')}
          {date(getText('filter_before'), 'before')}
          <label>
            <span>{getText('sort')}</span>
            <select
              value={arrangement.sort}
              onChange={({ currentTarget: { selectedIndex } }) =>
                onArrangement({ ...arrangement, sort: SORTS[selectedIndex] ?? 'saved' })
              }
            >
              {SORTS.map((name) => (
                <option key={name} value={name}>
                  {getText(`sort_${name}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>{getText('group')}</span>
            <select
              value={arrangement.group}
              onChange={({ currentTarget: { selectedIndex } }) =>
                onArrangement({ ...arrangement, group: GROUPS[selectedIndex] ?? 'none' })
              }
            >
              {GROUPS.map((name) => (
                <option key={name} value={name}>
                  {getText(`group_${name}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
      </details>
    </div>
  );
}
