import { faultOrder } from './faults.ts';
import { type Answer, json, jsonBody, type Router } from './http.ts';
import { ringBack, ringBackOrder } from './ring-back.ts';
import { scenarioOrder } from './scenario.ts';
import type { World } from './world.ts';

/** Two calls to one number that were live at the same time. */
interface Overlap {
  number: string;
  calls: [string, string];
  from: string;
  to: string;
}

function overlaps(world: World, number: string): Overlap[] {
  const calls = world.calls.filter((call) => !number || call.to === number);
  const found: Overlap[] = [];
  for (const [i, a] of calls.entries())
    for (const b of calls.slice(i + 1)) {
      const from = Math.max(a.placed.getTime(), b.placed.getTime());
      const to = Math.min(a.ended?.getTime() ?? Date.now(), b.ended?.getTime() ?? Date.now());
      if (a.to === b.to && from < to)
        found.push({
          number: a.to,
          calls: [a.sid, b.sid],
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
        });
    }
  return found;
}

/** All events, or those of one number. */
export function logOf(world: World, number = ''): SandboxLog {
  const of = <T extends { number: string }>(list: T[]): T[] => list.filter((item) => !number || item.number === number);
  return {
    calls: world.calls
      .filter((call) => !number || call.to === number)
      .map((call) => ({
        call_sid: call.sid,
        to: call.to,
        via: call.via,
        direction: call.direction,
        call_id: call.callId,
        booking_id: call.bookingId,
        conversation_id: call.conversationId,
        behaviour: call.behaviour,
        status: call.status,
        placed: call.placed.toISOString(),
        answered: call.answered?.toISOString() ?? null,
        ended: call.ended?.toISOString() ?? null,
        ended_by: call.endedBy ?? null,
        limit_seconds: call.limitSeconds ?? null,
        answered_by: call.answeredBy ?? null,
        streams: call.streams,
        drops: call.drops,
        clears: call.clears,
        marks: call.marks,
        said: call.said,
        keys: call.keys,
        deleted: call.deleted,
      })),
    conversations: of(world.conversations).map((conversation) => ({
      conversation_id: conversation.id,
      agent_id: conversation.agentId,
      via: conversation.via,
      number: conversation.number,
      call_sid: conversation.call?.sid ?? null,
      call_id: conversation.text('call_id'),
      status: conversation.status,
      started: new Date(conversation.started).toISOString(),
      reason: conversation.reason,
      deleted: conversation.deleted,
      result: conversation.result ?? null,
      answers: conversation.answers,
      pings: conversation.pings,
      pongs: conversation.pongs,
      user_id: conversation.initiation.userId ?? null,
      dynamic_variables: conversation.initiation.variables,
      conversation_config_override: conversation.initiation.override,
      transcript: conversation.transcript.map(({ role, message, interrupted, tool }) => ({
        role,
        message,
        interrupted,
        ...(tool &&
          (tool.name === undefined ? { report: tool.parameters } : { tool: tool.name, parameters: tool.parameters })),
      })),
    })),
    webhooks: of(world.hooks),
    requests: of(world.requests),
    notes: of(world.notes),
    overlaps: overlaps(world, number),
  };
}

export interface SandboxLog {
  calls: Record<string, unknown>[];
  conversations: Record<string, unknown>[];
  webhooks: World['hooks'];
  requests: World['requests'];
  notes: World['notes'];
  overlaps: Overlap[];
}

const problem = (status: number, detail: string, errors: unknown[] = []): Answer =>
  json(status, { title: detail, status, errors }, { 'content-type': 'application/problem+json' });

/** The sandbox's own endpoints, under `/_sandbox`. */
export function mountControl(router: Router, world: World): void {
  router.on('POST', '/_sandbox/scenario', (ask) => {
    const parsed = scenarioOrder.safeParse(jsonBody(ask));
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
      return problem(422, 'The scenario is not valid: see errors, and sandbox/README.md for the fields.', errors);
    }
    const { used: _, ...scenario } = world.setScenario(parsed.data);
    return json(200, scenario);
  });
  router.on('POST', '/_sandbox/fault', (ask) => {
    const parsed = faultOrder.safeParse(jsonBody(ask));
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
      return problem(422, 'The fault is not valid: see errors, and sandbox/README.md for the fields.', errors);
    }
    world.faults.push(parsed.data);
    return json(200, parsed.data);
  });
  router.on('GET', '/_sandbox/log', (ask) => json(200, logOf(world, ask.query.get('number') ?? '')));
  router.on('POST', '/_sandbox/reset', () => {
    world.reset();
    return json(200, { reset: true });
  });
  router.on('POST', '/_sandbox/release', (ask) => {
    const number = ask.query.get('number');
    if (!number) return problem(422, 'number is missing: POST /_sandbox/release?number=+541143211234');
    return json(200, { number, waited: world.release(number) });
  });
  router.on('POST', '/_sandbox/hangup', (ask) => {
    const sid = ask.query.get('call_sid');
    const call = sid ? world.call(sid) : undefined;
    if (!sid) return problem(422, 'call_sid is missing: POST /_sandbox/hangup?call_sid=CA…');
    if (!call) return problem(404, 'No such call.');
    if (!call.live) return problem(409, 'That call is over.');
    call.hangUp('callee');
    return json(200, { call_sid: call.sid });
  });
  router.on('POST', '/_sandbox/ringback', (ask) => {
    const asked = Object.fromEntries(ask.query);
    const parsed = ringBackOrder.safeParse(asked);
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
      return problem(422, 'POST /_sandbox/ringback?number=+541143211234; see sandbox/README.md for the rest.', errors);
    }
    return json(200, { call_sid: ringBack(world, parsed.data).sid });
  });
}
