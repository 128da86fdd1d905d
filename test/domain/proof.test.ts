import { describe, expect, it } from '@jest/globals';
import { weigh } from '../../domain/proof.ts';
import type { TalkFinding } from '../../domain/talk/types.ts';

const called_on = '2027-02-16';
const words = (text: string, turn: number) => ({ text, role: 'business' as const, turn, at_seconds: null });
const HEARD: TalkFinding = {
  called_on,
  called_time: '10:00',
  readable: true,
  date: { ...words('Thursday', 2), values: ['2027-02-18'] },
  time: { ...words('four', 2), values: ['16:00'] },
  agreement: words('booked', 2),
  level: 'stated',
  doubts: [],
};
const REPORT = { result: 'confirmed', confirmed_date: '2027-02-18', confirmed_time: '16:00' } as const;

const codesOf = (weighed: ReturnType<typeof weigh>): string[] =>
  weighed.carried ? [] : weighed.doubts.map(({ code }) => code);

describe('weighing a report against the talk', () => {
  it('carries what the talk gives, and says on which words', () => {
    const weighed = weigh(REPORT, { finding: HEARD, called_on });
    expect(weighed).toMatchObject({ carried: true, confirmed_date: '2027-02-18', confirmed_time: '16:00' });
    expect(weighed.carried && weighed.proof.level).toBe('stated');
    expect(weighed.carried && weighed.proof.date).toMatchObject({ value: '2027-02-18', text: 'Thursday', turn: 2 });
  });

  it.each([
    ['a past day', { ...REPORT, confirmed_date: '2027-02-15' }, 'day_past'],
    ['a past hour of the same day', { ...REPORT, confirmed_date: called_on, confirmed_time: '09:30' }, 'day_past'],
    ['a day more than a year away', { ...REPORT, confirmed_date: '2028-02-18' }, 'day_too_far'],
    ['a report that is not clear', { ...REPORT, unclear: ['confirmed_date'] }, 'report_unclear'],
    ['another day', { ...REPORT, confirmed_date: '2027-02-19' }, 'other_day'],
    ['another hour', { ...REPORT, confirmed_time: '17:00' }, 'other_hour'],
  ])('leaves %s to a person', (_, report, code) => {
    expect(codesOf(weigh(report as never, { finding: HEARD, called_on }))).toContain(code);
  });

  it('takes the hour from the words where the report tells none', () => {
    const { confirmed_time, ...report } = REPORT;
    expect(weigh(report, { finding: HEARD, called_on })).toMatchObject({ carried: true, confirmed_time: '16:00' });
  });

  it('takes the half of the day from the words where the report leaves it open', () => {
    const report = { ...REPORT, confirmed_time: '04:00', time_half_unknown: true };
    expect(weigh(report as never, { finding: HEARD, called_on })).toMatchObject({
      carried: true,
      confirmed_time: '16:00',
    });
  });

  const undecided: TalkFinding = { ...HEARD, doubts: [{ code: 'not_agreed', cites: [] }] };
  it.each([
    ['same', { date: '2027-02-18', time: '16:00' }, []],
    ['another day', { date: '2027-02-19', time: '16:00' }, ['analysis_differs']],
    ['says it is not confirmed', { confirmed: false }, ['analysis_differs']],
    ['says nothing', undefined, ['not_agreed']],
  ])('asks the provider’s analysis where the words do not decide: %s', (_, analysis, codes) => {
    const weighed = weigh(REPORT, { finding: undecided, analysis, called_on });
    expect(codesOf(weighed)).toEqual(codes);
    if (weighed.carried) expect(weighed.proof.level).toBe('analyzed');
  });

  it.each(['hedged', 'unconvincing'] as const)(
    'lets no analysis outweigh a doubt that speaks against it: %s',
    (code) => {
      const finding = { ...HEARD, doubts: [{ code, cites: [] }] };
      const analysis = { date: '2027-02-18', time: '16:00' };
      expect(codesOf(weigh(REPORT, { finding, analysis, called_on }))).toEqual([code]);
    },
  );

  it('says what the words say against it before the analysis, which says so too', () => {
    const finding = { ...HEARD, doubts: [{ code: 'hedged' as const, cites: [] }] };
    const analysis = { confirmed: false };
    expect(codesOf(weigh(REPORT, { finding, analysis, called_on }))).toEqual(['hedged', 'analysis_differs']);
  });

  it('calls a report without a transcript claimed', () => {
    const weighed = weigh(REPORT, { called_on });
    expect(weighed.carried && weighed.proof).toMatchObject({ level: 'claimed', date: null, agreement: null });
  });
});
