import { describe, expect, it } from '@jest/globals';
import { heardIn } from '../../console/booking/heard.ts';
import type { StoredEvent } from '../../console/booking/story.ts';
import type { Report } from '../../domain/result.ts';
import type { TalkFinding } from '../../domain/talk/types.ts';
import { finding, read, UNREADABLE } from '../support/talks.ts';

const BASE = { call_id: 'bk_heard0000000.1', at: '2026-11-25T12:00:00.000Z' };
const REPORT: Report = { result: 'confirmed', confirmed_date: '2026-11-26', confirmed_time: '16:00' };

const reported = (report: Report): StoredEvent['event'] => ({
  type: 'evidence',
  at: BASE.at,
  evidence: { ...BASE, id: 'r', kind: 'report', source: 'tool', report },
});
const spoken = (talk: TalkFinding): StoredEvent['event'] => ({
  type: 'evidence',
  at: BASE.at,
  evidence: { ...BASE, id: 'b', kind: 'bridge', event: 'talk_ended', transcript: read(talk) },
});
const heard = (...events: StoredEvent['event'][]) => heardIn(events.map((event, seq) => ({ seq, event })));
const at = (...values: string[]) => finding({ time: { ...finding().time!, values } });

describe('the appointment that a booking’s evidence speaks of', () => {
  it('is the talk’s, not the report’s', () => {
    expect(heard(reported(REPORT), spoken(finding()))).toEqual({ date: '2026-11-25', time: '16:00', reported: REPORT });
  });

  it('is at the hour of the report where the words may mean it, and at none where they may mean several others', () => {
    expect(heard(reported(REPORT), spoken(at('04:00', '16:00'))).time).toBe('16:00');
    expect(heard(reported(REPORT), spoken(at('05:00', '17:00'))).time).toBeUndefined();
  });

  it('is not known where nobody spoke of one: what only the agent says is not taken over', () => {
    const { date, time, ...talk } = finding();
    for (const events of [[], [spoken(UNREADABLE)], [spoken(talk)]]) {
      expect(heard(reported(REPORT), ...events)).toEqual({ date: undefined, time: undefined, reported: REPORT });
    }
  });

  it('is what the latest evidence says; a report of something else tells none', () => {
    const later = finding({ date: { ...finding().date!, values: ['2026-12-02'] } });
    expect(heard(spoken(finding()), spoken(later), reported({ result: 'declined' }))).toEqual({
      date: '2026-12-02',
      time: '16:00',
      reported: undefined,
    });
  });
});
