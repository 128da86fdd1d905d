import { pino } from 'pino';
import { Registry } from 'prom-client';
import { buildApp } from '../../api/app.ts';
import type { BookingGateway } from '../../delivery/gateway.ts';
import { callIdOf } from '../../domain/ids.ts';
import { openArtifacts } from '../../records/artifacts.ts';
import { openRecords } from '../../records/open.ts';
import { idOf } from './fill.ts';

export interface Question {
  name: string;
  ask(round: number): Promise<unknown>;
}

/** Who has nearly all bookings, who has one in a thousand, and an operator. */
export const KEYS = {
  many: { key: 'key-of-many', owner: 'owner of key-of-many' },
  few: { key: 'key-of-few', owner: 'owner of key-of-few' },
  operator: { key: 'key-of-operator', owner: 'owner of key-of-operator' },
} as const;

const SHOWN = 'started = 1 and erasing = 0';
const PAGE = `select view_json, review_json from bookings where ${SHOWN}`;
const NEWEST = 'order by created_ms desc, id desc limit 101';

/** What the version before asked, where it was something else. */
export const FORMER: Record<string, string> = {
  'GET /metrics': `select status, count(*) from bookings where ${SHOWN} group by status
    union all select 'open', count(*) from bookings where status = 'needs_review' and ${SHOWN} and review_json is null`,
  'page: a name that nobody has': `${PAGE} and search_name like '%quimera%' escape '\\' ${NEWEST}`,
  'page: a rare name': `${PAGE} and search_name like '%rara avis%' escape '\\' ${NEWEST}`,
  'page: a channel of nobody': `${PAGE} and channel = 'simulation' ${NEWEST}`,
  'page: one owner, a result that he never had': `${PAGE} and +owner = '${KEYS.many.owner}' and result = 'declined' ${NEWEST}`,
  'page: reviewed': `${PAGE} and review_json is not null ${NEWEST}`,
  'retention: due': `select id from bookings where erasing = 0 and ((status in ('completed', 'failed', 'needs_review', 'canceled') and final_ms < 0)
    or (started = 0 and created_ms < 0)) order by created_ms limit 100`,
};

const gateway = {
  state: async () => undefined,
  health: async () => ({ temporal: true, worker: true, unpolled: [] }),
} as Partial<BookingGateway>;

/** The API and its database as a process has them; without a listener, which would add its own time. */
export async function openSubject(
  path: string,
  onQuery: (query: { sql: string; parameters: readonly unknown[] }) => void,
) {
  const records = await openRecords({ databaseUrl: `file:${path}`, onQuery });
  const app = await buildApp({
    settings: {
      publicUrl: 'http://127.0.0.1:3000',
      apiKeys: [KEYS.many.key, KEYS.few.key],
      operatorKeys: [KEYS.operator.key],
      phoneHash: (phone) => `phone-${Number(phone.slice(-6))}`,
      phoneHashes: (phone) => [`phone-${Number(phone.slice(-6))}`],
      signCheck: (text) => text,
      ownerHash: (key) => `owner of ${key}`,
      bookingIdOf: () => undefined as never,
      accounts: {} as never,
      booking: {} as never,
      rate: { perSecond: 1e9, burst: 1e9 },
      metricsFreshMs: 0,
    },
    gateway: gateway as BookingGateway,
    batches: { wake: async () => undefined, retime: async () => undefined, erase: async () => undefined },
    alarms: {} as never,
    records,
    artifacts: openArtifacts(`${path}.artifacts`),
    log: pino({ level: 'silent' }),
    metrics: new Registry(),
  });
  const get =
    (url: string, who: keyof typeof KEYS = 'operator') =>
    async () => {
      const { statusCode } = await app.inject({ url, headers: { authorization: `Bearer ${KEYS[who].key}` } });
      if (statusCode !== 200) throw new Error(`${url} was answered ${statusCode}`);
    };
  const page = (query: string, who?: keyof typeof KEYS) => get(`/v1/bookings?from=records&limit=100&${query}`, who);

  const questions = (bookings: number): Question[] => {
    const middle = Math.floor(bookings / 2);
    const cursor = Buffer.from(
      JSON.stringify([new Date(Date.UTC(2026, 0, 1) + middle * 1_000).toISOString(), idOf(middle)]),
    ).toString('base64url');
    const erased = (round: number): string => idOf(bookings - 1 - round * 6);
    return [
      { name: 'GET /healthz', ask: get('/healthz') },
      { name: 'GET /readyz', ask: get('/readyz') },
      { name: 'GET /metrics', ask: get('/metrics') },
      { name: 'one booking', ask: get(`/v1/bookings/${idOf(middle)}`) },
      { name: 'page: all', ask: page('') },
      { name: 'page: all, from the middle', ask: page(`cursor=${cursor}`) },
      { name: 'page: all, with orders', ask: page('include=order') },
      { name: 'page: one owner', ask: page('', 'few') },
      { name: 'page: a status', ask: page('status=failed') },
      { name: 'page: open reviews', ask: page('status=needs_review&reviewed=false') },
      { name: 'page: reviewed', ask: page('reviewed=true') },
      { name: 'page: a rare result', ask: page('result=do_not_call') },
      { name: 'page: a channel of nobody', ask: page('channel=simulation') },
      { name: 'page: one owner, a result that he never had', ask: page('result=declined', 'many') },
      { name: 'page: a whole number', ask: page('q=%2B541143000123') },
      { name: 'page: an id', ask: page(`q=${idOf(middle)}`) },
      { name: 'page: a common name', ask: page('q=dental') },
      { name: 'page: a rare name', ask: page('q=rara+avis') },
      { name: 'page: a name that nobody has', ask: page('q=quimera') },
      {
        name: 'retention: due',
        ask: () =>
          records.dueForErasure({
            final_before: '1970-01-01T00:00:00Z',
            begun_before: '1970-01-01T00:00:00Z',
            limit: 100,
          }),
      },
      {
        name: 'a turn of a talk is written',
        ask: (round) =>
          records.addTurn(callIdOf(idOf(middle), 1), {
            index: round,
            at: '2026-01-01T00:00:00Z',
            role: 'agent',
            message: `turn ${round}`,
            at_seconds: round,
          }),
      },
      { name: 'evidence is looked up', ask: () => records.evidence(idOf(middle)) },
      {
        name: 'a booking is erased',
        ask: async (round) => {
          await records.beginErasure(erased(round), { at: '2026-01-01T00:00:00Z', unstarted: true });
          await records.forgetBooking(erased(round));
        },
      },
    ];
  };
  return {
    questions,
    async close() {
      await app.close();
      await records.close();
    },
  };
}
