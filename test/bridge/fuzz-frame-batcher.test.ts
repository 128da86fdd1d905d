import { PassThrough, type Writable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as ws from 'ws';
import type { Clock } from '../../bridge/clock.ts';
import { FrameBatcher } from '../../bridge/frame-batcher.ts';
import { FrameWriter } from '../../bridge/frame-writer.ts';
import { House } from './support/house.ts';
import { until } from './support/until.ts';
import { Witness } from './support/witness.ts';

const { Receiver } = ws as unknown as { Receiver: new (options: { isServer: boolean }) => Writable };

let house: House | undefined;
afterEach(async () => {
  await house?.close();
  house = undefined;
});

/** Every frame holds its own number, so that one that is lost, doubled or out of order shows. */
const numbered = (n: number, bytes: number): Buffer => {
  const audio = Buffer.alloc(Math.max(4, bytes), 0x7f);
  audio.writeUInt32BE(n);
  return audio;
};
const numbersOf = (audio: readonly Buffer[]): number[] => audio.map((one) => one.readUInt32BE());

/** 160 bytes are what the phone network sends; about 240 is the most that is ever kept. */
const size = fc.oneof({ weight: 4, arbitrary: fc.constant(160) }, fc.constantFrom(4, 158, 239, 240, 241, 800, 4000));
const step = fc.oneof(
  { weight: 10, arbitrary: fc.record({ does: fc.constantFrom<'speak' | 'hear'>('speak', 'hear'), size }) },
  fc.record({
    does: fc.constantFrom<'tool' | 'ping' | 'key' | 'interrupt' | 'wait'>('tool', 'ping', 'key', 'interrupt', 'wait'),
    size,
  }),
);

describe('in frameBatching, over real sockets', () => {
  it('every byte arrives in order both ways, whatever else is said, and nothing stays behind', async () => {
    house = await House.open({
      limits: { frameBatching: 'on', streamsPerCall: 1e6, playoutAheadMs: 1e12, framesPerHeartbeat: 1e9 },
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 120 }), async (steps) => {
        const { phone, agent } = await Witness.join(house!);
        const spoken: number[] = [];
        let event = 1;
        let said = 0;
        let asked = 0;
        let keys = 0;
        for (const { does, size } of steps) {
          if (does === 'speak') {
            const payload = numbered(spoken.length, size).toString('base64');
            spoken.push(spoken.length);
            phone.send({ event: 'media', media: { track: 'inbound', payload } });
          } else if (does === 'hear') agent.audio(numbered(said++, size), event);
          else if (does === 'ping') agent.send({ type: 'ping', ping_event: { event_id: ++asked } });
          else if (does === 'tool') await agent.tool('none', {}, `t${++asked}`);
          else if (does === 'wait') await new Promise((resolve) => setImmediate(resolve));
          else if (does === 'key') phone.send({ event: 'dtmf', dtmf: { digit: String(keys++ % 10) } });
          else agent.interrupts(event++);
        }
        // Nothing follows the last frame: it must leave by itself.
        await until(
          'all that was spoken is heard',
          () => agent.messages.filter((one) => 'user_audio_chunk' in one).length === spoken.length,
        );
        await until(
          'all pings are answered',
          () => agent.of('pong').length + agent.of('client_tool_result').length === asked,
        );
        await until(
          'all keys are told',
          () => agent.of('contextual_update').filter(({ text }) => String(text).includes('key')).length === keys,
        );
        const clears = steps.filter(({ does }) => does === 'interrupt').length;
        await until('all clears are sent', () => phone.of('clear').length === clears);
        const chunks = agent.messages.filter((one) => 'user_audio_chunk' in one);
        expect(numbersOf(chunks.map((one) => Buffer.from(String(one.user_audio_chunk), 'base64')))).toEqual(spoken);
        const played = () => numbersOf(phone.of('media').map(({ media }) => Buffer.from(media!.payload, 'base64')));
        if (
          said > 0 &&
          steps.findLastIndex(({ does }) => does === 'hear') > steps.findLastIndex(({ does }) => does === 'interrupt')
        ) {
          await until('the last word is played', () => played().at(-1) === said - 1);
        }
        const numbers = played();
        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
        // A clear takes at most the one frame along that waited for its neighbour.
        expect(said - numbers.length).toBeLessThanOrEqual(clears);
        phone.drop();
      }),
      { numRuns: 60 },
    );
  });

  it('audio of an event that was voided never follows the clear', async () => {
    house = await House.open({ limits: { frameBatching: 'on', streamsPerCall: 1e6 } });
    const bursts = fc.array(fc.record({ late: fc.nat(6), fresh: fc.nat(6), size }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(bursts, async (all) => {
        const { phone, agent } = await Witness.join(house!);
        all.forEach(({ late, fresh, size }, i) => {
          for (let n = 0; n < fresh; n++) agent.audio(numbered(i, size), i);
          agent.interrupts(i);
          for (let n = 0; n < late; n++) agent.audio(numbered(i, size), i);
        });
        agent.audio(numbered(all.length, 160), all.length);
        await until(
          'what is not voided is played',
          () => phone.messages.at(-1)?.event === 'media' && phone.of('clear').length === all.length,
        );
        let cleared = -1;
        for (const { event, media } of phone.messages) {
          if (event === 'clear') cleared++;
          if (event === 'media') expect(Buffer.from(media!.payload, 'base64').readUInt32BE()).toBeGreaterThan(cleared);
        }
        phone.drop();
      }),
      { numRuns: 60 },
    );
  });
});

