import type { PhoneCall } from '../call.ts';
import { type Answer, type Ask, json } from '../http.ts';
import type { World } from '../world.ts';
import { callResource } from './call-resource.ts';
import { twilioError } from './errors.ts';
import { partiesOf } from './webhook.ts';

const day = (at: Date): string => at.toISOString().slice(0, 10);

/** A time filter: a whole day (UTC), or a moment. undefined: neither. */
const moment = (text: string): { at: Date; isDay: boolean } | undefined => {
  const at = new Date(text);
  return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(at.getTime()) ? { at, isDay: text.length === 10 } : undefined;
};

function within(at: Date | undefined, filter: { at: Date; isDay: boolean }, sign: string): boolean {
  // A call that has not started has no start time, so no filter on it matches.
  if (!at) return false;
  if (sign === '') return day(at) === day(filter.at);
  if (sign === '>') return at >= filter.at;
  return filter.isDay ? day(at) <= day(filter.at) : at <= filter.at;
}

/** `GET Calls.json`: newest first, in pages. */
export function listCalls(world: World, ask: Ask): Answer {
  const { query } = ask;
  const text = (name: string): string => query.get(name) ?? '';
  const size = Math.min(1000, Math.max(1, Number(query.get('PageSize')) || 50));
  const page = Math.max(0, Number(query.get('Page')) || 0);
  const tests: ((call: PhoneCall) => boolean)[] = [];
  for (const [field, of] of [
    ['StartTime', (call: PhoneCall) => call.dialed],
    ['EndTime', (call: PhoneCall) => call.ended],
  ] as const)
    for (const sign of ['', '<', '>']) {
      const wanted = text(field + sign);
      if (!wanted) continue;
      const filter = moment(wanted);
      if (!filter) return twilioError(400, 20001, `${field}${sign} is no date: ${wanted}`);
      tests.push((call) => within(of(call), filter, sign));
    }
  const same = (wanted: string, value: string): boolean => !wanted || wanted === value;
  const now = Date.now();
  const found = world.calls.filter((call) => {
    const status = call.status === 'initiated' ? 'queued' : call.status;
    return (
      !call.deleted &&
      same(text('To'), partiesOf(call).to) &&
      same(text('From'), partiesOf(call).from) &&
      same(text('Status'), status) &&
      !text('ParentCallSid') &&
      now - call.placed.getTime() >= world.scenario(call.to).list_lag_ms &&
      tests.every((test) => test(call))
    );
  });
  found.reverse();
  const start = page * size;
  const calls = found.slice(start, start + size).map((call) => callResource(world, call));
  const at = (number: number): string => {
    const next = new URLSearchParams(query);
    next.set('Page', String(number));
    next.set('PageSize', String(size));
    return `${ask.path}?${next}`;
  };
  return json(200, {
    calls,
    page,
    page_size: size,
    start,
    end: Math.max(start, start + calls.length - 1),
    uri: at(page),
    first_page_uri: at(0),
    previous_page_uri: page > 0 ? at(page - 1) : null,
    next_page_uri: start + size < found.length ? at(page + 1) : null,
  });
}
