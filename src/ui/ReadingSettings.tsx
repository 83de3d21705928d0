/** Colours, and how the text of a language is set, behind one button. What is chosen is seen at once in the text behind it. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { primaryLanguage } from '../article/language.ts';
import type { MessageKey } from '../platform/i18n.ts';
import type { Settings } from '../platform/settings-shape.ts';
import { languageName } from './format.ts';
import { useKeyboard } from './keys/use-keys.ts';
import { useText } from './text.ts';
import { useClosing } from './use-closing.ts';
import { typeFor, withChoice, withUsualType, type Type } from './type.ts';

export interface ReadingSettingsProps {
  settings: Settings;
  /** Of the article that is read: its type is what changes; empty where none is, and the type of all changes. */
  lang: string;
  onChange: (settings: Settings) => void;
}

const THEMES: readonly Settings['theme'][] = ['auto', 'light', 'sepia', 'dark', 'black', 'contrast'];
const WIDTHS: readonly Type['width'][] = ['narrow', 'medium', 'wide'];
const SPACINGS: readonly Type['spacing'][] = ['tight', 'normal', 'loose'];
const SIZES = [14, 15, 16, 17, 18, 19, 20, 22, 24, 26, 28, 32];

/** Values with the names that a reader sees. */
type Options<Value extends string> = readonly (readonly [value: Value, label: MessageKey])[];

const named = <Value extends string>(prefix: 'theme' | 'width' | 'spacing', values: readonly Value[]): Options<Value> =>
  values.map((value) => [value, `${prefix}_${value}` as MessageKey]);

/** Each font with its name: in Chinese they are other kinds. */
const FONTS: Options<Type['font']> = [
  ['serif', 'font_serif'],
  ['sans', 'font_sans'],
];
const HAN_FONTS: Options<Type['font']> = [
  ['serif', 'font_song'],
  ['sans', 'font_hei'],
  ['kai', 'font_kai'],
];

export function ReadingSettings({ settings, lang, onChange }: ReadingSettingsProps): VNode {
  const getText = useText();
  const type = typeFor(settings, lang);
  const choose = (choice: Partial<Type>): void => onChange(withChoice(settings, lang, choice));
  const details = useRef<HTMLDetailsElement>(null);
  useClosing(details);
  const { openHelp } = useKeyboard();
  const language = primaryLanguage(lang);
  const typeName = getText(
    'text_of',
    language ? languageName(language, getText('language')) || lang : getText('all_languages'),
  );
  return (
    <details class="settings" ref={details}>
      <summary>
        <span aria-hidden="true" class="settings-sign">
          Aa
        </span>
        <span class="settings-label">{getText('reading_settings')}</span>
      </summary>
      <div class="settings-sheet">
        <Choice
          name="theme"
          label="theme"
          options={named('theme', THEMES)}
          value={settings.theme}
          onChange={(theme) => onChange({ ...settings, theme })}
        />
        <div role="group" aria-label={typeName}>
          <div class="settings-language">
            <strong aria-hidden="true">{typeName}</strong>
            <button type="button" class="quiet" onClick={() => onChange(withUsualType(settings, lang))}>
              {getText('reset')}
            </button>
          </div>
          <Choice
            name="font"
            label="font"
            options={language === 'zh' ? HAN_FONTS : FONTS}
            value={type.font}
            onChange={(font) => choose({ font })}
          />
          <Size size={type.size} onChange={(size) => choose({ size })} />
          <Choice
            name="width"
            label="width"
            options={named('width', WIDTHS)}
            value={type.width}
            onChange={(width) => choose({ width })}
          />
          <Choice
            name="lineHeight"
            label="line_height"
            options={named('spacing', SPACINGS)}
            value={type.lineHeight}
            onChange={(lineHeight) => choose({ lineHeight })}
          />
          <Choice
            name="spacing"
            label="paragraph_spacing"
            options={named('spacing', SPACINGS)}
            value={type.spacing}
            onChange={(spacing) => choose({ spacing })}
          />
          <div class="settings-switches">
            <Switch label="justify" isOn={type.isJustified} onChange={(isJustified) => choose({ isJustified })} />
            <Switch label="indent" isOn={type.isIndented} onChange={(isIndented) => choose({ isIndented })} />
          </div>
        </div>
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => {
            // The sheet closes under the dialog; the focus comes back to its button.
            if (details.current) details.current.open = false;
            details.current?.querySelector('summary')?.focus();
            openHelp();
          }}
        >
          {getText('keys')}
        </button>
      </div>
    </details>
  );
}

function Size({ size, onChange }: { size: number; onChange: (size: number) => void }): VNode {
  const getText = useText();
  const step = (label: MessageKey, sign: string, next: number | undefined): VNode => (
    <button
      type="button"
      aria-label={getText(label)}
      aria-disabled={next === undefined}
      onClick={() => next !== undefined && onChange(next)}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  const smaller = SIZES.findLast((each) => each < size);
  const larger = SIZES.find((each) => each > size);
  return (
    <fieldset>
      <legend>{getText('size')}</legend>
      <div class="settings-stepper">
        {step('size_smaller', '−', smaller)}
        <output>{size.toLocaleString(getText('language'))}</output>
        {step('size_larger', '+', larger)}
      </div>
    </fieldset>
  );
}

interface ChoiceProps<Value extends string> {
  name: 'theme' | 'font' | 'width' | 'lineHeight' | 'spacing';
  label: MessageKey;
  options: Options<Value>;
  value: Value;
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ name, label, options, value, onChange }: ChoiceProps<Value>): VNode {
  const getText = useText();
  return (
    <fieldset class={`settings-${name}`}>
      <legend>{getText(label)}</legend>
      <div class="settings-options">
        {options.map(([each, text]) => (
          <label key={each}>
            <input type="radio" name={name} value={each} checked={each === value} onChange={() => onChange(each)} />
            {/* A theme is shown in its own colours. */}
            <span data-theme={name === 'theme' ? each : undefined}>{getText(text)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SwitchProps {
  label: MessageKey;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

function Switch({ label, isOn, onChange }: SwitchProps): VNode {
  const getText = useText();
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      {getText(label)}
    </label>
  );
}
