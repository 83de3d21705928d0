/** What can be done with the article that is read, behind one button: copy, share, open where it is from, print. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Article } from '../article/article.ts';
import { quote, selectedIn } from './quotation.ts';
import { Sheet } from './Sheet.tsx';
import { useText } from './text.ts';
import type { Frame } from './use-position.ts';

export interface ArticleMenuProps {
  article: Article;
  getFrame: () => Frame | null;
  /** Writes the article as a Markdown file. */
  writeMarkdown: () => Promise<string>;
  /** Whether articles of this edition open like this by themselves; without it, that is not asked. */
  opening?: { isAutomatic: boolean; onChange: (isAutomatic: boolean) => void } | undefined;
}

const canShare = 'share' in navigator;

export function ArticleMenu({ article, getFrame, writeMarkdown, opening }: ArticleMenuProps): VNode {
  const getText = useText();
  const [said, setSaid] = useState('');
  const copy = async (write: () => string | Promise<string>): Promise<void> => {
    setSaid('');
    try {
      await navigator.clipboard.writeText(await write());
      setSaid(getText('copied'));
    } catch {
      // A page without https has no clipboard to give.
      setSaid(getText('copy_failed'));
    }
  };
  const copyQuotation = (): Promise<void> => {
    const shown = getFrame()?.content.closest('.article');
    return copy(() => quote(article, shown ? selectedIn(shown) : ''));
  };
  const share = async (): Promise<void> => {
    try {
      await navigator.share({ title: article.title, url: article.url });
    } catch (error) {
      // The reader thought better of it.
      if (!(error instanceof DOMException && error.name === 'AbortError')) await copy(() => article.url);
    }
  };
  return (
    <Sheet name="article-menu" sign="⋯" label={getText('article_menu')}>
      {/* What is selected stays so while the button is pressed. */}
      <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => void copyQuotation()}>
        {getText('copy_quotation')}
      </button>
      <button type="button" onClick={() => void copy(writeMarkdown)}>
        {getText('copy_markdown')}
      </button>
      <button type="button" onClick={() => void (canShare ? share() : copy(() => article.url))}>
        {getText(canShare ? 'share_link' : 'copy_link')}
      </button>
      <a class="button" href={article.url} target="_blank" rel="noopener noreferrer">
        {getText('original')}
      </a>
      <button type="button" onClick={() => print()}>
        {getText('print')}
      </button>
      {opening && (
        <label class="auto-open">
          <input
            type="checkbox"
            checked={opening.isAutomatic}
            onChange={({ currentTarget }) => opening.onChange(currentTarget.checked)}
          />
          {getText('auto_open')}
        </label>
      )}
      <p role="status">{said}</p>
    </Sheet>
  );
}
