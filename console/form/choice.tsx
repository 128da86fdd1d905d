import type { ComponentChildren } from 'preact';

interface Props {
  name: string;
  label: string;
  /** The values with their words; the first one is chosen at the beginning. */
  words: Record<string, string>;
  initial?: string;
  onInput: () => void;
  children?: ComponentChildren;
}

/** A field with one of a few values. */
export function ChoiceField({ name, label, words, initial, onInput, children }: Props) {
  return (
    <div class="field">
      <label class="label" for={`field-${name}`}>
        {label}
      </label>
      <select id={`field-${name}`} name={name} onInput={onInput}>
        {children}
        {Object.entries(words).map(([value, word]) => (
          <option key={value} value={value} selected={value === initial}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}