describe('the joining of frames, on a clock by hand', () => {
  it('loses nothing when it begins and ends under way, and keeps nothing for longer than 30 ms', () => {
    const deed = fc.oneof(
      { weight: 6, arbitrary: fc.record({ does: fc.constant<'send'>('send'), who: fc.nat(2), size }) },
      fc.record({
        does: fc.constantFrom<'tick' | 'busy' | 'calm' | 'flush' | 'forget'>('tick', 'busy', 'calm', 'flush', 'forget'),
        who: fc.nat(2),
        size,
      }),
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 80 }), (deeds) => {
        const timers = new Map<() => void, number>();
        let busy = 0.5;
        const every = (ms: number, run: () => void) => {
          timers.set(run, ms);
          return () => void timers.delete(run);
        };
        const clock: Clock = { now: () => 0, date: () => new Date(0), after: () => () => {}, every };
        const pass = (ms: number) => {
          for (const [run, each] of [...timers]) for (let i = 0; i < Math.floor(ms / each); i++) run();
        };
        const frameBatching = new FrameBatcher('auto', clock, { busy: () => busy });
        const lines = [0, 1, 2].map(() => {
          const heard: string[] = [];
          const receiver = new Receiver({ isServer: false });
          receiver.on('message', (data: Buffer) => heard.push(String(data)));
          const socket = new PassThrough();
          socket.on('data', (chunk) => receiver.write(chunk));
          return {
            heard,
            sent: [] as string[],
            writer: new FrameWriter(socket, { head: Buffer.from('<'), tail: Buffer.from('>') }, false),
          };
        });
        deeds.forEach(({ does, who, size }, i) => {
          const { writer, sent } = lines[who]!;
          if (does === 'send') {
            const message = Buffer.from(`${String(i).padStart(4, '0')}${'A'.repeat(size)}`);
            frameBatching.send(writer, message, 0, message.length);
            sent.push(`<${message}>`);
          } else if (does === 'tick') pass(5);
          else if (does === 'flush') writer.flush();
          else if (does === 'forget') {
            frameBatching.forget(writer);
            writer.flush();
          } else {
            busy = does === 'busy' ? 0.9 : 0.1;
            pass(1000);
          }
        });
        pass(30);
        for (const { heard, sent } of lines) expect(heard).toEqual(sent);
        frameBatching.stop();
        expect(timers.size).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
