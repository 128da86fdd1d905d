import type { ComponentChildren } from 'preact';
import { serverMessage, useWords } from '../language/language.ts';
import { useFilledIn } from './again.ts';

export interface FieldProps {
  name: string;
  label: string;
  hint?: string | undefined;
  type?: 'text' | 'tel' | 'url' | 'number' | 'date' | 'time' | 'datetime-local';
  /** More than one: a text box with this many lines. */
  lines?: number;
  initial?: string | number | undefined;
  required?: boolean | undefined;
  min?: number | undefined;
  max?: number | undefined;
  list?: string;
  problem?: string | undefined;
  /** A remedy for the problem. */
  help?: ComponentChildren;
  /** Below the field, whether or not there is a problem. */
  note?: ComponentChildren;
  onInput?: ((event: { currentTarget: { value: string } }) => void) | undefined;
  /** Turns the typed text into the value that is sent. */
  onLeave?: ((value: string) => string) | undefined;
}

/** One field with its label, hint, and problem. */
export function Field(props: FieldProps) {
  const words = useWords();
  const {
    name,
    label,
    hint,
    type = 'text',
    lines = 1,
    initial,
    required,
    problem,
    help,
    note,
    onInput,
    onLeave,
    ...limits
  } = props;
  const id = `field-${name}`;
  const filledIn = useFilledIn(name);
  const told = problem ? serverMessage(words, problem) : undefined;
  const common = {
    id,
    name,
    defaultValue: typeof filledIn === 'string' ? filledIn : initial,
    'aria-required': required || undefined,
    'aria-invalid': problem !== undefined,
    'aria-describedby': [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined,
    onInput,
    onChange: ({ currentTarget: field }: { currentTarget: { value: string } }) => {
      if (onLeave) field.value = onLeave(field.value);
    },
  };
  return (
    <div class={`field ${problem ? 'refused' : ''}`}>
      <label class="label" for={id}>
        {label}
        {required && <span class="required"> {words.form.required}</span>}
      </label>
      {lines > 1 ? <textarea rows={lines} {...common} /> : <input type={type} {...limits} {...common} />}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {told && (
        <p class="problem" id={`${id}-problem`} lang={told.lang}>
          {told.text}
        </p>
      )}
      {told && help}
      {note}
    </div>
  );
}
