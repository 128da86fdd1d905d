import { useEffect, useRef } from 'preact/hooks';
import type { Booking } from '../api/answers.ts';
import type { Words } from '../language/en.ts';
import { useAnnounce } from '../shell/announce.tsx';

/**
 * Announces to a screen reader how many bookings a search or filter has left, and which visible booking newly needs a person.
 * More announcements would drown these.
 *
 * @param rows undefined while the rows on the screen belong to an earlier search
 */
export function useListAnnouncements(words: Words, asked: string, rows: readonly Booking[] | undefined): void {
  const announce = useAnnounce();
  const answered = useRef<string>();
  useEffect(() => {
    if (!rows || answered.current === asked) return;
    // The first list of a page is not announced: it is read like any other content.
    if (answered.current !== undefined) announce(rows.length > 0 ? words.list.shown(rows.length) : words.list.noneFits);
    answered.current = asked;
  }, [asked, rows]);

  const open = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, status, order } of rows ?? []) {
      if (status === 'needs_review' && open.current.has(id)) {
        announce(`${order?.business.name ?? id}: ${words.status.needs_review}`);
      }
      if (status === 'queued' || status === 'in_progress') open.current.add(id);
      else open.current.delete(id);
    }
  }, [rows]);
}
