import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InjectOptions } from 'fastify';
import {
  as,
  bookingBody,
  finish,
  postCallRequest,
  TOOL_SECRET,
  twilioRequest,
  type World,
  withAttempt,
  world,
} from '../api/support.ts';
import { type Databases, sqliteFiles } from '../records/databases.ts';
import { startPostgres } from '../records/postgres.ts';

/** U+0000 and half characters wherever a text may stand: PostgreSQL refuses the first, and a refusal of the database is no answer. */

const started = await startPostgres();
const engines: [string, Databases | undefined][] = [
  ['SQLite', sqliteFiles()],
  ['PostgreSQL', 'unavailable' in started ? undefined : started],
];

/** In a URL: NUL, NUL inside, the overlong NUL, half of a surrogate pair, a stray byte. */
const IN_URLS = ['%00', 'bk_%00', 'bk_abcdefgh%00ijkl', '%C0%80', '%ED%A0%80', '%FF', 'a%00b%EF%BF%BD'];
const IN_TEXTS = ['\u0000', 'a\u0000b', '\ud800', 'conv_\u0000\udfff', '\u0000'.repeat(50)];

const PATHS = ['', '/events', '/recording', '/transcript', '/messages', '/evidence', '/reviews'];

for (const [name, databases] of engines) {
  (databases ? describe : describe.skip)(`on ${name}`, () => {
    let w: World;
    let id: string;
    /** Has its outcome, so that its events come to an end. */
    let over: string;
    const answers: [string, number][] = [];
    const ask = async (what: string, request: InjectOptions): Promise<void> => {
      answers.push([what, (await w.app.inject(request)).statusCode]);
    };
    beforeAll(async () => {
      w = await world({ records: { databaseUrl: await databases!.newDatabase() } });
      id = await w.book();
      over = await w.book();
      await finish(w, over);
    }, 60_000);
    afterAll(async () => {
      await w?.close();
      await databases?.stop();
    });

    it('every path and every query is answered by the client’s fault or by what is there, never by ours', async () => {
      const urls = IN_URLS.flatMap((text) => [
        ...PATHS.map((path) => ['GET', `/v1/bookings/${text}${path}`]),
        ['DELETE', `/v1/bookings/${text}`],
        ['POST', `/v1/bookings/${text}/cancel`],
        ['POST', `/v1/bookings/${id}/messages/${text}/send`],
        ['GET', `/v1/bookings?q=${text}`],
        ['GET', `/v1/bookings?status=completed&result=confirmed&q=bk_${text}`],
        ['GET', `/v1/bookings?cursor=${text}`],
        [
          'GET',
          `/v1/bookings?cursor=${Buffer.from(JSON.stringify(['2026-01-01T00:00:00Z', `bk_${text}\u0000`])).toString('base64url')}`,
        ],
        ['GET', `/v1/bookings/${over}/events?after=${text}`],
        ['DELETE', `/v1/do-not-call/${text}`],
      ]);
      for (const [method, url] of urls as [never, string][]) {
        for (const key of ['alice', 'olga']) await ask(`${method} ${url}`, { method, url, headers: as(key) });
      }
      expect(answers.filter(([, status]) => status >= 500)).toEqual([]);
      expect(answers.length).toBeGreaterThan(200);
    }, 60_000);

    it('every text of a body too, whoever sends it', async () => {
      const call = withAttempt(w, id);
      for (const text of IN_TEXTS) {
        const report = {
          booking_id: id,
          call_id: call,
          result: 'declined',
          notes: text,
          conversation_id: `conv_${text}`,
        };
        for (const body of [report, { ...report, booking_id: text }, { ...report, call_id: `${id}.1${text}` }]) {
          await ask(`report ${JSON.stringify(body)}`, {
            method: 'POST',
            url: '/api/elevenlabs/tools/report_result',
            headers: as(TOOL_SECRET),
            payload: body,
          });
        }
        for (const body of [
          { ...bookingBody(), metadata: { order: text } },
          { ...bookingBody(), business: { ...bookingBody().business, name: `Clínica${text}` } },
        ]) {
          await ask(`book ${JSON.stringify(body)}`, {
            method: 'POST',
            url: '/v1/bookings',
            headers: as('alice'),
            payload: body,
          });
        }
        for (const data of [
          {
            agent_id: 'a',
            conversation_id: `conv_${text}`,
            status: 'done',
            transcript: [{ role: 'user', message: text }],
          },
          {
            agent_id: 'a',
            conversation_id: 'conv_1',
            status: 'done',
            conversation_initiation_client_data: { dynamic_variables: { call_id: text } },
          },
          {
            agent_id: 'a',
            conversation_id: text,
            failure_reason: text,
            metadata: { type: 'twilio', body: { CallSid: text, To: text } },
          },
        ]) {
          for (const type of ['post_call_transcription', 'call_initiation_failure', 'post_call_audio', text]) {
            await ask(`post-call ${type} ${JSON.stringify(data)}`, postCallRequest({ type, event_timestamp: 1, data }));
          }
        }
        const form = { CallSid: `CA${text}`, CallStatus: 'completed', AccountSid: text, SequenceNumber: text };
        await ask(
          `status ${JSON.stringify(form)}`,
          twilioRequest(`/webhook/voice/status?call_id=${encodeURIComponent(call)}`, form),
        );
        await ask(
          `voice ${JSON.stringify(form)}`,
          twilioRequest(`/webhook/voice/outbound?call_id=${encodeURIComponent(call)}`, form),
        );
      }
      expect(answers.filter(([, status]) => status >= 500)).toEqual([]);
      await finish(w, id);
      expect((await w.app.inject({ url: `/v1/bookings/${id}`, headers: as('alice') })).statusCode).toBe(200);
    }, 60_000);
  });
}
