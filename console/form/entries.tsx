import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { serverMessage, useWords } from '../language/language.ts';

interface Props {
  /** The list's name in the body. */
  name: string;
  label: string;
  hint?: string;
  add: string;
  problem: string | undefined;
  /** The fields of one row, whose names begin with this prefix. */
  children: (prefix: string) => ComponentChildren;
}

/** The rows of a list, at least one; an empty row is not sent. */
export function Entries({ name, label, hint, add, problem, children }: Props) {
  const words = useWords();
  const { times: t } = words.form;
  const [rows, setRows] = useState([0]);
  const box = useRef<HTMLFieldSetElement>(null);
  const before = useRef(rows.length);
  const told = problem ? serverMessage(words, problem) : undefined;
  const next = Math.max(...rows) + 1;
  // The focus follows: to a new row, and from one that is gone.
  useEffect(() => {
    const inputs = box.current?.querySelectorAll<HTMLElement>('.entry:last-of-type input') ?? [];
    if (rows.length > before.current) inputs[0]?.focus();
    if (rows.length < before.current) box.current?.querySelector<HTMLElement>('button.add')?.focus();
    before.current = rows.length;
  }, [rows.length]);
  return (
    <fieldset ref={box} name={name} class={`entries ${told ? 'refused' : ''}`}>
      <legend>{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      {told && (
        <p class="problem" lang={told.lang}>
          {told.text}
        </p>
      )}
      {rows.map((row, n) => (
        <fieldset key={row} class="entry">
          <legend class="unseen">{`${label} ${n + 1}`}</legend>
          {children(`${name}.${row}`)}
          {rows.length > 1 && (
            <button
              type="button"
              class="remove"
              aria-label={`${t.remove}: ${label} ${n + 1}`}
              onClick={() => setRows(rows.filter((other) => other !== row))}
            >
              {t.remove}
            </button>
          )}
        </fieldset>
      ))}
      <button type="button" class="add" onClick={() => setRows([...rows, next])}>
        {add}
      </button>
    </fieldset>
  );
}
