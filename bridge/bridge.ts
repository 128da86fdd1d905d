import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { CallOrder } from '../domain/call-order.ts';
import { orderOfCall } from '../domain/call-order.ts';
import { parseCallId } from '../domain/ids.ts';
import { boundedLog } from './bounded-log.ts';
import { BridgedCall } from './call.ts';
import { systemClock } from './clock.ts';
import type { BridgeContext, BridgeDeps } from './context.ts';
import { BridgeCounters } from './counters.ts';
import { EventReporter } from './event-reporter.ts';
import { FrameBatcher } from './frame-batcher.ts';
import type { Bridge } from './interface.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { reasonOf } from './log.ts';
import type { PastTalk } from './resume.ts';
import { hashStreamToken } from './stream-token.ts';
import { TwilioStream } from './twilio-stream.ts';
import { callIdOfStream, refuseUpgrade } from './upgrade.ts';

/** Twilio's messages are much smaller. */
const MAX_MESSAGE = 64 * 1024;
/** Time for a peer to end its connection after its close. */
const CLOSE_MS = 2000;
/** Time for pending events when the process ends. */
const LAST_EVENTS_MS = 2000;

export interface MeteredBridge extends Bridge {
  counters(): BridgeCounters;
}

/**
 * The media plane of one process. All state of a call belongs to the call's socket.
 * @example
 * ```ts
 * const bridge = createBridge({ records, artifacts, reporter, agents, agentId, endCall, signature, log });
 * bridge.prepare(callId, order); // while the phone rings: opens the agent's socket
 * server.on('upgrade', (request, socket, head) => bridge.upgrade(request, socket, head));
 * await bridge.close(5_000); // gives live talks 5 s to end
 * ```
 */
