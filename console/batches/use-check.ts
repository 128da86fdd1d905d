import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { BatchAppendCheck } from '../../domain/schemas/batch-append.ts';
import type { BatchCheck } from '../../domain/schemas/batch-check.ts';
import { ApiProblem, type FieldError, sendForm } from '../api/ask.ts';
import type { Table } from './drop-zone.tsx';

export interface Checked {
  /** The table and the settings that were checked, as `draftOf` names them. */
  draft: string;
  /** `known`: rows that the batch has already, when rows are added to one. */
  check?: BatchCheck & Partial<Pick<BatchAppendCheck, 'known'>>;
  /** Settings that the API refuses. */
  refused?: FieldError[];
  failure?: Error;
}

/** The form of a batch. `check`: only what was checked may run. */
export function formOf(table: Table, settings: Record<string, unknown>, check?: string): FormData {
  const form = new FormData();
  form.append('settings', JSON.stringify({ ...settings, ...(check && { check }) }));
  form.append('file', table.bytes, table.name);
  return form;
}

/** Names a table with its settings: another name means that they must be checked again. */
export const draftOf = (table: Table, settings: Record<string, unknown>): string =>
  `${table.n} ${JSON.stringify(settings)}`;

/** Where a table for a new batch is checked. */
const OF_NEW_BATCH = '/v1/batches/check';

/** Checks a table. Nobody is called. */
export async function checkOf(
  table: Table,
  settings: Record<string, unknown>,
  path: string = OF_NEW_BATCH,
): Promise<Checked> {
  const draft = draftOf(table, settings);
  try {
    return { draft, check: await sendForm<BatchCheck>(path, formOf(table, settings)) };
  } catch (error) {
    const refused = error instanceof ApiProblem ? error.errors : [];
    return refused.length > 0 ? { draft, refused } : { draft, failure: error as Error };
  }
}

/** Checks a table whenever it or its settings change; the newest counts. */
export function useCheck(table: Table | undefined, settings: Record<string, unknown>, path: string = OF_NEW_BATCH) {
  const [checked, setChecked] = useState<Checked>();
  const draft = table && draftOf(table, settings);
  const newest = useRef(draft);
  newest.current = draft;
  const again = useCallback(async () => {
    if (!table) return;
    const answer = await checkOf(table, settings, path);
    if (answer.draft === newest.current) setChecked(answer);
  }, [draft]);
  useEffect(() => void again(), [draft]);
  return { checked, fresh: checked !== undefined && checked.draft === draft, again };
}
