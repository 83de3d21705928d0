/** Colours, font, size and line width, behind one button. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { MessageKey } from '../platform/i18n.ts';
import type { Settings } from '../platform/settings.ts';
import { useText } from './text.ts';
import { useClosing } from './use-closing.ts';

export interface ReadingSettingsProps {
  settings: Settings;
  onChange: (settings: Settings) => void;
}

const THEMES: readonly Settings['theme'][] = ['auto', 'light', 'sepia', 'dark'];
const FONTS: readonly Settings['font'][] = ['serif', 'sans'];
const WIDTHS: readonly Settings['width'][] = ['narrow', 'medium', 'wide'];
const SIZES = [14, 15, 16, 17, 18, 19, 20, 22, 24, 26, 28, 32];

export function ReadingSettings({ settings, onChange }: ReadingSettingsProps): VNode {
  const getText = useText();
  const step = (by: 1 | -1): number | undefined =>
    by > 0 ? SIZES.find((size) => size > settings.size) : SIZES.findLast((size) => size < settings.size);
  const details = useRef<HTMLDetailsElement>(null);
  useClosing(details);
  const resize = (by: 1 | -1): void => onChange({ ...settings, size: step(by) ?? settings.size });
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
          values={THEMES}
          value={settings.theme}
          onChange={(theme) => onChange({ ...settings, theme })}
        />
        <Choice
          name="font"
          label="font"
          values={FONTS}
          value={settings.font}
          onChange={(font) => onChange({ ...settings, font })}
        />
        <fieldset>
          <legend>{getText('size')}</legend>
          <button
            type="button"
            aria-label={getText('size_smaller')}
            aria-disabled={step(-1) === undefined}
            onClick={() => resize(-1)}
          >
            <span aria-hidden="true">−</span>
          </button>
          <output>{settings.size}</output>
          <button
            type="button"
            aria-label={getText('size_larger')}
            aria-disabled={step(1) === undefined}
            onClick={() => resize(1)}
          >
            <span aria-hidden="true">+</span>
          </button>
        </fieldset>
        <Choice
          name="width"
          label="width"
          values={WIDTHS}
          value={settings.width}
          onChange={(width) => onChange({ ...settings, width })}
        />
      </div>
    </details>
  );
}

interface ChoiceProps<Value extends string> {
  name: 'theme' | 'font' | 'width';
  label: MessageKey;
  values: readonly Value[];
  value: Value;
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ name, label, values, value, onChange }: ChoiceProps<Value>): VNode {
  const getText = useText();
  return (
    <fieldset>
      <legend>{getText(label)}</legend>
      {values.map((each) => (
        <label key={each}>
          <input type="radio" name={name} value={each} checked={each === value} onChange={() => onChange(each)} />
          <span>{getText(`${name}_${each}` as MessageKey)}</span>
        </label>
      ))}
    </fieldset>
  );
}
