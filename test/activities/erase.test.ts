import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createActivities } from '../../activities/index.ts';
import type { ErasureActivities } from '../../activities/interface.ts';
import { iso } from '../../domain/iso.ts';
import type { Outcome } from '../../domain/result.ts';
import { keepRecording } from '../../records/keep-recording.ts';
import { BOOKING, order } from '../providers/samples.ts';
import { attemptOf, newId, orderOf, snapshotOf } from '../records/samples.ts';
import { down, elevenlabs, environment, START, twilio, type World, world } from './world.ts';

const outcome: Outcome = {
  result: 'declined',
  channel: 'native',
  simulated: false,
  confirmed_date: null,
  confirmed_time: null,
  notes: null,
  evidence: [],
  proof: null,
  offers: [],
  callback_at: null,
};
const DAY = 86_400_000;

let here: World;
/** What was asked of the outside, in order. */
let asked: string[];
let runsLeft: number[];
let listed: string[];

beforeEach(async () => {
  asked = [];
  runsLeft = [];
  listed = [];
  here = await world({
    twilio: twilio({ eraseCall: async (sid) => void asked.push(`call ${sid}`) }),
    elevenlabs: elevenlabs({
      conversationIdsOf: async () => listed,
      eraseConversation: async (id) => void asked.push(`conversation ${id}`),
    }),
    forgetRuns: async (ids) => {
      asked.push(`runs ${ids.join(' ')}`);
      return runsLeft.shift() ?? 0;
    },
  });
  const attempts = [1, 2].map((n) => attemptOf(BOOKING, n, { call_sid: `CA${n}`, conversation_id: `conv_${n}` }));
  await here.deps.records.saveSnapshot(snapshotOf(order(), 1, [], { status: 'completed', outcome, attempts }));
});
afterEach(() => here.end());

const run = <N extends keyof ErasureActivities>(
  name: N,
  input: Parameters<ErasureActivities[N]>[0],
  attempt = 1,
): ReturnType<ErasureActivities[N]> => {
  const activity = createActivities(here.deps)[name] as (given: unknown) => Promise<void>;
  return environment({ attempt }).run(activity, input) as ReturnType<ErasureActivities[N]>;
};
const begin = () => here.deps.records.beginErasure(BOOKING, { at: iso(START) });
const put = (path: string) => here.deps.artifacts.put(path, 'Mauro');

describe('forgetting a booking', () => {
  it('deletes its runs, then its rows, then its files; no other booking’s', async () => {
    await put(`recordings/${BOOKING}.1/a.mp3`);
    await put(`webhooks/${BOOKING}.2/b.json`);
    await put(`webhooks/${BOOKING}.22/c.json`);
    await begin();
    await run('forgetBooking', { booking_id: BOOKING });
    expect(asked).toEqual([`runs ${BOOKING} msg_${BOOKING}_final msg_${BOOKING}.1_failed msg_${BOOKING}.2_failed`]);
    expect((await here.deps.records.tracesLeft(BOOKING)).traces).toHaveLength(4);
    expect(await here.deps.artifacts.list('recordings')).toEqual([]);
    expect((await here.deps.artifacts.list('webhooks')).map(({ name }) => name)).toEqual([`${BOOKING}.22`]);
  });

  it('waits until Temporal has deleted them: whoever runs might still write', async () => {
    runsLeft = [3];
    await put(`recordings/${BOOKING}.1/a.mp3`);
    await begin();
    await expect(run('forgetBooking', { booking_id: BOOKING })).rejects.toMatchObject({ type: 'NotYet' });
    expect((await here.deps.records.tracesLeft(BOOKING)).traces).toEqual([]);
    expect(await here.deps.artifacts.list('recordings')).toHaveLength(1);
    await run('forgetBooking', { booking_id: BOOKING });
    expect(await here.deps.artifacts.list('recordings')).toEqual([]);
  });

  it('goes on where it was cut off: files are removed though the rows are gone', async () => {
    await begin();
    await here.deps.records.forgetBooking(BOOKING);
    await put(`recordings/${BOOKING}.2/a.mp3`);
    await run('forgetBooking', { booking_id: BOOKING });
    expect(await here.deps.artifacts.list('recordings')).toEqual([]);
  });
});

describe('erasing at the providers', () => {
  const forgotten = async (): Promise<void> => {
    await begin();
    await here.deps.records.forgetBooking(BOOKING);
  };
  const erase = (attempt = 1) => run('eraseAtProviders', { booking_id: BOOKING }, attempt);
  const left = async () => (await here.deps.records.tracesLeft(BOOKING)).traces.map((each) => each.provider_id);

  it('deletes every call and conversation, also those that only the provider knows of', async () => {
    await forgotten();
    listed = ['conv_2', 'conv_lost'];
    await erase();
    expect(asked).toEqual([
      'call CA1',
      'call CA2',
      'conversation conv_1',
      'conversation conv_2',
      'conversation conv_lost',
    ]);
    expect(await left()).toEqual([]);
    expect(await here.deps.records.isErased({ conversation_id: 'conv_lost' })).toBe(true);
  });

  it('does what it can when one of them is out of reach, and asks again for the rest alone', async () => {
    await forgotten();
    const { eraseCall } = here.deps.twilio!;
    here.deps.twilio!.eraseCall = down;
    await expect(erase()).rejects.toMatchObject({ type: 'NotErased' });
    expect(await left()).toEqual(['CA1', 'CA2']);
    here.deps.twilio!.eraseCall = eraseCall;
    asked = [];
    await erase();
    expect(asked).toEqual(['call CA1', 'call CA2']);
    expect(await left()).toEqual([]);
  });

  it('is not done before ElevenLabs has said what it has', async () => {
    await forgotten();
    here.deps.elevenlabs!.conversationIdsOf = down;
    await expect(erase()).rejects.toMatchObject({ type: 'NotErased' });
    expect(await left()).toEqual([]);
  });

  it('needs the account that holds them: without it nothing counts as erased', async () => {
    await forgotten();
    delete here.deps.twilio;
    await expect(erase()).rejects.toThrow('Twilio is not configured; give the credentials');
    expect(await left()).toEqual(['CA1', 'CA2']);
  });

  it.each([
    [11, 0],
    [12, 1],
    [13, 0],
    [36, 1],
  ])('after try %i in vain operators are told %i times', async (attempt, times) => {
    await forgotten();
    here.deps.twilio!.eraseCall = down;
    await expect(erase(attempt)).rejects.toThrow();
    expect(here.logged.filter(({ level }) => level === 'error')).toHaveLength(times);
  });
});

