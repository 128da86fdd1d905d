import type { Ask } from '../http.ts';

/** One page of a list, by the provider's `page_size` and `cursor`. */
export function page<T>(all: readonly T[], ask: Ask): { rows: T[]; has_more: boolean; next_cursor: string | null } {
  const size = Math.min(100, Math.max(1, Number(ask.query.get('page_size')) || 30));
  const start = Math.max(0, Number(ask.query.get('cursor')) || 0);
  const more = start + size < all.length;
  return { rows: all.slice(start, start + size), has_more: more, next_cursor: more ? String(start + size) : null };
}
