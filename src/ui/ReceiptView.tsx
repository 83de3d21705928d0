/** Under an article: what was kept of the page and what was removed, and a way to have a removed block back. */
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { countRemoved, firstWords, type Receipt } from '../article/receipt.ts';
import type { MessageKey } from '../platform/i18n.ts';
import { useText } from './text.ts';

export interface ReceiptViewProps {
  receipt: Receipt;
  onRestore: (block: number) => void;
}

export function ReceiptView({ receipt, onRestore }: ReceiptViewProps): VNode {
  const getText = useText();
  const view = useRef<HTMLDivElement>(null);
  /** The first words of the block that was brought back last. */
  const [restored, setRestored] = useState('');
  useEffect(() => {
    if (!restored) return;
    const elements = [...(view.current?.parentElement?.querySelectorAll('.article-content *') ?? [])];
    const block = elements.find(({ textContent }) => {
      const words = firstWords(textContent);
      // The words may go on in the next paragraph.
      return words && restored.startsWith(words);
    });
    block?.scrollIntoView({ block: 'center' });
    // When the page has been read again, not yet at the click.
  }, [receipt]);
  /** A message holds the words for one and for more: "1 photo|$1 photos". */
  const counted = (key: MessageKey, count: number): string => {
    const [one = '', more = one] = getText(key, count).split('|');
    return count === 1 ? one : more;
  };
  const { kept, removed } = receipt;
  const keptWords = (['paragraphs', 'photos', 'captions', 'sounds'] as const)
    .filter((name) => kept[name] > 0)
    .map((name) => counted(`kept_${name}`, kept[name]));
  const removedWords = countRemoved(receipt).map(({ reason, count }) => counted(`removed_${reason}`, count));
  const separator = getText('list_separator');
  const words = keptWords.join(separator) || counted('kept_paragraphs', 0);
  return (
    <div class="receipt" ref={view}>
      {removed.length === 0 ? (
        getText('receipt_whole', words)
      ) : (
        <details>
          <summary>{getText('receipt', words, removedWords.join(separator))}</summary>
          <ul>
            {removed.map(({ reason, rule, count, words: first, block }, index) => {
              const what = counted(`removed_${reason}`, count);
              return (
                <li key={index}>
                  <span>
                    {what} {first && <q dir="auto">{first}</q>} <code dir="ltr">{rule}</code>
                  </span>
                  {block !== null && (
                    <button
                      type="button"
                      aria-label={getText('bring_back_block', first || what)}
                      onClick={({ currentTarget }) => {
                        // The button goes with its line; the focus stays in the list.
                        currentTarget.closest('details')?.querySelector('summary')?.focus();
                        setRestored(first);
                        onRestore(block);
                      }}
                    >
                      {getText('bring_back')}
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
        </details>
      )}
      <p role="status">{restored && getText('brought_back', restored)}</p>
    </div>
  );
}
