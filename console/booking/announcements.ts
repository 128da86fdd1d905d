import { useEffect, useRef } from 'preact/hooks';
import type { Booking } from '../api/answers.ts';
import type { Words } from '../language/en.ts';
import { wordFor } from '../language/language.ts';
import { day } from '../language/times.ts';
import { useAnnounce } from '../shell/announce.tsx';
import type { Chapter, Story } from './story.ts';
import { waitWords } from './wait-words.ts';

interface News {
  /** The same news is announced once, however often it arrives. */
  key: string;
  text: string;
}

type Wait = Extract<Chapter, { kind: 'wait' }>;

/** The state of a booking. */
function standing(words: Words & { language: string }, booking: Booking, story: Story): News {
  const { outcome, attempts } = booking;
  if (outcome) {
    const { confirmed_date: date, confirmed_time: time } = outcome;
    const [doubt] = outcome.doubts ?? [];
    const why = doubt && wordFor(words.proof.doubt, doubt.code);
    const told = [wordFor(words.result, outcome.result), date && day(words.language, date), time, why]
      .filter(Boolean)
      .join(', ');
    const note = booking.simulated ? `. ${words.simulated}` : '';
    return { key: 'outcome', text: `${words.booking.outcome}: ${told}${note}` };
  }
  if (booking.cancel_requested) return { key: 'canceling', text: words.booking.canceling };
  // Skips events that the booking is already ahead of: a long history may arrive in pieces.
  const wait = story.chapters.findLast((one): one is Wait => one.kind === 'wait');
  if (wait && wait.after >= attempts.length) {
    return { key: `wait ${wait.seq}`, text: waitWords(words, wait, booking.order, Date.now()) };
  }
  const latest = attempts.at(-1);
  if (!latest) return { key: booking.status, text: wordFor(words.status, booking.status) };
  return {
    key: `${latest.call_id} ${latest.status}`,
    text: `${wordFor(words.channel, latest.channel)} #${latest.attempt}: ${wordFor(words.attempt, latest.status)}`,
  };
}

/** Joining a live talk announces the latest turn, and then each new one. */
const AT_ONCE = 3;

/** Announces the state of a booking and each turn to a screen reader, once each. */
export function useBookingAnnouncements(
  words: Words & { language: string },
  booking: Booking | undefined,
  story: Story,
): void {
  const announce = useAnnounce();
  const told = useRef(new Set<string>());
  const heard = useRef(new Map<string, number>());

  const news = booking && standing(words, booking, story);
  useEffect(() => {
    if (!news || told.current.has(news.key)) return;
    told.current.add(news.key);
    announce(news.text);
  }, [news?.key]);

  const { speaking } = story;
  const turns = (speaking && story.turns.get(speaking)) || [];
  const live = booking !== undefined && booking.outcome === null;
  useEffect(() => {
    if (!speaking || !live) return;
    const fresh = turns.slice(heard.current.get(speaking) ?? 0);
    heard.current.set(speaking, turns.length);
    for (const { role, message } of fresh.length > AT_ONCE ? fresh.slice(-1) : fresh) {
      announce(`${wordFor(words.booking, role)}: ${message}`);
    }
  }, [speaking, turns.length, live]);
}
