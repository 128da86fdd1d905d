import type { Offer } from '../../domain/result.ts';
import type { Words } from '../language/en.ts';
import { day } from '../language/times.ts';

type Spoken = Words & { language: string };

/** `They offered: Tue 1 Dec, 10:00; …`: slots that nobody took. */
export const offersText = (words: Spoken, offers: readonly Offer[]): string =>
  `${words.booking.offered} ${offers.map(({ date, time, note }) => [day(words.language, date), time, note].filter(Boolean).join(', ')).join('; ')}`;

/** `They asked to be called: Tue 1 Dec, 17:00`, by the business's clock, which the offset of `at` shows. */
export const callbackText = (words: Spoken, at: string): string =>
  `${words.booking.callMeAt} ${day(words.language, at.slice(0, 10))}, ${at.slice(11, 16)}`;
