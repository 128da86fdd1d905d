import { PassThrough, type Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as ws from 'ws';
import { FrameBatcher } from '../../bridge/frame-batcher.ts';
import { FrameWriter } from '../../bridge/frame-writer.ts';

/** The library's own reader of frames, which its types leave out. */
const { Receiver } = ws as unknown as { Receiver: new (options: { isServer: boolean }) => Writable };

const ENVELOPE = { head: Buffer.from('{"a":"'), tail: Buffer.from('"}') };

/** A connection that counts writes, and the messages that a WebSocket library reads out of it. */
function connection(masked: boolean) {
  const messages: string[] = [];
  const receiver = new Receiver({ isServer: masked });
  receiver.on('message', (data: Buffer, isBinary: boolean) => messages.push(`${isBinary ? 'binary ' : ''}${data}`));
  let writes = 0;
  const socket = new PassThrough();
  const written = socket.write.bind(socket);
  socket.write = ((chunk: Buffer) => {
    writes++;
    receiver.write(Buffer.from(chunk));
    return written(chunk);
  }) as typeof socket.write;
  socket.resume();
  return { writer: new FrameWriter(socket, ENVELOPE, masked), messages, writes: () => writes };
}

const quoted = (payload: string) => Buffer.from(`"${payload}"`);

describe('the writer of audio frames', () => {
  it('writes what a WebSocket library reads, each message whole and in order, whether kept for its neighbour or not', () => {
    const payload = fc.oneof(
      fc.string({ maxLength: 120, unit: fc.constantFrom('A', '/', '9') }),
      fc.integer({ min: 100, max: 140 }).map((n) => 'B'.repeat(n)),
      fc.integer({ min: 65_500, max: 65_600 }).map((n) => 'C'.repeat(n)),
    );
    const step = fc.record({ payload, does: fc.constantFrom('send', 'hold', 'flush') });
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 12 }), (masked, steps) => {
        const { writer, messages, writes } = connection(masked);
        const expected: string[] = [];
        let most = 0;
        for (const { payload, does } of steps) {
          if (does === 'flush') {
            writer.flush();
            continue;
          }
          if (writer.holds || does === 'send') writer.send(quoted(payload), 1, payload.length + 1);
          else writer.hold(quoted(payload), 1, payload.length + 1);
          expected.push(`{"a":"${payload}"}`);
          most++;
        }
        writer.flush();
        expect(messages).toEqual(expected);
        expect(writes()).toBeLessThanOrEqual(most);
      }),
      { numRuns: 300 },
    );
  });

  it('masks with another key each time, as a client must', () => {
    const seen = new Set<string>();
    const socket = new PassThrough();
    socket.on('data', (chunk: Buffer) => seen.add(chunk.toString('hex', 2, 6)));
    const writer = new FrameWriter(socket, ENVELOPE, true);
    for (let i = 0; i < 2_000; i++) writer.send(quoted('AAAA'), 1, 5);
    // Two of 2,000 random keys are the same once in two thousand runs; three never.
    expect(seen.size).toBeGreaterThan(1_997);
  });

  it('forgets what waits when it is told to', () => {
    const { writer, messages } = connection(false);
    writer.hold(quoted('AAAA'), 1, 5);
    writer.drop();
    writer.flush();
    writer.send(quoted('BBBB'), 1, 5);
    expect(messages).toEqual(['{"a":"BBBB"}']);
  });
});

describe('frameBatching', () => {
  /** Ticks by hand. */
  function clock() {
    const every = new Map<() => void, number>();
    const tick = (ms: number): void => {
      for (const [run, each] of every) for (let i = 0; i < Math.floor(ms / each); i++) run();
    };
    return {
      tick,
      timers: () => every.size,
      clock: {
        now: () => 0,
        date: () => new Date(0),
        after: () => () => {},
        every(ms: number, run: () => void) {
          every.set(run, ms);
          return () => void every.delete(run);
        },
      },
    };
  }
  const frame = quoted('A'.repeat(216));
  const send = (frameBatching: FrameBatcher, writer: FrameWriter, message = frame) =>
    frameBatching.send(writer, message, 1, message.length - 1);

  it('joins two frames of a stream in one write, and no more than two', () => {
    const frameBatching = new FrameBatcher('on', clock().clock);
    const { writer, messages, writes } = connection(false);
    for (let i = 0; i < 6; i++) send(frameBatching, writer);
    expect([messages.length, writes()]).toEqual([6, 3]);
  });

  it('never keeps a frame for longer than its successor should take', () => {
    const time = clock();
    const frameBatching = new FrameBatcher('on', time.clock);
    const { writer, messages } = connection(false);
    send(frameBatching, writer);
    time.tick(20);
    expect(messages).toEqual([]);
    time.tick(10);
    expect(messages).toHaveLength(1);
  });

  it('passes on at once what is longer than a frame', () => {
    const frameBatching = new FrameBatcher('on', clock().clock);
    const { writer, messages } = connection(false);
    send(frameBatching, writer, quoted('A'.repeat(1_000)));
    expect(messages).toHaveLength(1);
  });

  it('begins under load, ends when it is calm, and leaves nothing behind', () => {
    const time = clock();
    let busy = 0.5;
    const frameBatching = new FrameBatcher('auto', time.clock, { busy: () => busy });
    const { writer, messages } = connection(false);
    const look = (load: number): void => {
      busy = load;
      time.tick(1_000);
    };
    look(0.7);
    expect(frameBatching.active).toBe(false);
    for (const [load, active] of [
      [0.8, false],
      [0.9, false],
      [0.5, false],
      [0.8, false],
      [0.8, false],
      [0.8, true],
    ] as const) {
      look(load);
      expect(frameBatching.active).toBe(active);
    }
    look(0.5); // It has become cheaper by joining: that is no reason to stop.
    expect(frameBatching.active).toBe(true);
    send(frameBatching, writer);
    look(0.3);
    expect([frameBatching.active, messages.length]).toEqual([false, 1]);
    frameBatching.stop();
    expect(time.timers()).toBe(0);
  });

  it('is off where it is switched off', () => {
    const time = clock();
    const frameBatching = new FrameBatcher('off', time.clock, { busy: () => 1 });
    time.tick(5_000);
    expect([frameBatching.active, time.timers()]).toEqual([false, 0]);
  });
});
