import { z } from 'zod';
import type { RecordedTalk } from '../../domain/judge.ts';
import type { LocalMoment } from '../../domain/local-moment.ts';
import { isDay } from '../../domain/report/calendar-date.ts';
import { readReport } from '../../domain/report/read-report.ts';
import { RESULTS, type Report, type Result } from '../../domain/result.ts';
import { zoneExists } from '../../domain/zones.ts';
import { calledAt } from './called-at.ts';

/** The real result, as a person labelled it. */
export interface Truth {
  result: string;
  date: string | null;
  time: string | null;
}

/** One line of a file of talks. */
export interface LabelledTalk {
  id: string;
  talk: RecordedTalk;
  truth: Truth | undefined;
  kind: string | undefined;
}

/** Why a line cannot be judged: the field (`turns[2].role`; '' for the whole line) and its remedy. */
export interface LineProblem {
  field: string;
  message: string;
}

const needed = (what: string) => (issue: { input: unknown }) =>
  issue.input === undefined ? `is missing; give ${what}` : `must be ${what}`;

const words = (what: string) =>
  z.string({ error: needed(what) }).refine((value) => value.trim() !== '', `is empty; give ${what}`);
const optional = (what: string) => z.string({ error: needed(what) }).nullish();
const day = z
  .string({ error: needed('a day, like 2026-11-25') })
  .refine(isDay, 'must be a day that exists, like 2026-11-25')
  .nullish();
const time = z
  .string({ error: needed('a time, like 16:00') })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, like 16:00')
  .nullish();

const schema = z.looseObject(
  {
    id: words('the talk’s name, a text'),
    timezone: words('the business’s time zone, like America/Argentina/Buenos_Aires').refine(
      zoneExists,
      'is not a time zone; give an IANA name like America/Argentina/Buenos_Aires',
    ),
    called_at: words('the moment of the call, like 2026-11-25T16:00:00-03:00'),
    request: z.looseObject(
      {
        service_type: words('the purpose of the appointment, a text'),
        user_name: words('in whose name the call was made'),
        preferred_date: optional('the preferred day, a text'),
        preferred_time: optional('the preferred time, a text'),
        special_requests: optional('a text'),
      },
      { error: needed('an object with service_type and user_name') },
    ),
    turns: z.array(
      z.looseObject(
        {
          role: z.enum(['agent', 'business'], { error: needed('"agent" or "business"') }),
          // A redacted turn has no message.
          message: z.string({ error: needed('the words of the turn, a text') }).nullable(),
          at_seconds: z.number({ error: needed('seconds since the talk began, a number') }).nullish(),
        },
        { error: needed('an object with role and message') },
      ),
      { error: needed('a list of { "role", "message" }') },
    ),
    report: z
      .union([z.record(z.string(), z.unknown()), z.string()], { error: needed('an object with result, or null') })
      .nullish(),
    analysis: z
      .looseObject(
        { date: day, time, confirmed: z.boolean({ error: needed('true or false') }).nullish() },
        { error: needed('an object with date, time and confirmed') },
      )
      .nullish(),
    truth: z
      .looseObject(
        {
          result: z.enum([...RESULTS, 'not_confirmed'], { error: needed('a result, or "not_confirmed"') }),
          date: day,
          time,
        },
        { error: needed('an object with result') },
      )
      .nullish(),
    kind: optional('a text'),
  },
  { error: 'is not a JSON object; write each talk as one object per line' },
);

type Raw = z.output<typeof schema>;

/** Reads one line of a file of talks. Never throws. */
export function readLine(text: string): LabelledTalk | LineProblem[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [{ field: '', message: `is not JSON; write each talk as one object per line (${said(error)})` }];
  }
  const { success, data, error } = schema.safeParse(value);
  if (!success) return error.issues.map(({ path, message }) => ({ field: named(path), message }));
  const called = calledAt(data.called_at, data.timezone);
  if (called === undefined)
    return [{ field: 'called_at', message: 'must be a moment, like 2026-11-25T16:00:00-03:00' }];
  if (isConfirmed(data.truth) && !(data.truth?.date && data.truth.time))
    return [{ field: 'truth', message: 'is confirmed without date or time; give both' }];
  return labelled(data, called);
}

const isConfirmed = (truth: Raw['truth']): boolean => truth?.result === ('confirmed' satisfies Result);

function reportIn(filed: Raw['report']): Report | 'unusable' | null {
  if (filed === null || filed === undefined) return null;
  const reading = readReport(filed);
  return reading.ok ? reading.report : 'unusable';
}

function labelled({ id, request, turns, report, analysis, truth, kind }: Raw, called: LocalMoment): LabelledTalk {
  const given = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
  return {
    id,
    talk: {
      called_on: called.date,
      called_time: called.time,
      request: {
        service_type: request.service_type,
        user_name: request.user_name,
        preferred_date: given(request.preferred_date),
        preferred_time: given(request.preferred_time),
        special_requests: given(request.special_requests),
      },
      turns: turns.map(({ role, message, at_seconds }) => ({
        role,
        message: message ?? '',
        at_seconds: given(at_seconds),
      })),
      report: reportIn(report),
      analysis: analysis
        ? { date: given(analysis.date), time: given(analysis.time), confirmed: given(analysis.confirmed) }
        : undefined,
    },
    truth: truth ? { result: truth.result, date: truth.date ?? null, time: truth.time ?? null } : undefined,
    kind: given(kind),
  };
}

const named = (path: readonly PropertyKey[]): string =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at > 0 ? '.' : ''}${String(part)}`)).join('');

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));
