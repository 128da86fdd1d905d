import { addDays } from './calendar.ts';
import { localMoment } from './local-moment.ts';
import type { BookingOrder } from './order.ts';
import type { Spoken } from './prompts.ts';
import { type Weekday, weekdayOn } from './weekday.ts';

/** Today, and the three weeks after it. */
const DAYS_AHEAD = 21;

export const WEEKDAY_NAMES: Record<Spoken, Record<Weekday, string>> = {
  es: {
    mon: 'lunes',
    tue: 'martes',
    wed: 'miércoles',
    thu: 'jueves',
    fri: 'viernes',
    sat: 'sábado',
    sun: 'domingo',
  },
  en: {
    mon: 'Monday',
    tue: 'Tuesday',
    wed: 'Wednesday',
    thu: 'Thursday',
    fri: 'Friday',
    sat: 'Saturday',
    sun: 'Sunday',
  },
};

const NEAR: Record<Spoken, readonly string[]> = { es: ['hoy', 'mañana'], en: ['today', 'tomorrow'] };

export const weekdayName = (date: string, language: Spoken): string => WEEKDAY_NAMES[language][weekdayOn(date)];

/** `hoy martes 2026-12-01; mañana miércoles 2026-12-02; jueves 2026-12-03; …` */
const daysFrom = (date: string, language: Spoken): string =>
  Array.from({ length: DAYS_AHEAD + 1 }, (_, ahead) => {
    const day = addDays(date, ahead);
    return [NEAR[language][ahead], weekdayName(day, language), day].filter(Boolean).join(' ');
  }).join('; ');

/** Days for an agent, so that it computes none: its dynamic variables with these names. Dates in ISO format, times HH:MM. */
export interface ToldDays {
  business_date: string;
  business_weekday: string;
  business_time: string;
  /** The local day at which the booking was placed. */
  order_date: string;
  order_weekday: string;
  /** Meaning of the preferred day then; `''`: it means no single day. */
  preferred_day: string;
  preferred_weekday: string;
  next_days: string;
}

/** The days for a talk at `at` (ms since 1970), in the business's zone; of several possible zones the first, which is the best known. */
export function toldDays(
  { zones, request, created_at }: Pick<BookingOrder, 'zones' | 'request' | 'created_at'>,
  at: number,
  language: Spoken,
): ToldDays {
  const zone = zones[0] ?? 'UTC';
  const now = localMoment(zone, at);
  const ordered = localMoment(zone, Date.parse(created_at));
  const preferred = request.preferred_day ?? '';
  return {
    business_date: now.date,
    business_weekday: weekdayName(now.date, language),
    business_time: now.time,
    order_date: ordered.date,
    order_weekday: weekdayName(ordered.date, language),
    preferred_day: preferred,
    preferred_weekday: preferred && weekdayName(preferred, language),
    next_days: daysFrom(now.date, language),
  };
}