describe('what goes by age', () => {
  const records = () => here.deps.records;
  const endedAt = async (ms: number): Promise<string> => {
    const made = orderOf(newId());
    await records().acceptBooking({ order: made, owner: 'owner' });
    await records().saveSnapshot(snapshotOf(made, 1, [], { status: 'completed', outcome, updated_at: iso(ms) }));
    return made.id;
  };
  const due = (retention_days: number | null, limit = 100) => run('beginDueErasures', { retention_days, limit });

  it('are bookings that have been final for longer than the setting says; their erasure is begun', async () => {
    const old = await endedAt(START - 31 * DAY);
    const fresh = await endedAt(START - 29 * DAY);
    expect(await due(30)).toContain(old);
    expect(await records().erasure(old)).toMatchObject({ requested_at: iso(START), erased_at: null });
    expect(await records().erasure(fresh)).toBeUndefined();
    expect(await due(30)).toEqual([]);
  });

  it('are none without the setting', async () => {
    await endedAt(START - 1_000 * DAY);
    expect(await due(null)).toEqual([]);
  });

  it('are none while dialing is held: the providers’ calls belong to the original of a copy', async () => {
    const old = await endedAt(START - 31 * DAY);
    await records().holdDialing({ why: 'a copy', held_at: iso(START) });
    expect(await due(30)).toEqual([]);
    await records().resumeDialing(iso(START));
    expect(await due(30)).toContain(old);
  });

  it('are no more at once than is asked for, the oldest first', async () => {
    for (let n = 0; n < 5; n++) await endedAt(START - 40 * DAY);
    expect(await due(30, 3)).toHaveLength(3);
    expect(await due(30, 3)).toHaveLength(2);
  });

  it('are, with or without it, erasures whose start was lost', async () => {
    await begin();
    expect(await due(null)).toEqual([]);
    await here.clock.sleep(601_000);
    expect(await due(null)).toEqual([BOOKING]);
  });

  it('are files that no booking knows, once they are a day old', async () => {
    await put('recordings/bk_nobody00001.1/a.mp3');
    await put('webhooks/bk_nobody00001.2/b.json');
    await put(`recordings/${BOOKING}.1/a.mp3`);
    await put('recordings/not-a-call/a.mp3');
    const names = async () =>
      [...(await here.deps.artifacts.list('recordings')), ...(await here.deps.artifacts.list('webhooks'))].map(
        ({ name }) => name,
      );
    // The files are as old as the machine's clock says, so the activity's is set by it.
    const now = Date.now();
    here.deps.clock = { ...here.clock, now: () => now + DAY - 60_000 };
    await run('tidyUp', undefined as never);
    expect(await names()).toHaveLength(4);
    here.deps.clock = { ...here.clock, now: () => now + DAY + 60_000 };
    await run('tidyUp', undefined as never);
    expect((await names()).sort()).toEqual([`${BOOKING}.1`, 'not-a-call'].sort());
  });
});

describe('a recording that arrives while its booking is erased', () => {
  it('is not left behind', async () => {
    await begin();
    await here.deps.records.forgetBooking(BOOKING);
    const recording = { call_id: `${BOOKING}.1`, path: `recordings/${BOOKING}.1/a.mp3`, content_type: 'audio/mpeg' };
    await expect(keepRecording(here.deps, { ...recording, content: Buffer.from('Mauro') })).rejects.toThrow(
      'there is no booking',
    );
    expect(await here.deps.artifacts.list(`recordings/${BOOKING}.1`)).toEqual([]);
  });

  it('is not left behind by a simulation that is being given a voice', async () => {
    const said = { agent_turns: 1, business_turns: 1, business_turns_after_greeting: 1 };
    here.deps.elevenlabs = elevenlabs({
      agentTest: async () => ({ turns: [{ role: 'agent', message: 'Hola, Mauro.', at_seconds: 0 }], digest: said }),
      dialogue: async () => {
        await begin();
        await run('forgetBooking', { booking_id: BOOKING });
        return { content: Buffer.from('Mauro'), content_type: 'audio/mpeg' };
      },
    });
    await environment().run(createActivities(here.deps).simulate, { order: order(), call_id: `${BOOKING}.1` });
    expect(await here.deps.artifacts.list(`recordings/${BOOKING}.1`)).toEqual([]);
  });
});
