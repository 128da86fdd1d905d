import { DAYS } from './lines.ts';
import { type Slot, sayable } from './utterances.ts';

const DAY_MS = 86_400_000;
export const DEFAULT_TIME = '16:00';

const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The next weekday after tomorrow, `YYYY-MM-DD`: a plausible offer of a practice. */
export function defaultDate(now: number): string {
  let at = now + 2 * DAY_MS;
  while ([0, 6].includes(new Date(at).getUTCDay())) at += DAY_MS;
  return iso(at);
}

export const slotOf = (date: string, time: string): Slot => ({ day: new Date(`${date}T00:00:00Z`).getUTCDay(), time });

/** The date of a heard day of the week: `expected` when it is that day, else the next such day after today. */
export function dateOf(slot: Slot, expected: string, now: number): string {
  if (slotOf(expected, slot.time).day === slot.day) return expected;
  let at = now + DAY_MS;
  while (new Date(at).getUTCDay() !== slot.day) at += DAY_MS;
  return iso(at);
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A prepared receptionist's answer, found in free text such as "ofrece el martes a las 16". */
export function rehearsed(text: string): {
  behaviour?: 'answer-and-decline' | 'no-availability' | 'callback';
  slot?: Slot;
} {
  const words = plain(text);
  if (/\bno (hay|quedan?|tienen?|tengo)\b|sin (turnos|lugar)|no availab|fully booked/.test(words))
    return { behaviour: 'no-availability' };
  if (/\b(rechaza|se niega|declina|declines?|refuses?)\b/.test(words)) return { behaviour: 'answer-and-decline' };
  if (/\b(llamara|devuelve la llamada|vuelve a llamar|llama(n)? (mas tarde|luego|despues)|calls? back)\b/.test(words))
    return { behaviour: 'callback' };
  const day = DAYS.es.findIndex((es, n) => words.includes(plain(es)) || words.includes(plain(DAYS.en[n]!)));
  const [, hour, minute = '00'] = /\b(?:a las?|at) (\d{1,2})(?:[:.](\d\d))?\b/.exec(words) ?? [];
  if (day < 0 || hour === undefined) return {};
  const time = `${hour.padStart(2, '0')}:${minute}`;
  const spoken = sayable(time) ? time : `${String(Number(hour) + 12).padStart(2, '0')}:${minute}`;
  return sayable(spoken) ? { slot: { day, time: spoken } } : {};
}
