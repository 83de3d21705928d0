/** The article of the page that the reader is on, in popup and overlay: with its receipt, and ways to read the page otherwise. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Extraction } from '../article/article.ts';
import type { ReadOptions } from '../platform/read-tab.ts';
import { ArticleView, type ArticleViewProps } from './ArticleView.tsx';
import { Notice } from './Notice.tsx';
import { ReceiptView } from './ReceiptView.tsx';
import { useText } from './text.ts';

export interface PageArticleProps {
  reading: Extract<Extraction, { ok: true }>;
  /** How the page was read. */
  options: ReadOptions;
  onReadAgain: (options: ReadOptions) => void;
  onPhoto?: ArticleViewProps['onPhoto'];
}

export function PageArticle({ reading, options, onReadAgain, onPhoto }: PageArticleProps): VNode {
  const getText = useText();
  const selection = useRef<HTMLDivElement>(null);
  return (
    <>
      {reading.article.isPassage && (
        <div class="selection-notice" ref={selection}>
          <Notice
            text={getText('selection_only')}
            action={{
              label: getText('whole_page'),
              onClick: () => {
                // The button goes with its sentence; the keyboard reads on.
                selection.current?.closest<HTMLElement>('[role=region]')?.focus();
                onReadAgain({ isWhole: true });
              },
            }}
          />
        </div>
      )}
      <ArticleView article={reading.article} onPhoto={onPhoto} />
      <ReceiptView
        receipt={reading.receipt}
        onRestore={(block) => onReadAgain({ ...options, restored: [...(options.restored ?? []), block] })}
      />
    </>
  );
}
