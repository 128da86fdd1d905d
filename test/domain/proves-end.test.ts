import { expect, it } from '@jest/globals';
import { CALL_STATUSES, type ConversationStatus, type Evidence } from '../../domain/evidence.ts';
import { provesEnd } from '../../domain/proves-end.ts';

const AT = { call_id: 'bk_x.1', at: '2026-11-30T12:00:00.000Z', id: 'x' };
const status = (one: (typeof CALL_STATUSES)[number]): Evidence => ({
  ...AT,
  kind: 'call_status',
  source: 'callback',
  call_sid: 'CA',
  status: one,
});
const conversation = (one: ConversationStatus): Evidence => ({
  ...AT,
  kind: 'conversation',
  source: 'post_call',
  conversation_id: 'conv',
  status: one,
});

it('is the end of the call on every channel', () => {
  for (const channel of ['native', 'registered', 'bridge'] as const)
    expect(CALL_STATUSES.filter((one) => provesEnd(status(one), channel))).toEqual([
      'completed',
      'busy',
      'failed',
      'no-answer',
      'canceled',
    ]);
});

it('is the end of the conversation where there is only one', () => {
  const all: ConversationStatus[] = ['initiated', 'in-progress', 'processing', 'done', 'failed'];
  expect(all.filter((one) => provesEnd(conversation(one), 'native'))).toEqual(['processing', 'done', 'failed']);
  for (const channel of ['registered', 'bridge'] as const)
    expect(all.filter((one) => provesEnd(conversation(one), channel))).toEqual([]);
});

it('is no report and no event of the bridge', () => {
  const report: Evidence = { ...AT, kind: 'report', source: 'tool', report: { result: 'declined' } };
  const ended: Evidence = { ...AT, kind: 'bridge', event: 'talk_ended' };
  expect([report, ended].filter((one) => provesEnd(one, 'native'))).toEqual([]);
});
