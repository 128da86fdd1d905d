import { invalid } from './problem.ts';

/** A place in a list, opaque for clients. */
export const cursorOf = (place: readonly unknown[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/**
 * The place that a cursor names, as `read` takes it from its parts.
 * @throws Problem 422 for anything that is no cursor of such a list
 */
export function cursorIn<T>(cursor: string, read: (parts: unknown[]) => T | undefined): T {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const place = Array.isArray(parts) ? read(parts) : undefined;
    if (place !== undefined) return place;
  } catch {
    // Answered below, like any other invalid value.
  }
  throw invalid([{ field: 'cursor', message: 'is not a cursor: use next_cursor of the page before' }]);
}

/** A place in a list that is ordered by creation. */
export interface Position {
  created_at: string;
  id: string;
}

export const positionCursor = ({ created_at, id }: Position): string => cursorOf([created_at, id]);

/** @throws Problem 422 for a text that is no cursor of this list */
export const positionIn = (cursor: string, isId: (id: unknown) => id is string): Position =>
  cursorIn(cursor, ([created_at, id]) =>
    typeof created_at === 'string' && !Number.isNaN(Date.parse(created_at)) && isId(id)
      ? { created_at, id }
      : undefined,
  );
