import { afterEach, describe, expect, it } from '@jest/globals';
import { readKeys } from '../../bridge/keys-tool.ts';
import { touchTones } from '../../bridge/touch-tones.ts';
import { House } from './support/house.ts';
import { mulawSamples } from './support/tone.ts';
import { until } from './support/until.ts';

/** How strong a frequency is in some samples (Goertzel). */
function power(samples: ArrayLike<number>, hz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / 8000);
  let last = 0;
  let before = 0;
  for (const sample of Array.from(samples)) [last, before] = [sample + turn * last - before, last];
  return last * last + before * before - turn * last * before;
}

const strongest = (samples: ArrayLike<number>, of: number[]): number =>
  of.toSorted((a, b) => power(samples, b) - power(samples, a))[0]!;

/** What a phone menu would hear. */
function keysIn(audio: Buffer): string {
  const samples = mulawSamples(audio);
  let keys = '';
  let heard = '';
  for (let at = 0; at + 160 <= samples.length; at += 160) {
    const frame = samples.slice(at, at + 160);
    const loud = frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length > 1e6;
    const row = [697, 770, 852, 941].indexOf(strongest(frame, [697, 770, 852, 941]));
    const column = [1209, 1336, 1477, 1633].indexOf(strongest(frame, [1209, 1336, 1477, 1633]));
    const key = loud ? ['123A', '456B', '789C', '*0#D'][row]![column]! : '';
    if (key !== '' && key !== heard) keys += key;
    heard = key;
  }
  return keys;
}

describe('touch tones', () => {
  it('are understood as the keys that they stand for, repeated ones too', () => {
    for (const keys of ['0123456789', '*#ABCD', '11', '5w5']) {
      expect(keysIn(touchTones(keys))).toBe(keys.replaceAll('w', ''));
    }
  });

  it('do not clip', () => {
    const peak = Math.max(...Array.from(mulawSamples(touchTones('D')), Math.abs));
    expect(peak).toBeLessThan(20_000);
    expect(peak).toBeGreaterThan(10_000);
  });
});

describe('keys as agents write them', () => {
  it.each([
    [{ keys: '1' }, '1'],
    [{ keys: 42 }, '42'],
    [{ keys: '1, 2 - 3 #' }, '123#'],
    [{ keys: 'a*w9' }, 'A*w9'],
  ])('%j', (parameters, keys) => {
    expect(readKeys(parameters)).toEqual({ ok: true, keys });
  });

  it.each([[{}], [{ keys: '' }], [{ keys: 'x' }], [{ keys: '1'.repeat(33) }], [null], ['1'], [{ keys: [1] }]])(
    '%j is refused, with the remedy',
    (parameters) => {
      expect(readKeys(parameters)).toEqual({ ok: false, message: expect.stringContaining('0-9') });
    },
  );
});

describe('an agent that meets a phone menu', () => {
  let house: House;
  afterEach(() => house.close());

  it('presses keys, and the business hears them', async () => {
    house = await House.open();
    const phone = await house.phone();
    await house.event('stream_started');
    const agent = await house.agents.agent();
    expect(await agent.tool('press_keys', { keys: '2w7#' })).toMatchObject({ result: 'pressed', is_error: false });
    await until('the keys are heard', () => phone.heard.length === touchTones('2w7#').length);
    expect(keysIn(phone.heard)).toBe('27#');
  });

  it('is told what is wrong with a key that there is none of', async () => {
    house = await House.open();
    await house.phone();
    await house.event('stream_started');
    const answer = await (await house.agents.agent()).tool('press_keys', { keys: 'menu' });
    expect(answer).toMatchObject({ is_error: true, result: expect.stringContaining('keys') });
  });
});
