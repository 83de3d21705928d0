/** The highlights of the page's article. A content script reaches no store: the background keeps them, with the article if need be. */
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Article } from '../article/article.ts';
import { quoteOf, type Highlight } from '../article/highlight.ts';
import { sendToBackground, tellBackground } from '../platform/messaging.ts';
import { Highlighted, type HighlightedProps } from '../ui/highlights/Highlighted.tsx';
import { Notice, type NoticeProps } from '../ui/Notice.tsx';
import type { SaveButtonProps } from '../ui/SaveButton.tsx';
import { useText } from '../ui/text.ts';

const NONE: readonly Highlight[] = [];
/** Letters of a highlight in a sentence. */
const QUOTED = 40;

export interface HighlightedHereProps {
  article: Article;
  /** What is kept of it, undefined where that is nothing. */
  saved: SaveButtonProps['saved'];
  isOwnText: HighlightedProps['isOwnText'];
  /** The article's view. */
  children: ComponentChildren;
}

export function HighlightedHere({ article, saved, isOwnText, children }: HighlightedHereProps): VNode {
  const getText = useText();
  const known = saved?.highlights ?? NONE;
  // What the reader does is shown before the background has answered.
  const [highlights, setHighlights] = useState(known);
  useEffect(() => setHighlights(known), [known]);
  const [notice, setNotice] = useState<NoticeProps>();

  /** The id of the article, which is saved if it was not; undefined where it could not be. */
  const saveFirst = async (): Promise<string | undefined> => {
    if (saved) return saved.id;
    const result = await sendToBackground('saveArticle', article);
    setNotice(
      result.ok ? { text: getText('highlight_saved') } : { text: getText(`storage_${result.reason}`), isUrgent: true },
    );
    if (!result.ok) return undefined;
    tellBackground('savedListChanged');
    return result.summary.id;
  };
  const attempt = async (changed: readonly Highlight[], run: (id: string) => Promise<boolean>): Promise<void> => {
    setHighlights(changed);
    setNotice(undefined);
    try {
      const id = await saveFirst();
      if (id === undefined) setHighlights(known);
      else if (!(await run(id))) throw new Error('The background refused.');
    } catch {
      setHighlights(known);
      setNotice({ text: getText('highlight_refused'), isUrgent: true });
    }
  };
  const without = (id: string): Highlight[] => highlights.filter((highlight) => highlight.id !== id);
  const keep = (highlight: Highlight): Promise<void> =>
    attempt([...without(highlight.id), highlight], (id) => sendToBackground('keepHighlight', { id, highlight }));
  const remove = async (highlight: Highlight): Promise<void> => {
    await attempt(without(highlight.id), (id) =>
      sendToBackground('removeHighlight', { id, highlightId: highlight.id }),
    );
    const undo = { label: getText('undo'), onClick: () => void keep(highlight) };
    setNotice((shown) => shown ?? { text: getText('highlight_removed', quoteOf(highlight, QUOTED)), action: undo });
  };
  return (
    <>
      <Highlighted
        highlights={highlights}
        isOwnText={isOwnText}
        onKeep={(highlight) => void keep(highlight)}
        onLeave={(highlight) => saved && tellBackground('keepHighlight', { id: saved.id, highlight })}
        onRemove={(highlight) => void remove(highlight)}
      >
        {children}
      </Highlighted>
      {notice && (
        <div class="highlight-notice">
          <Notice {...notice} onClose={() => setNotice(undefined)} />
        </div>
      )}
    </>
  );
}
