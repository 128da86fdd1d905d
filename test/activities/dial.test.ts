import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createActivities } from '../../activities/index.ts';
import type { DialResult } from '../../domain/evidence.ts';
import { createElevenLabs } from '../../providers/elevenlabs/agents.ts';
import { createTwilioVoice } from '../../providers/twilio/voice.ts';
import { BOOKING, CALL, CALL_SID, PHONE } from '../providers/samples.ts';
import { type WebServer, webServer } from '../providers/web-server.ts';
import { dialInput, elevenlabs, environment, LINE, START, twilio, WHOLE_DAY, type World, world } from './world.ts';

let here: World;
let server: WebServer | undefined;

beforeEach(async () => {
  here = await world();
});
afterEach(async () => {
  await here.end();
  await server?.close();
  server = undefined;
});

const dial = (input = dialInput(), env = environment()): Promise<DialResult> =>
  env.run(createActivities(here.deps).dial, input);

describe('a native dial', () => {
  it('goes to ElevenLabs once, beats at once, and ties the ids to the attempt', async () => {
    server = await webServer(({ request, json }) =>
      request.method === 'POST'
        ? json(200, { success: true, message: 'ok', conversation_id: 'conv_1', callSid: CALL_SID })
        : json(404, {}),
    );
    here.deps.elevenlabs = createElevenLabs({ apiKey: 'k', agentId: 'a', phoneNumberId: 'p', apiBaseUrl: server.url });
    const env = environment();
    const beats: unknown[] = [];
    env.on('heartbeat', (details: unknown) => beats.push(details));
    expect(await dial(dialInput(), env)).toEqual({ proves: 'accepted', call_sid: CALL_SID, conversation_id: 'conv_1' });
    expect(server.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(beats.length).toBeGreaterThan(0);
    expect(await here.deps.records.findAttempt({ call_sid: CALL_SID })).toBe(CALL);
    expect(await here.deps.records.findAttempt({ conversation_id: 'conv_1' })).toBe(CALL);
  });

  it('whose answer is lost ties what ids it had', async () => {
    const result: DialResult = { proves: 'unknown', problem: { code: 'x', message: 'y' }, conversation_id: 'conv_1' };
    here.deps.elevenlabs = elevenlabs({ dial: async () => result });
    expect(await dial()).toEqual(result);
    expect(await here.deps.records.findAttempt({ conversation_id: 'conv_1' })).toBe(CALL);
  });

  it('is answered even when its ids cannot be recorded', async () => {
    here.deps.elevenlabs = elevenlabs({
      dial: async () => {
        await here.deps.records.close();
        return { proves: 'accepted', call_sid: CALL_SID };
      },
    });
    expect(await dial()).toEqual({ proves: 'accepted', call_sid: CALL_SID });
    expect(here.logged.map(({ level }) => level)).toEqual(['warn']);
  });

  it('that is cancelled on its way still brings back its answer', async () => {
    const env = environment();
    here.deps.elevenlabs = elevenlabs({
      dial: async () => {
        env.cancel();
        return { proves: 'accepted', call_sid: CALL_SID };
      },
    });
    expect(await dial(dialInput(), env)).toEqual({ proves: 'accepted', call_sid: CALL_SID });
  });

  it('stays when its process is about to end, also when that begins while it is looked at', async () => {
    let stopping = false;
    here.deps.stopping = () => stopping;
    here.deps.stillWanted = async () => {
      stopping = true;
      return true;
    };
    here.deps.elevenlabs = elevenlabs();
    expect(await dial()).toMatchObject({ proves: 'deferred', problem: { code: 'stopping' } });
  });

  it('without ElevenLabs refuses the channel', async () => {
    expect(await dial()).toMatchObject({ proves: 'channel_refused', problem: { code: 'not_configured' } });
  });
});

describe('a bridged dial', () => {
  it('goes to Twilio once', async () => {
    server = await webServer(({ json }) => json(201, { sid: CALL_SID, status: 'queued' }));
    here.deps.twilio = createTwilioVoice({
      accountSid: `AC${'0'.repeat(32)}`,
      authToken: 't',
      from: '+15005550006',
      publicUrl: 'https://vocero.example',
      apiBaseUrl: server.url,
    });
    const bridge = { id: 'bridge-1', url: 'wss://vocero.example', live: 0, draining: false, calls: [] };
    await here.deps.records.beatBridge({ ...bridge, now: new Date(START).toISOString() });
    const result = await environment().run(createActivities(here.deps).dial, dialInput({ channel: 'bridge' }));
    expect(result).toEqual({ proves: 'accepted', call_sid: CALL_SID });
    expect(server.seen).toHaveLength(1);
    expect(await here.deps.records.findAttempt({ call_sid: CALL_SID })).toBe(CALL);
  });

  it('is put off while no bridge process could take the call: nobody shall pick up to silence', async () => {
    here.deps.twilio = twilio();
    const dialed = () => environment().run(createActivities(here.deps).dial, dialInput({ channel: 'bridge' }));
    const putOff = { proves: 'deferred', retry_after_ms: 30_000, problem: { code: 'no_bridge' } };
    expect(await dialed()).toMatchObject(putOff);
    const bridge = { id: 'bridge-1', url: 'wss://vocero.example', live: 0, draining: true, calls: [] };
    await here.deps.records.beatBridge({ ...bridge, now: new Date(START).toISOString() });
    expect(await dialed()).toMatchObject(putOff);
  });

  it('without Twilio refuses the channel', async () => {
    const result = await environment().run(createActivities(here.deps).dial, dialInput({ channel: 'bridge' }));
    expect(result).toMatchObject({ proves: 'channel_refused' });
  });
});

describe('the last look before a dial', () => {
  // Unscripted providers fail the test when they are dialed.
  beforeEach(() => {
    here.deps.elevenlabs = elevenlabs();
    here.deps.twilio = twilio();
  });

  it('skips a number that asked not to be called, as soon as the activity put it on the list', async () => {
    const activities = createActivities(here.deps);
    await environment().run(activities.forbidNumber, { booking_id: BOOKING, call_id: `${BOOKING}.1`, phone: PHONE });
    expect(await dial()).toEqual({ proves: 'skipped', reason: 'do_not_call' });
    expect(await environment().run(activities.dial, dialInput({ channel: 'bridge' }))).toEqual({
      proves: 'skipped',
      reason: 'do_not_call',
    });
    expect(await here.deps.records.forbidden(new Date().toISOString())).toMatchObject([
      { phone_hash: `hash-of-${PHONE}`, phone_masked: '+54…34' },
    ]);
  });

  it('skips a number that asked not to be called in another way to write it, as this version or an earlier one put it down', async () => {
    const other = PHONE.replace('+54', '+549');
    await environment().run(createActivities(here.deps).forbidNumber, {
      booking_id: BOOKING,
      call_id: `${BOOKING}.1`,
      phone: other,
    });
    expect(await dial()).toEqual({ proves: 'skipped', reason: 'do_not_call' });
    const [entry] = await here.deps.records.forbidden(new Date().toISOString());
    await here.deps.records.allowNumber(entry!.phone_hash);
    await here.deps.records.forbidNumber({ ...entry!, phone_hash: `hash-of-${other}` });
    expect(await dial()).toEqual({ proves: 'skipped', reason: 'do_not_call' });
  });

  it('skips outside the calling window of the callee, and without a zone', async () => {
    // 15:00 UTC is noon in Buenos Aires.
    const afternoon = { from: 13 * 60, to: 20 * 60 };
    here.deps.callingWindow = afternoon;
    const skipped = { proves: 'skipped', reason: 'outside_window' };
    expect(await dial()).toEqual({ ...skipped, calling_window: afternoon });
    await here.end();
    here = await world({ elevenlabs: elevenlabs() }, { zones: [] });
    expect(await dial()).toMatchObject(skipped);
  });

  it('skips when the window closed, or the number asked not to be called, while the dial waited its turn', async () => {
    const input = dialInput({ not_after: new Date(START + 3_600_000).toISOString() });
    here.deps.callingWindow = { from: 0, to: 12 * 60 + 10 };
    // Five minutes in the provider's queue are fine, ten are too many.
    await here.clock.sleep(5 * 60_000);
    here.deps.elevenlabs = elevenlabs({ dial: async () => ({ proves: 'accepted', call_sid: CALL_SID }) });
    expect(await dial(input)).toMatchObject({ proves: 'accepted' });
    here.deps.elevenlabs = elevenlabs();
    await here.clock.sleep(5 * 60_000);
    const again = { ...input, call_id: `${BOOKING}.2`, known: [1, 2] };
    expect(await dial(again)).toMatchObject({ proves: 'skipped', reason: 'outside_window' });

    const { forbidNumber } = createActivities(here.deps);
    await environment().run(forbidNumber, { booking_id: BOOKING, call_id: `${BOOKING}.1`, phone: PHONE });
    here.deps.callingWindow = WHOLE_DAY;
    expect(await dial(again)).toEqual({ proves: 'skipped', reason: 'do_not_call' });
  });

  it('skips outside the business’s hours, on its holidays, before not_before and from not_after on', async () => {
    const skipped = { proves: 'skipped', reason: 'outside_window' };
    const dialed = async (wish: Parameters<typeof world>[1], more: Parameters<typeof world>[0] = {}) => {
      await here.end();
      here = await world(
        { elevenlabs: elevenlabs({ dial: async () => ({ proves: 'accepted', call_sid: CALL_SID }) }), ...more },
        wish,
      );
      return dial();
    };
    // A Monday, noon.
    const open = (from: string, to: string) => ({
      business: { name: 'Clínica', phone: PHONE, opening_hours: [{ days: ['mon' as const], from, to }] },
    });
    expect(await dialed(open('12:01', '13:00'))).toMatchObject(skipped);
    expect(await dialed(open('11:00', '12:00'))).toMatchObject(skipped);
    expect(await dialed(open('12:00', '13:00'))).toMatchObject({ proves: 'accepted' });
    const holidays = () => ['2026-11-23'];
    expect(await dialed({}, { holidays })).toEqual({
      ...skipped,
      calling_window: { ...WHOLE_DAY, closed_days: ['2026-11-23'] },
    });
    const at = (ms: number) => new Date(START + ms).toISOString();
    expect(await dialed({ not_before: at(1_000) })).toEqual(skipped);
    expect(await dialed({ not_after: at(0) })).toEqual(skipped);
    expect(await dialed({ not_before: at(0), not_after: at(1_000) })).toMatchObject({ proves: 'accepted' });
  });

  it('skips what waited too long', async () => {
    const not_after = new Date(START - 1).toISOString();
    expect(await dial(dialInput({ not_after }))).toEqual({ proves: 'skipped', reason: 'too_late' });
  });

  it('skips when another booking has got the line meanwhile', async () => {
    const hour = { now: new Date(START).toISOString(), until: new Date(START + 3_600_000).toISOString() };
    await here.deps.records.takeLine({ line_id: LINE, booking_id: 'bk_another', ...hour });
    expect(await dial()).toEqual({ proves: 'skipped', reason: 'line_lost' });
  });

  it('holds the line from now until the leg must be over', async () => {
    here.deps.elevenlabs = elevenlabs({ dial: async () => ({ proves: 'accepted', call_sid: CALL_SID }) });
    await dial();
    const another = (seconds: number) => {
      const [now, until] = [seconds, seconds + 1].map((after) => new Date(START + after * 1000).toISOString());
      return here.deps.records.takeLine({ line_id: LINE, booking_id: 'bk_another', now: now!, until: until! });
    };
    expect(await another(769)).toMatchObject({ taken: false });
    expect(await another(770)).toMatchObject({ taken: true });
  });

  it('sends nothing when the do-not-call list cannot be read', async () => {
    const { end } = here;
    here.end = async () => undefined;
    await end();
    expect(await dial()).toMatchObject({ proves: 'deferred', problem: { code: 'records_unreachable' } });
  });

  it('sends nothing when the engine gave the dial up while the database hung', async () => {
    const env = environment();
    const { takeLine } = here.deps.records;
    const slow = (ms: number, meanwhile: () => void) => {
      here.deps.records = {
        ...here.deps.records,
        takeLine: async (line) => {
          await here.clock.sleep(ms);
          meanwhile();
          return takeLine(line);
        },
      };
    };
    slow(21_000, () => {});
    expect(await dial()).toMatchObject({ proves: 'deferred', problem: { code: 'looked_too_long' } });
    slow(1_000, () => env.cancel());
    expect(await dial(dialInput(), env)).toEqual({ proves: 'skipped', reason: 'canceled' });
  });

  it('looks at the clock once more when it has looked at everything else', async () => {
    const { takeLine } = here.deps.records;
    here.deps.records = {
      ...here.deps.records,
      takeLine: async (line) => {
        await here.clock.sleep(10_000);
        return takeLine(line);
      },
    };
    const not_after = new Date(START + 5_000).toISOString();
    expect(await dial(dialInput({ not_after }))).toEqual({ proves: 'skipped', reason: 'too_late' });
  });

  it('never dials a second time, should Temporal repeat the activity', async () => {
    const result = await dial(dialInput(), environment({ attempt: 2 }));
    expect(result).toMatchObject({ proves: 'unknown', problem: { code: 'dial_repeated' } });
  });
});
