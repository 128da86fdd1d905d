import type { FastifyBaseLogger } from 'fastify';
import type { ReportEvidence } from '../../domain/evidence.ts';
import { parseCallId } from '../../domain/ids.ts';
import { asksNeverToBeCalled } from '../../domain/prohibition.ts';
import { bookingNamed, type ReportReading, readReport } from '../../domain/report/read-report.ts';
import { remediesFor } from '../../domain/report/remedies.ts';
import { reportAnswerSchema } from '../../domain/schemas/provider-requests.ts';
import { reportRequestSchema } from '../../domain/schemas/report.ts';
import { bearerMatches } from '../../providers/webhooks/index.ts';
import { acceptAnyText } from '../body-parsers.ts';
import type { App, Context } from '../context.ts';
import { type Delivered, deliver, deliverUnrecorded } from '../deliver.ts';
import { problems } from '../openapi.ts';
import { invalid, Problem, unavailable } from '../problem.ts';
import { ReportIds } from '../report-ids.ts';
import { notAnAttempt, ownerOf } from '../report-owner.ts';
import { unlessAway } from '../unless-away.ts';
import { bodyRequired, documentedOnly } from '../validation.ts';

const BODY_LIMIT = 64 * 1_024;

type Read = ReportReading & { ok: true };
/** `call_id`: whose it was taken for; undefined: nobody's, any more. */
type Taken = { call_id?: string; answer: Delivered | 'erased' | 'unrecorded' };

/** The agent's server tool. */
export function reportResultRoute(app: App, context: Context): void {
  const { records, gateway, settings, metrics } = context;
  const names = new ReportIds();

  const said = ({ report }: Read): Omit<ReportEvidence, 'id' | 'call_id'> => ({
    kind: 'report',
    source: 'tool',
    at: new Date(context.now()).toISOString(),
    report,
  });

  /** Nobody's yet. Its conversation may become known, by the dial's answer or its own record: then it is that call's. */
  const setAside = async (conversation_id: string, read: Read): Promise<void> => {
    const id = names.ofTalk(conversation_id, read);
    const evidence: Omit<ReportEvidence, 'call_id'> = { ...said(read), id, conversation_id };
    await records.addUnclaimed({ conversation_id, at: evidence.at, evidence });
  };

  /** Puts a report on record. `erased`: the agent's talk must not stumble over that. */
  const keep = async (read: Read, log: FastifyBaseLogger): Promise<ReportEvidence | 'erased'> => {
    const { conversation_id: named } = read.ids;
    const whose = await ownerOf(context, read);
    if (whose === 'erased') return 'erased';
    if ('refusal' in whose) {
      if (named) await setAside(named, read);
      throw whose.refusal;
    }
    const { call_id } = whose;
    const booking_id = parseCallId(call_id)!.bookingId;
    // A model may have written it: what is known as another attempt's conversation must not change hands, or its transcript
    // and recording would.
    const owner = named ? await records.findAttempt({ conversation_id: named }) : undefined;
    const conversation_id = owner === undefined || owner === call_id ? named : undefined;
    if (named && !conversation_id) log.warn({ booking_id, call_id }, "a report names another call's conversation");
    const report = { ...said(read), call_id };
    const id = names.among(await records.evidence(booking_id), report);
    const evidence: ReportEvidence = { ...report, id, ...(conversation_id ? { conversation_id } : {}) };
    if (conversation_id) await records.linkAttempt(call_id, { conversation_id });
    await records.addEvidence(evidence);
    return evidence;
  };

  /**
   * The database is away: the workflow itself is told. Whose conversation it is cannot be looked up, so that is left out. A wish never
   * to be called again reaches the workflow too, which sees to it; it is accepted only once the list has it.
   */
  const past = async (read: Read, cause: unknown): Promise<Taken> => {
    const { call_id, conversation_id } = read.ids;
    const bookingId = bookingNamed(read.ids);
    const onlyRecordsTell = read.report.result === 'do_not_call' || (call_id === undefined && conversation_id);
    const refusal = () => (onlyRecordsTell ? unavailable('The database is out of reach', cause) : notAnAttempt());
    if (call_id === undefined || bookingId === undefined) throw refusal();
    const view = await gateway.state(bookingId);
    if (view && !view.attempts.some((attempt) => attempt.call_id === call_id)) throw refusal();
    const report = { ...said(read), call_id };
    const evidence: ReportEvidence = { ...report, id: names.unknown(report) };
    const answer = await deliverUnrecorded(gateway, 'reportResult', evidence, cause);
    if (asksNeverToBeCalled(evidence)) throw unavailable('The do-not-call list is out of reach', cause);
    return { call_id, answer };
  };

  const take = async (read: Read, log: FastifyBaseLogger): Promise<Taken> => {
    const kept = await unlessAway(keep(read, log));
    if (kept.away) return past(read, kept.cause);
    if (kept.value === 'erased') return { answer: 'erased' };
    return { call_id: kept.value.call_id, answer: await deliver(context, 'reportResult', kept.value) };
  };

  acceptAnyText(app);
  app.route({
    method: 'POST',
    url: '/api/elevenlabs/tools/report_result',
    bodyLimit: BODY_LIMIT,
    // The schema says what to send; what is clear in spite of its form is read all the same.
    validatorCompiler: documentedOnly,
    schema: {
      tags: ['providers'],
      security: [{ toolSecret: [] }],
      operationId: 'reportResult',
      summary: "The result of a call, as the agent's server tool reports it",
      description:
        'Send this body. What is clear in spite of its form is read too (`4:00 PM`, `Confirmed`, `N/A`, JSON in a fence or of another content type); a day or a time that is not clear is kept as evidence, named in `unclear`, and confirms nothing. `422`: no result can be told, or no call of which it is one.',
      body: reportRequestSchema,
      response: { 200: reportAnswerSchema, ...problems(400, 401, 404, 413, 415, 422, 503) },
    },
    async onRequest(request) {
      if (settings.toolSecret && bearerMatches(request.headers.authorization, settings.toolSecret)) {
        request.proved = true;
        return;
      }
      metrics.webhooks.inc({ kind: 'report_result', answer: 'forged' });
      throw new Problem(401, 'Send Authorization: Bearer and the tool secret.', {
        headers: { 'www-authenticate': 'Bearer realm="vocero tools"' },
      });
    },
    async handler(request) {
      const body: unknown = request.body;
      if (body === undefined || body === null) throw bodyRequired();
      const read = readReport(body);
      if (!read.ok) throw invalid([{ field: read.field, message: read.remedy }]);
      const { call_id, answer } = await take(read, request.log);
      metrics.webhooks.inc({ kind: 'report_result', answer });
      const { result, unclear } = read.report;
      request.log.info({ booking_id: parseCallId(call_id)?.bookingId, call_id, result, unclear, answer }, 'report');
      const remedies = remediesFor(read.report);
      return { accepted: true as const, ...(remedies.length > 0 ? { unclear: remedies } : {}) };
    },
  });
}
