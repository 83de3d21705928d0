/** A Chinese article in the other script: RFI's own edition where it can be had, else converted. Only shown, never saved. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Article } from '../article/article.ts';
import type { readHtml } from '../article/read-html.ts';
import { convertArticle, otherScript, scriptOf, type Convert, type Script } from '../article/script.ts';
import type { Position } from '../article/position.ts';
import type { ReadOptions } from '../platform/read-tab.ts';
import type { PageArticleProps } from './PageArticle.tsx';
import { findSame, outlineOf, type Outline } from './same-paragraph.ts';
import type { ScriptSwitchProps } from './ScriptSwitch.tsx';
import { findPosition, stayAt, type Frame } from './use-position.ts';

type ReadPage = ReturnType<typeof readHtml>;

/** Where the other script comes from. */
export interface ScriptSources {
  /** What reads the page at an address, null where the page cannot be had. */
  readTwin: (address: string) => Promise<ReadPage | null>;
  /** Rejects where it cannot be loaded. */
  loadConverter: (script: Script) => Promise<Convert>;
}

type Other =
  | { state: 'loading' | 'failed' }
  | { state: 'twin'; read: ReadPage; options: ReadOptions }
  | { state: 'converted'; convert: Convert };

async function findOther(article: Article, script: Script, { readTwin, loadConverter }: ScriptSources): Promise<Other> {
  // A passage has no edition of its own.
  const twin = article.isPassage ? null : article.twin;
  const read = twin && scriptOf(twin.lang) === script ? await readTwin(twin.url).catch(() => null) : null;
  const reading = read?.();
  if (read && reading?.ok && scriptOf(reading.article.lang) === script) return { state: 'twin', read, options: {} };
  return { state: 'converted', convert: await loadConverter(script) };
}

export interface OtherScript {
  /** What is to be shown. */
  article: Article | undefined;
  /** The page of RFI's edition, while that is shown. */
  twin: PageArticleProps | undefined;
  /** The control, undefined where the article is in no Chinese. */
  control: ScriptSwitchProps | undefined;
}

/**
 * @param article what was read, undefined where that is nothing; read again, it stays in the script that is shown
 * @param getFrame where it is shown; the reader stays at the same paragraph
 */
export function useOtherScript(
  article: Article | undefined,
  sources: ScriptSources,
  getFrame: () => Frame | null,
): OtherScript {
  const [chosen, setChosen] = useState<{ of: string; other: Other }>();
  const other = chosen && chosen.of === article?.url ? chosen.other : undefined;
  const script = article ? scriptOf(article.lang) : null;
  const reading = useMemo(() => (other?.state === 'twin' ? other.read(other.options) : undefined), [other]);
  const shown = useMemo(() => {
    if (reading?.ok) return reading.article;
    if (!article || !script || other?.state !== 'converted') return article;
    return convertArticle(article, otherScript(script), other.convert);
  }, [article, reading, other]);

  const left = useRef<{ position: Position; outline: Outline } | null>(null);
  useLayoutEffect(() => {
    const [frame, place] = [getFrame(), left.current];
    left.current = null;
    if (!frame || !place) return;
    const ending = new AbortController();
    const paragraph = findSame(place.outline, outlineOf(frame.content), place.position.paragraph);
    stayAt(frame, { ...place.position, paragraph }, ending.signal);
    return () => ending.abort();
  }, [shown]);

  if (!article || !script) return { article, twin: undefined, control: undefined };

  const choose = (changed: Other | undefined): void => {
    const frame = getFrame();
    const position = frame && findPosition(frame);
    left.current = position && { position, outline: outlineOf(frame.content) };
    setChosen(changed && { of: article.url, other: changed });
  };
  const isOther = reading?.ok === true || other?.state === 'converted';
  const press = async (): Promise<void> => {
    if (other?.state === 'loading') return;
    if (isOther) return choose(undefined);
    setChosen({ of: article.url, other: { state: 'loading' } });
    choose(await findOther(article, otherScript(script), sources).catch((): Other => ({ state: 'failed' })));
  };
  return {
    article: shown,
    twin:
      other?.state === 'twin' && reading?.ok
        ? { reading, options: other.options, onReadAgain: (options) => choose({ ...other, options }) }
        : undefined,
    control: {
      offered: isOther ? script : otherScript(script),
      shown: isOther ? otherScript(script) : script,
      state: other?.state,
      onPress: () => void press(),
    },
  };
}
