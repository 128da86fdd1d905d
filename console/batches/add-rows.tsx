import { useState } from 'preact/hooks';
import type { Batch } from '../api/answers.ts';
import { sendForm, Unreachable } from '../api/ask.ts';
import { useWords } from '../language/language.ts';
import { useAnnounce } from '../shell/announce.tsx';
import { Failure } from '../shell/failure.tsx';
import { CheckResult } from './check-result.tsx';
import { DropZone, type Table } from './drop-zone.tsx';
import { formOf, useCheck } from './use-check.ts';
import { obstacles } from './verdict.ts';

/** For all but the rows, the batch's own settings hold. */
const SETTINGS = {};

interface Props {
  batch: Batch;
  /** Rows were added. */
  added: () => Promise<unknown>;
}

/** Adds the rows of a further table to a batch, exactly those that were checked. */
export function AddRows({ batch, added }: Props) {
  const { batches } = useWords();
  const { add, check: c } = batches;
  const announce = useAnnounce();
  const [table, setTable] = useState<Table>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const path = `/v1/batches/${encodeURIComponent(batch.id)}/rows`;
  const { checked, fresh, again } = useCheck(table, SETTINGS, `${path}/check`);
  const check = checked?.check;
  const stops = check ? obstacles(check, batch) : [];

  const go = async () => {
    if (!table || !check) return;
    setFailure(undefined);
    setBusy(true);
    try {
      const answer = await sendForm<{ added: number }>(path, formOf(table, SETTINGS, check.check));
      setTable(undefined);
      announce(add.done(answer.added));
      // The button has disappeared, and the focus with it.
      document.querySelector<HTMLElement>('h1')?.focus();
      await added();
    } catch (error) {
      setFailure(error as Error);
      if (!(error instanceof Unreachable)) void again();
    } finally {
      setBusy(false);
    }
  };
  return (
    <details class="add-rows">
      <summary>{add.title}</summary>
      <div class="booking-form batch-form">
        <DropZone
          table={table}
          hint={add.about}
          take={(dropped) => {
            setFailure(undefined);
            setTable(dropped);
          }}
        />
        <section aria-labelledby={table && 'check-title'} aria-busy={table && !fresh} class="check-result">
          {table && <h3 id="check-title">{c.title}</h3>}
          <div role="status">{table && !fresh && <p>{c.running}</p>}</div>
          {table && check && <CheckResult key={checked.draft} check={check} stops={stops} known={check.known ?? 0} />}
          {table && checked?.failure && <Failure error={checked.failure} again={again} />}
        </section>
        {failure instanceof Unreachable && (
          <p class="problem" role="alert">
            {add.lost}
          </p>
        )}
        {failure && !(failure instanceof Unreachable) && <Failure error={failure} />}
        {table && (
          <button
            type="button"
            class="main"
            disabled={busy || !fresh || !check || stops.length > 0}
            onClick={() => void go()}
          >
            {busy ? add.going : add.go}
          </button>
        )}
      </div>
    </details>
  );
}
