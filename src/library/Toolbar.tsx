/** What is shown of the saved articles, and in what order. All of it stands in the search box too, as it could be typed. */
import type { ComponentChildren, VNode } from 'preact';
import { filterOf, withFilter, withoutFilter, type FilterName } from '../saved/query.ts';
import type { Summary } from '../saved/saved-article.ts';
import { languageName } from '../ui/format.ts';
import { useText } from '../ui/text.ts';
import { GROUPS, SORTS, type Arrangement } from './arrange.ts';

const VIEWS = ['unread', 'reading', 'archived', 'favourite', 'bin'] as const;

export interface ToolbarProps {
  summaries: readonly Summary[];
  query: string;
  onQuery: (query: string) => void;
  arrangement: Arrangement;
  onArrangement: (arrangement: Arrangement) => void;
  /** What stands beside the search box. */
  children?: ComponentChildren;
}

export function Toolbar({ summaries, query, onQuery, arrangement, onArrangement, children }: ToolbarProps): VNode {
  const getText = useText();
  const view = filterOf(query, 'is');
  const setFilter = (name: FilterName, value: string): void =>
    onQuery(value === '' ? withoutFilter(query, name) : withFilter(query, name, value));
  const choice = (
    label: string,
    name: FilterName,
    options: readonly (readonly [value: string, text: string])[],
  ): VNode => (
    <label>
      <span>{label}</span>
      <select
        value={filterOf(query, name) ?? ''}
        onChange={({ currentTarget }) => setFilter(name, currentTarget.value)}
      >
        <option value="">{getText('any')}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  const language = getText('language');
  const editions = new Map(
    summaries.flatMap(({ edition, lang }) => (edition ? [[edition, languageName(lang, language) || edition]] : [])),
  );
  const values = (of: (summary: Summary) => readonly string[]): [string, string][] =>
    [...new Set(summaries.flatMap(of))].toSorted((one, other) => one.localeCompare(other)).map((it) => [it, it]);
  const date = (label: string, name: FilterName): VNode => (
    <label>
      <span>{label}</span>
      <input
        type="date"
        value={filterOf(query, name) ?? ''}
        onChange={({ currentTarget }) => setFilter(name, currentTarget.value)}
      />
    </label>
  );
  return (
    <div class="library-tools" role="search">
      <div class="library-search">
        <input
          type="search"
          value={query}
          aria-label={getText('filter_label')}
          placeholder={getText('filter_placeholder')}
          onInput={(event) => onQuery(event.currentTarget.value)}
        />
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
          {choice(getText('filter_edition'), 'edition', [...editions])}
          {choice(
            getText('filter_section'),
            'section',
            values(({ section }) => (section ? [section] : [])),
          )}
          {choice(
            getText('tags'),
            'tag',
            values(({ tags }) => tags),
          )}
          {choice(getText('filter_has'), 'has', [
            ['audio', getText('has_audio')],
            ['photo', getText('has_photo')],
            ['note', getText('has_note')],
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
