import { describe, expect, it } from '@jest/globals';
import { storyOf } from '../../console/booking/story.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { AttemptStatus, BookingEvent } from '../../domain/view.ts';
import { attempt } from '../api/support.ts';

const AT = '2026-11-25T12:00:00.000Z';
const numbered = (events: BookingEvent[]) => events.map((event, n) => ({ seq: n + 1, event }));
const tried = (n: number, status: AttemptStatus): BookingEvent => ({
  type: 'attempt',
  at: AT,
  attempt: attempt(`bk_story0000.${n}`, { status, attempt: n }),
});
const found = (n: number): BookingEvent => {
  const evidence = {
    kind: 'call_status',
    source: 'poll',
    id: `e${n}`,
    call_id: `bk_story0000.${n}`,
    at: AT,
  } as Evidence;
  return { type: 'evidence', at: AT, evidence };
};
const waits = (until?: string): BookingEvent => ({
  type: 'status',
  at: AT,
  status: 'in_progress',
  channel: 'bridge',
  waiting_for: 'redial_delay',
  after_attempts: 1,
  until,
});

describe('the story of a booking', () => {
  it('has a chapter for each attempt, with its evidence in the order it came, late evidence too', () => {
    const { chapters } = storyOf(
      numbered([tried(1, 'ringing'), found(1), tried(1, 'busy'), tried(2, 'ringing'), found(1)]),
    );
    expect(chapters.map((chapter) => chapter.kind === 'attempt' && chapter.call_id)).toEqual([
      'bk_story0000.1',
      'bk_story0000.2',
    ]);
    const [first] = chapters;
    expect(
      first?.kind === 'attempt' && first.lines.map((line) => ('status' in line ? line.status : line.evidence.id)),
    ).toEqual(['ringing', 'e1', 'busy', 'e1']);
  });

  it('tells a state once, however often it is reported', () => {
    const { chapters } = storyOf(numbered([tried(1, 'ringing'), tried(1, 'ringing'), tried(1, 'in_progress')]));
    expect(chapters[0]?.kind === 'attempt' && chapters[0].lines).toHaveLength(2);
  });

  it('makes one wait of one that is only put off, and ends it with what follows', () => {
    const { chapters } = storyOf(numbered([tried(1, 'busy'), waits('12:01'), waits('12:02')]));
    expect(chapters[1]).toMatchObject({ kind: 'wait', until: '12:02', over: false });
    const later = storyOf(numbered([tried(1, 'busy'), waits(), tried(2, 'dialing'), waits()])).chapters;
    expect(later.map((chapter) => chapter.kind)).toEqual(['attempt', 'wait', 'attempt', 'wait']);
    expect(later[1]).toMatchObject({ over: true });
    expect(later[3]).toMatchObject({ over: false });
  });

  it('keeps what was said apart by attempt, and knows who speaks now', () => {
    const said = (n: number, message: string): BookingEvent => ({
      type: 'turn',
      at: AT,
      call_id: `bk_story0000.${n}`,
      role: 'agent',
      message,
      at_seconds: 0,
    });
    const { turns, speaking } = storyOf(numbered([said(1, 'a'), said(1, 'b'), said(2, 'c')]));
    expect(turns.get('bk_story0000.1')?.map(({ message }) => message)).toEqual(['a', 'b']);
    expect(speaking).toBe('bk_story0000.2');
  });

  it('is told of evidence whose attempt is not known yet', () => {
    const { chapters } = storyOf(numbered([found(3), tried(3, 'ringing')]));
    expect(chapters).toHaveLength(1);
    expect(chapters[0]).toMatchObject({ call_id: 'bk_story0000.3', attempt: { status: 'ringing' } });
  });
});
