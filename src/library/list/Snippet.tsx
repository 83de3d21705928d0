/** The piece of an article's text around what was searched, with the hits marked. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { makeSnippet, type Snippet as Piece } from '../../saved/hits.ts';
import type { Query } from '../../saved/query.ts';
import type { Summary } from '../../saved/saved-article.ts';
import { getArticle } from '../../saved/store.ts';

const LENGTH = 140;

export function Snippet({ summary, query }: { summary: Summary; query: Query }): VNode | null {
  const [piece, setPiece] = useState<Piece | null>(null);
  useEffect(() => {
    let isOver = false;
    const make = async (): Promise<void> => {
      const saved = await getArticle(summary.id);
      if (isOver || !saved) return;
      const inText = makeSnippet(saved.article.textContent, query, LENGTH);
      // What the reader wrote is searched too; of both, the piece is shown that has what was searched.
      const notes = [summary.note, ...(summary.highlights ?? []).map(({ note }) => note)];
      const inNote = makeSnippet(notes.filter(Boolean).join('\n'), query, LENGTH);
      setPiece(inText.hits.length === 0 && inNote.hits.length > 0 ? inNote : inText);
    };
    void make().catch(() => undefined);
    return () => {
      isOver = true;
    };
  }, [summary.id, summary.version, summary.note, summary.highlights, query]);
  if (!piece) return null;
  return (
    <span class="saved-article-snippet">
      <bdi lang={summary.lang} dir={summary.dir}>
        <Marked text={piece.text} hits={piece.hits} />
      </bdi>
    </span>
  );
}

/** A text with the ranges in it that were searched. */
export function Marked({ text, hits }: { text: string; hits: readonly (readonly [number, number])[] }): VNode {
  let end = 0;
  const parts = hits.flatMap(([start, stop]) => {
    const before = text.slice(end, start);
    end = stop;
    return [before, <mark key={start}>{text.slice(start, stop)}</mark>];
  });
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
}
