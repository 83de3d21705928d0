/** The control that shows a Chinese article in the other script, and the sentence that says where that comes from. */
import type { VNode } from 'preact';
import type { Script } from '../article/script.ts';
import { languageName } from './format.ts';
import { useText } from './text.ts';

export interface ScriptSwitchProps {
  /** The script that a press shows. */
  offered: Script;
  shown: Script;
  /** What became of the last press; undefined while the article is shown as it was read. */
  state: 'loading' | 'failed' | 'twin' | 'converted' | undefined;
  onPress: () => void;
}

export function ScriptSwitch({ offered, shown, state, onPress }: ScriptSwitchProps): VNode {
  const getText = useText();
  const named = (script: Script): string => languageName(`zh-${script}`, getText('language'));
  const lang = `zh-${offered}`;
  return (
    <span class="script-switch">
      {/* In its own words, by which those who want it find it. */}
      <button
        type="button"
        lang={lang}
        title={getText('script_show', named(offered))}
        aria-disabled={state === 'loading'}
        onClick={onPress}
      >
        {languageName(lang, lang)}
      </button>
      <span class="script-origin" role="status">
        {state && getText(`script_${state}`, named(shown))}
      </span>
    </span>
  );
}
