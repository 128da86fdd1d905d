import { afterEach, describe, expect, it } from '@jest/globals';
import { createActivities } from '../../activities/index.ts';
import type { DialInput } from '../../activities/interface.ts';
import { PHONE_CHANNELS, type PhoneChannel } from '../../domain/channels.ts';
import type { DialResult } from '../../domain/evidence.ts';
import { BOOKING, CALL, CALL_SID } from '../providers/samples.ts';
import { escalationOf } from '../support/escalation.ts';
import { dialInput, elevenlabs, environment, START, twilio, type World, world } from './world.ts';

let here: World | undefined;
afterEach(() => here?.end());

const ACCEPTED: DialResult = { proves: 'accepted', call_sid: CALL_SID };

/** A world in which every channel works, and a list of who was asked to dial. */
async function working(changes: Parameters<typeof world>[1] = {}): Promise<{ there: World; asked: string[] }> {
  const asked: string[] = [];
  const dialsAt = (provider: string) => ({
    dial: async () => {
      asked.push(provider);
      return ACCEPTED;
    },
  });
  here = await world({ twilio: twilio(dialsAt('twilio')), elevenlabs: elevenlabs(dialsAt('elevenlabs')) }, changes);
  const bridge = { id: 'bridge-1', url: 'wss://vocero.example', live: 0, draining: false, calls: [] };
  await here.deps.records.beatBridge({ ...bridge, now: new Date(START).toISOString() });
  return { there: here, asked };
}

const run = ({ deps }: World, name: 'dial' | 'dialNative' | 'dialBridge', input: DialInput): Promise<DialResult> =>
  environment().run(createActivities(deps)[name], input);

describe('the names that runs of earlier builds dial by', () => {
  /** What such a run says: the channel is in the activity’s name. */
  const earlierInput = (): DialInput => {
    const { channel: _none, ...input } = dialInput();
    return input as DialInput;
  };

  it.each([
    ['dialNative', 'elevenlabs', 'native'],
    ['dialBridge', 'twilio', 'bridge'],
  ] as const)('%s asks %s, and writes the dial down as one of its channel', async (name, provider, channel) => {
    const { there, asked } = await working();
    expect(await run(there, name, earlierInput())).toEqual(ACCEPTED);
    expect(asked).toEqual([provider]);
    expect(await there.deps.records.findAttempt({ call_sid: CALL_SID })).toBe(CALL);
    expect(await there.deps.records.dialsOf(BOOKING)).toMatchObject([{ call_id: CALL, channel }]);
  });

  it.each(['dialNative', 'dialBridge'] as const)('%s looks as closely as any dial', async (name) => {
    const { there, asked } = await working();
    there.deps.stillWanted = async () => false;
    expect(await run(there, name, earlierInput())).toEqual({ proves: 'skipped', reason: 'canceled' });
    expect(asked).toEqual([]);
  });
});

describe('a dial over a channel', () => {
  it.each(PHONE_CHANNELS)(
    'that the accepted order has not on is skipped, whatever the workflow says: %s',
    async (channel) => {
      const { there, asked } = await working({ escalation: escalationOf({ [channel]: { enabled: false } }) });
      expect(await run(there, 'dial', dialInput({ channel }))).toEqual({ proves: 'skipped', reason: 'not_on_record' });
      expect(asked).toEqual([]);
    },
  );

  it.each(['simulation', 'fax', undefined])('that does not ring phones is skipped: %s', async (name) => {
    const { there, asked } = await working();
    const input = dialInput({ channel: name as PhoneChannel });
    expect(await run(there, 'dial', input)).toEqual({ proves: 'skipped', reason: 'not_on_record' });
    expect(asked).toEqual([]);
  });

  it.each(PHONE_CHANNELS)('that is not configured leaves no trace of a dial: %s', async (channel) => {
    const { there } = await working({ escalation: escalationOf({}, { enabled: true }) });
    there.deps.twilio = undefined;
    there.deps.elevenlabs = undefined;
    expect(await run(there, 'dial', dialInput({ channel }))).toMatchObject({
      proves: 'channel_refused',
      problem: { code: 'not_configured' },
    });
    expect(await there.deps.records.dialsOf(BOOKING)).toEqual([]);
  });
});
