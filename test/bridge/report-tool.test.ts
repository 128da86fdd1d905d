import { afterEach, describe, expect, it } from '@jest/globals';
import type { BridgeDeps } from '../../bridge/context.ts';
import { attemptOf, snapshotOf } from '../records/samples.ts';
import { House } from './support/house.ts';
import { BOOKING, CALL, order } from './support/order.ts';

let house: House;
const open = async (changes: Partial<Omit<BridgeDeps, 'records'>> = {}): Promise<House> => {
  house = await House.open(changes);
  return house;
};
afterEach(() => house.close());

const good = {
  booking_id: BOOKING,
  call_id: CALL,
  conversation_id: 'conv_1',
  result: 'confirmed',
  confirmed_date: '2026-11-25',
  confirmed_time: '16:00',
  notes: 'con la Dra. Pérez',
};
const reports = () => house.reports.filter((one) => one.kind === 'report');

describe('report_result over the socket', () => {
  it('is reported and answered as the agent expects it', async () => {
    const { agents } = await open();
    await house.phone();
    await house.event('stream_started');
    const answer = await (await agents.agent()).tool('report_result', good, 'tool_9');
    expect(answer).toEqual({
      type: 'client_tool_result',
      tool_call_id: 'tool_9',
      result: '{"accepted":true}',
      is_error: false,
    });
    expect(reports()).toEqual([
      {
        id: `report:${CALL}:conv_1:tool_9`,
        call_id: CALL,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        kind: 'report',
        source: 'socket',
        conversation_id: 'conv_1',
        report: {
          result: 'confirmed',
          confirmed_date: '2026-11-25',
          confirmed_time: '16:00',
          notes: 'con la Dra. Pérez',
        },
      },
    ]);
  });

  it('needs no ids: the socket is the call', async () => {
    const { agents } = await open();
    await house.phone();
    const agent = await agents.agent();
    const answer = await agent.tool('report_result', { result: 'declined', confirmed_date: '', notes: null });
    expect(answer.is_error).toBe(false);
    expect(reports()).toMatchObject([{ report: { result: 'declined' } }]);
  });

  it.each<[string, unknown]>([
    ['JSON text', JSON.stringify(good)],
    ['JSON text in JSON text', JSON.stringify(JSON.stringify(good))],
    ['ids that nobody filled in', { ...good, booking_id: '{{booking_id}}', call_id: '{{call_id}}' }],
    ['ids that were made up', { ...good, booking_id: 12, call_id: 'call_123' }],
    ['a call id that was made up well', { ...good, booking_id: undefined, call_id: 'bk_made0up.1' }],
    ['ids that were made up well', { ...good, booking_id: 'bk_made0up', call_id: 'bk_made0up.1' }],
    ['the id of a call that the booking never made', { ...good, call_id: `${BOOKING}.2` }],
    ['a booking id that was made up', { ...good, booking_id: 'bk_other1' }],
    ['ids of which one is another booking’s', { ...good, call_id: 'bk_other1.1' }],
    ['another spelling', { ...good, result: ' Confirmed', confirmed_date: '2026‑11‑25', confirmed_time: '4:00 PM' }],
  ])('is read from %s', async (_, parameters) => {
    const { agents } = await open();
    await house.phone();
    await house.event('stream_started');
    const answer = await (await agents.agent()).tool('report_result', parameters);
    expect(answer).toMatchObject({ is_error: false, result: '{"accepted":true}' });
    expect(reports()).toMatchObject([
      {
        call_id: CALL,
        report: {
          result: 'confirmed',
          confirmed_date: '2026-11-25',
          confirmed_time: '16:00',
          notes: 'con la Dra. Pérez',
        },
      },
    ]);
  });

  it('that is not clear is taken as it was said, and the agent hears what it can put right', async () => {
    const { agents } = await open();
    await house.phone();
    const agent = await agents.agent();
    const said = { confirmed_date: '2026-02-30', confirmed_time: 'a las cuatro' };
    const answer = await agent.tool('report_result', { ...good, ...said });
    expect(answer.is_error).toBe(false);
    expect(JSON.parse(answer.result as string)).toEqual({
      accepted: true,
      unclear: [
        { field: 'confirmed_date', message: expect.stringContaining('YYYY-MM-DD') },
        { field: 'confirmed_time', message: expect.stringContaining('HH:MM') },
      ],
    });
    expect(reports()).toMatchObject([
      { report: { result: 'confirmed', unclear: ['confirmed_date', 'confirmed_time'], said } },
    ]);
    expect(reports()[0]).not.toHaveProperty('report.confirmed_date');
  });

  it.each<[string, unknown]>([
    ['N/A for a day', { result: 'do_not_call', confirmed_date: 'N/A' }],
    ['a list of notes', { result: 'DO_NOT_CALL', notes: ['they were angry'] }],
    ['the id of another call', { result: 'do_not_call', call_id: `${BOOKING}.2`, booking_id: 'bk_other1' }],
  ])('never to call again is heard with %s', async (_, parameters) => {
    const { agents } = await open();
    await house.phone();
    const answer = await (await agents.agent()).tool('report_result', parameters);
    expect(answer.is_error).toBe(false);
    expect(reports()).toMatchObject([{ call_id: CALL, report: { result: 'do_not_call' } }]);
  });

  it.each<[string, unknown, string]>([
    ['an unknown result', { ...good, result: 'maybe' }, 'result'],
    ['no result', { ...good, result: undefined }, 'result'],
    ['parameters that are no object', 'confirmed', 'result'],
    ['no parameters', null, 'result'],
  ])('with %s is refused, naming the field', async (_, parameters, field) => {
    const { agents } = await open();
    await house.phone();
    const answer = await (await agents.agent()).tool('report_result', parameters);
    expect(answer.is_error).toBe(true);
    expect(answer.result).toMatch(new RegExp(`^${field}: `));
    expect(reports()).toEqual([]);
    expect(house.bridge.counters().reports_refused).toBe(1);
  });

  it.each<[string, object]>([
    ['with the booking that made it', { ...good, call_id: `${BOOKING}.2` }],
    ['alone', { ...good, booking_id: undefined, call_id: `${BOOKING}.2` }],
  ])('that names another call of ours is refused: %s', async (_, parameters) => {
    const { agents, records } = await open();
    const attempts = [attemptOf(BOOKING), attemptOf(BOOKING, 2)];
    await records.saveSnapshot(snapshotOf(order(), 1, [], { attempts }));
    await house.phone();
    const answer = await (await agents.agent()).tool('report_result', parameters);
    expect(answer).toMatchObject({ is_error: true, result: expect.stringMatching(/^call_id: /) });
    expect(reports()).toEqual([]);
    expect(house.bridge.counters().reports_refused).toBe(1);
  });

  it('is to be tried again when Temporal is out of reach, and then goes through', async () => {
    const { agents } = await open();
    await house.phone();
    await house.event('stream_started');
    const agent = await agents.agent();
    house.accept = async () => {
      throw new Error('unavailable');
    };
    const first = await agent.tool('report_result', good, 'tool_1');
    expect(first.is_error).toBe(true);
    expect(first.result).toContain('again');
    house.accept = async () => ({ accepted: true });
    expect((await agent.tool('report_result', good, 'tool_2')).is_error).toBe(false);
    expect(reports()).toHaveLength(1);
  });

  it('is to be tried again when the workflow takes too long', async () => {
    const { agents } = await open({ limits: { toolMs: 30 } });
    await house.phone();
    await house.event('stream_started');
    house.accept = () => new Promise(() => {});
    const answer = await (await agents.agent()).tool('report_result', good);
    house.accept = async () => ({ accepted: true });
    expect(answer).toMatchObject({ is_error: true, result: expect.stringContaining('again') });
  });

  it("passes on the workflow's own refusal", async () => {
    const { agents } = await open();
    await house.phone();
    await house.event('stream_started');
    house.accept = async () => ({ accepted: false, error: 'this booking is unknown' });
    const answer = await (await agents.agent()).tool('report_result', good);
    expect(answer).toMatchObject({ is_error: true, result: 'this booking is unknown' });
  });

  it('is the only tool there is', async () => {
    const { agents } = await open();
    await house.phone();
    const answer = await (await agents.agent()).tool('transfer_money', { to: 'me' });
    expect(answer).toMatchObject({ is_error: true, result: expect.stringContaining('transfer_money') });
  });
});
