import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import type { BookingPage } from '../api/answers.ts';
import { ask } from '../api/ask.ts';
import { useWords } from '../language/language.ts';

const KEPT = 'vocero-notices';

/** How notifications stand in this browser. `absent`: it has none, as on a page without TLS. */
export type NoticesStand = 'absent' | 'off' | 'on' | 'denied';

const stand = (): NoticesStand => {
  if (!('Notification' in window)) return 'absent';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && localStorage.getItem(KEPT) === 'on' ? 'on' : 'off';
};

/** The switch of notifications. The browser asks for its permission when they are switched on, and at no other time. */
export function useNoticesSwitch(): { notices: NoticesStand; turn: () => Promise<void> } {
  const [notices, setNotices] = useState(stand);
  const turn = async () => {
    if (notices === 'on') localStorage.setItem(KEPT, 'off');
    else {
      await Notification.requestPermission();
      localStorage.setItem(KEPT, 'on');
    }
    setNotices(stand());
  };
  return { notices, turn };
}

const NEWEST = '/v1/bookings?status=needs_review&reviewed=false&limit=1&include=order&from=records';

/** Notifies of a booking that newly waits for a person, while this page is open. `newest`: when the last of them got its outcome. */
export function useReviewNotices(newest: string | null | undefined): void {
  const { notices: words } = useWords();
  const [, go] = useLocation();
  const before = useRef<string | null>();
  useEffect(() => {
    if (newest === undefined) return;
    const known = before.current;
    before.current = newest;
    // The first answer only says how things stand.
    if (known === undefined || newest === null || (known !== null && newest <= known) || stand() !== 'on') return;
    void ask<BookingPage>(NEWEST)
      .catch(() => undefined)
      .then((page) => {
        const name = page?.data[0]?.order?.business.name;
        const notice = new Notification(words.title, { body: name ?? words.body, tag: 'vocero-review' });
        notice.onclick = () => {
          window.focus();
          go('/?status=needs_review');
          notice.close();
        };
      });
  }, [newest]);
}
