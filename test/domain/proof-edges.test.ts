import { describe, expect, it } from '@jest/globals';
import { type Analysis, type Witnesses, weigh } from '../../domain/proof.ts';
import type { Report } from '../../domain/result.ts';
import { cite, doubt, finding, UNREADABLE } from '../support/talks.ts';

const called_on = '2026-11-23';
const REPORT: Report = { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' };
const SAME: Analysis = { date: '2026-11-25', time: '16:00' };
const weighed = (report: Partial<Report> = {}, witnesses: Partial<Witnesses> = {}) =>
  weigh({ ...REPORT, ...report }, { finding: finding(), called_on, ...witnesses });
/** The level of the proof, or the codes of the doubts. */
const said = (...given: Parameters<typeof weighed>): string => {
  const found = weighed(...given);
  return found.carried ? found.proof.level : found.doubts.map(({ code }) => code).join(' ');
};

describe('the day and hour of an appointment', () => {
  it('may be today after the call, and up to the same day of the next year', () => {
    const today = { date: { ...cite('hoy', 3), values: [called_on] }, called_time: '15:59' };
    expect(said({ confirmed_date: called_on }, { finding: finding(today) })).toBe('stated');
    expect(said({ confirmed_date: called_on }, { finding: finding({ ...today, called_time: '16:00' }) })).toBe(
      'day_past',
    );
    expect(said({ confirmed_date: called_on }, { finding: finding({ ...today, called_time: '16:01' }) })).toBe(
      'day_past',
    );
    // The hour of a call on another day says nothing.
    expect(said({}, { finding: finding({ called_time: '18:00' }) })).toBe('stated');
    const next = (day: string) => said({ confirmed_date: day }, { finding: undefined });
    expect([next('2027-11-23'), next('2027-11-24')]).toEqual(['claimed', 'day_too_far']);
  });

  it('of a call on the 29th of February lie before the 1st of March of the next year', () => {
    const on = (confirmed_date: string) => said({ confirmed_date }, { finding: undefined, called_on: '2028-02-29' });
    expect([on('2029-02-28'), on('2029-03-01')]).toEqual(['claimed', 'day_too_far']);
  });

  it('are those of the report; where it lacks one, the words give it only if they name a single one', () => {
    const { confirmed_date: _, ...noDay } = REPORT;
    const { confirmed_time: __, ...noHour } = REPORT;
    const of = (report: Report, more: Parameters<typeof finding>[0] = {}) =>
      weigh(report, { finding: finding(more), called_on });
    expect(of(noDay)).toMatchObject({ carried: true, confirmed_date: '2026-11-25' });
    const twoDays = { date: { ...cite('el 25 o el 26', 3), values: ['2026-11-25', '2026-11-26'] } };
    expect(of(noDay, twoDays)).toMatchObject({ carried: false, doubts: [{ code: 'report_unclear' }] });
    const twoHours = { time: { ...cite('a las cuatro', 3), values: ['04:00', '16:00'] } };
    expect(of(noHour, twoHours)).toMatchObject({ carried: false, doubts: [{ code: 'report_unclear' }] });
    expect(weigh(noHour, { called_on })).toMatchObject({
      carried: false,
      doubts: [{ code: 'report_unclear', cites: [] }],
    });
    expect(weigh(noDay, { finding: UNREADABLE, called_on })).toMatchObject({ carried: false });
  });

  it('are taken from no words in a language that is not read', () => {
    expect(said({}, { finding: { ...UNREADABLE, date: { ...cite('x', 1), values: ['2026-11-26'] } } })).toBe('claimed');
  });

  it('with the half of the day open are the plausible one of the words, and none of other words', () => {
    const halves = (values: string[]) => ({ finding: finding({ time: { ...cite('a las cuatro', 3), values } }) });
    const open = { confirmed_time: '04:00', time_half_unknown: true } as const;
    expect(weighed(open, halves(['04:00', '16:00']))).toMatchObject({ carried: true, confirmed_time: '16:00' });
    expect(weighed(open, halves(['16:00', '04:00']))).toMatchObject({ carried: true, confirmed_time: '16:00' });
    expect(weighed({ ...open, confirmed_time: '07:00' }, halves(['19:00', '07:00']))).toMatchObject({ carried: true });
    expect(said(open, halves(['05:00', '17:00']))).toBe('report_unclear');
    expect(said(open, { finding: undefined })).toBe('report_unclear');
  });

  it('may be early in the morning only if the words say so plainly', () => {
    const hour = (confirmed_time: string, ...values: string[]) =>
      said({ confirmed_time }, { finding: finding({ time: { ...cite('x', 3), values } }) });
    expect(hour('06:00', '06:00')).toBe('stated');
    expect(hour('06:00', '06:00', '18:00')).toBe('other_hour');
    expect(hour('06:30', '06:30', '18:30')).toBe('stated');
    expect(hour('18:00', '06:00', '18:00')).toBe('stated');
    expect(hour('17:00', '06:00', '18:00')).toBe('other_hour');
  });

  it('have to be acceptable to the client', () => {
    const acceptable = { dates: [{ from: '2026-11-26', to: '2026-11-27' }] };
    expect(said({}, { acceptable })).toBe('not_acceptable');
  });
});

describe('the proof of an appointment', () => {
  it('cites day, hour and agreement as they were said', () => {
    const found = weighed();
    expect(found).toMatchObject({
      carried: true,
      proof: {
        level: 'stated',
        date: { value: '2026-11-25', text: 'el miércoles 25', turn: 3, role: 'business' },
        time: { value: '16:00', text: 'a las 16', turn: 3 },
        agreement: { text: 'quedó anotado' },
      },
    });
  });

  it('without words is a claim, or an analysis that names both day and hour', () => {
    const none = { finding: undefined };
    expect(weighed({}, none)).toMatchObject({ proof: { level: 'claimed', date: null, time: null, agreement: null } });
    expect(said({}, { ...none, analysis: SAME })).toBe('analyzed');
    expect(said({}, { ...none, analysis: { ...SAME, confirmed: true } })).toBe('analyzed');
    expect(said({}, { ...none, analysis: { date: SAME.date } })).toBe('claimed');
    expect(said({}, { ...none, analysis: { time: SAME.time } })).toBe('claimed');
    expect(said({}, { ...none, analysis: {} })).toBe('claimed');
  });

  it.each<[string, Analysis]>([
    ['another hour', { ...SAME, time: '17:00' }],
    ['another day', { ...SAME, date: '2026-11-26' }],
    ['another day alone', { date: '2026-11-26' }],
    ['another hour alone', { time: '17:00' }],
    ['no appointment', { ...SAME, confirmed: false }],
  ])('never stands against an analysis that has %s, whatever the words say', (_, analysis) => {
    expect(said({}, { analysis })).toBe('analysis_differs');
    expect(said({}, { analysis, finding: undefined })).toBe('analysis_differs');
    const open = finding({ doubts: [doubt('not_agreed')] });
    expect(said({}, { analysis, finding: open })).toBe('analysis_differs');
  });

  it.each(['date', 'time', 'agreement', 'level'] as const)(
    'in words lacks nothing: without its %s it is no proof',
    (part) => {
      const { [part]: _, ...rest } = finding();
      expect(said({}, { finding: rest })).toBe('not_agreed');
      expect(said({}, { finding: rest, analysis: SAME })).toBe('analyzed');
    },
  );

  it.each(['not_agreed', 'day_unclear', 'hour_unclear'] as const)(
    'may come from the analysis if the words leave it open: %s',
    (code) => {
      const open = finding({ doubts: [doubt(code)] });
      expect(said({}, { finding: open })).toBe(code);
      expect(said({}, { finding: open, analysis: SAME })).toBe('analyzed');
    },
  );

  it('is never an analysis where one of several doubts speaks against it', () => {
    const two = finding({ doubts: [doubt('not_agreed'), doubt('hedged')] });
    expect(said({}, { finding: two, analysis: SAME })).toBe('not_agreed hedged');
    const other = finding({ date: { ...cite('el jueves', 3), values: ['2026-11-26'] } });
    expect(said({}, { finding: other, analysis: SAME })).toBe('other_day');
  });

  it('that fails cites the words for the day and the hour', () => {
    const found = weighed({}, { analysis: { confirmed: false } });
    expect(found).toMatchObject({
      carried: false,
      doubts: [{ code: 'analysis_differs', cites: [{ text: 'el miércoles 25' }, { text: 'a las 16' }] }],
    });
    const past = weighed({ confirmed_date: '2026-11-22' });
    expect(past).toMatchObject({ doubts: [{ code: 'day_past', cites: [{ turn: 3 }, { turn: 3 }] }] });
    const other = weighed({ confirmed_date: '2026-11-26', confirmed_time: '17:00' });
    expect(other).toMatchObject({
      doubts: [
        { code: 'other_day', cites: [{ text: 'el miércoles 25' }] },
        { code: 'other_hour', cites: [{ text: 'a las 16' }] },
      ],
    });
  });
});