export function createBridge(deps: BridgeDeps): MeteredBridge {
  const { records, signature } = deps;
  // The sender of an upgrade request has proved nothing yet.
  const log = boundedLog(deps.log);
  const clock = deps.clock ?? systemClock;
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const counters = new BridgeCounters();
  const events = new EventReporter({ reporter: deps.reporter, clock, limits, counters, log: deps.log });
  const context: BridgeContext = {
    ...deps,
    clock,
    limits,
    counters,
    events,
    frameBatching: new FrameBatcher(limits.frameBatching, clock),
    recording: deps.recording ?? true,
    firstMessageOverride: deps.firstMessageOverride ?? false,
    firstWords: deps.firstWords ?? 'agent',
  };
  const calls = new Map<string, BridgedCall>();
  // `closeTimeout` is not in the library's types yet.
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
    closeTimeout: CLOSE_MS,
    clientTracking: false,
  };
  const server = new WebSocketServer(options);
  const strangers = new Set<TwilioStream>();
  /** Number of pending upgrades and unverified streams of each call. */
  const waiting = new Map<string, number>();
  let closing = false;
  let whenIdle = (): void => {};

  const live = (): number => {
    let count = 0;
    for (const call of calls.values()) if (call.live) count++;
    return count;
  };
  const stopHeartbeat = clock.every(limits.heartbeatMs, () => {
    for (const call of calls.values()) call.heartbeat();
  });

  function callOf(callId: string, order: CallOrder, past: PastTalk): BridgedCall {
    const known = calls.get(callId);
    if (known) return known;
    const call: BridgedCall = new BridgedCall({
      context,
      callId,
      order,
      past,
      forget: () => {
        if (calls.get(callId) === call) calls.delete(callId);
      },
      idle: () => {
        if (live() === 0) whenIdle();
      },
    });
    calls.set(callId, call);
    return call;
  }

  /** Reads in the opposite order of the writes: the opening is stored after its words, so a reader that sees it sees its words. */
  async function pastOf(callId: string): Promise<PastTalk> {
    const opened = await records.openingHeard(callId);
    return { turns: await records.turnsOf(callId), opened };
  }

  /** The call of a stream with a valid token; undefined when its booking is not in the records. */
  async function findCall(callId: string, epoch: number): Promise<BridgedCall | undefined> {
    const known = calls.get(callId);
    if (known) {
      if (known.mayHaveMoved(epoch)) {
        await known.abandonTalk();
        known.replaceEarlierTurns(await pastOf(callId));
      }
      return known;
    }
    const id = parseCallId(callId);
    const booking = id && (await records.booking(id.bookingId));
    return booking && callOf(callId, orderOfCall(booking.order, booking.view.attempts, callId), await pastOf(callId));
  }

  function noLongerWaits(callId: string): void {
    const count = (waiting.get(callId) ?? 1) - 1;
    if (count > 0) waiting.set(callId, count);
    else waiting.delete(callId);
  }

  function welcome(callId: string, socket: WebSocket, connection: Duplex): void {
    let call: BridgedCall | undefined;
    let epoch = 0;
    let died = false;
    const stream: TwilioStream = new TwilioStream(socket, connection, {
      clock,
      limits,
      counters,
      frameBatching: context.frameBatching,
      async admit({ token, callSid }) {
        try {
          const now = clock.date().toISOString();
          const taken = await records.takeStreamToken(hashStreamToken(token), callId, callSid, now);
          if (taken === undefined) return { ok: false, reason: 'token refused' };
          epoch = taken;
          call = await findCall(callId, epoch);
          if (died) call?.noteEpoch(epoch);
          return call ? { ok: true } : { ok: false, reason: 'unknown call' };
        } catch (error) {
          log.error({ call_id: callId, reason: reasonOf(error) }, 'could not check the token of a stream');
          return { ok: false, reason: 'try again' };
        }
      },
      opened(opened) {
        strangers.delete(opened);
        noLongerWaits(callId);
        return call?.attach(opened, epoch);
      },
      refused(reason) {
        strangers.delete(stream);
        noLongerWaits(callId);
        died = true;
        counters.refuse(reason);
        log.warn({ call_id: callId, reason }, 'refused a stream');
      },
      failed(error) {
        log.error({ call_id: callId, reason: reasonOf(error) }, 'could not join a stream to its call');
      },
    });
    strangers.add(stream);
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const callId = callIdOfStream(request.url);
    const id = parseCallId(callId);
    const refuse = (status: number, reason: string): void => {
      counters.refuse(reason);
      log.warn({ status, reason, call_id: id && callId }, 'refused a stream upgrade');
      refuseUpgrade(socket, status);
    };
    if (callId === undefined || !id) return refuse(404, 'unknown path');
    if (closing) return refuse(503, 'closing');
    const all = [...waiting.values()].reduce((sum, count) => sum + count, 0);
    const ofCall = waiting.get(callId) ?? 0;
    if (all >= limits.waitingStreams || ofCall >= limits.waitingPerCall) return refuse(503, 'too many streams wait');
    const { ok, matched } = signature.verify(request);
    log.info({ call_id: callId, signature: ok, matched }, 'received a stream upgrade');
    if (!ok && signature.mode === 'require') return refuse(403, 'signature');
    waiting.set(callId, ofCall + 1);
    let welcomed = false;
    try {
      if (!calls.has(callId) && !(await records.booking(id.bookingId))) return refuse(404, 'unknown call');
      if (closing) return refuse(503, 'closing');
      server.handleUpgrade(request, socket, head, (ws) => {
        welcomed = true;
        welcome(callId, ws, socket);
      });
    } finally {
      if (!welcomed) noLongerWaits(callId);
    }
  }

  return {
    prepare(callId, order) {
      if (!closing) callOf(callId, order, { turns: [], opened: false }).warmUp();
    },
    upgrade(request, socket, head) {
      // A peer that disconnects during the lookup must not end the process.
      const onError = (): void => void socket.destroy();
      socket.on('error', onError);
      upgrade(request, socket, head)
        .catch((error: unknown) => {
          const call_id = callIdOfStream(request.url);
          log.error(
            { reason: reasonOf(error), call_id: parseCallId(call_id) && call_id },
            'could not upgrade a stream',
          );
          refuseUpgrade(socket, 503);
        })
        .finally(() => socket.off('error', onError));
    },
    release(callId) {
      void calls.get(callId)?.release();
    },
    live,
    calls: () => [...calls.keys()],
    fence(callId, epoch) {
      calls.get(callId)?.fence(epoch);
    },
    counters: () => counters,
    async close(graceMs) {
      closing = true;
      for (const stranger of strangers) stranger.close(1001, 'closing');
      if (live() > 0 && graceMs > 0) {
        await new Promise<void>((resolve) => {
          const cancel = clock.after(graceMs, resolve);
          whenIdle = () => {
            cancel();
            resolve();
          };
        });
      }
      stopHeartbeat();
      context.frameBatching.stop();
      const talks = [...calls.values()].filter((call) => call.live).map((call) => call.callId);
      await Promise.all([...calls.values()].map((call) => call.handOver()));
      await events.settled(LAST_EVENTS_MS);
      server.close();
      log.flush();
      return talks;
    },
  };
}
