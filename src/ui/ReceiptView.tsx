/** Under an article: what was kept of the page and what was removed, and a way to have a removed block back. */
import type { VNode } from 'preact';
import { countRemoved, type Receipt } from '../article/receipt.ts';
import type { MessageKey } from '../platform/i18n.ts';
import { useText } from './text.ts';

export interface ReceiptViewProps {
  receipt: Receipt;
  onRestore: (block: number) => void;
}

export function ReceiptView({ receipt, onRestore }: ReceiptViewProps): VNode {
  const getText = useText();
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
  const words = keptWords.join(separator);
  if (removed.length === 0) return <p class="receipt">{getText('receipt_whole', words)}</p>;
  return (
    <details class="receipt">
      <summary>{getText('receipt', words, removedWords.join(separator))}</summary>
      <ul>
        {removed.map(({ reason, rule, count, words: first, block }, index) => (
          <li key={index}>
            <span>{counted(`removed_${reason}`, count)}</span>
            {first && <q dir="auto">{first}</q>}
            <code dir="ltr">{rule}</code>
            {block !== null && (
              <button
                type="button"
                onClick={({ currentTarget }) => {
                  // The button goes with its line; the focus stays in the list.
                  currentTarget.closest('details')?.querySelector('summary')?.focus();
                  onRestore(block);
                }}
              >
                {getText('bring_back')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
