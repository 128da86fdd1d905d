import { invalid } from './problem.ts';

/** A place in a list that is ordered by creation. */
export interface Position {
  created_at: string;
  id: string;
}

export const cursorOf = ({ created_at, id }: Position): string =>
  Buffer.from(JSON.stringify([created_at, id])).toString('base64url');

/** @throws Problem 422 for a text that is no cursor of this list */
export function positionIn(cursor: string, isId: (id: unknown) => id is string): Position {
  try {
    const [created_at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof created_at === 'string' && !Number.isNaN(Date.parse(created_at)) && isId(id)) return { created_at, id };
  } catch {
    // Not a cursor of ours: answered below, like any other invalid value.
  }
  throw invalid([{ field: 'cursor', message: 'is not a cursor: use next_cursor of the page before' }]);
}
