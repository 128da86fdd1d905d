import type { FastifyBaseLogger } from 'fastify';
import type { ReportEvidence } from '../../domain/evidence.ts';
import { parseCallId } from '../../domain/ids.ts';
import { asksNeverToBeCalled } from '../../domain/prohibition.ts';
import { reportAnswerSchema } from '../../domain/schemas/provider-requests.ts';
import { type ReportRequest, reportOf, reportRequestSchema } from '../../domain/schemas/report.ts';
import { bearerMatches } from '../../providers/webhooks/index.ts';
import type { StoredBooking } from '../../records/interface.ts';
import type { App, Context } from '../context.ts';
import { deliver, deliverUnrecorded } from '../deliver.ts';
import { problems } from '../openapi.ts';
import { invalid, Problem, unavailable } from '../problem.ts';
import { ReportIds } from '../report-ids.ts';
import { unlessAway } from '../unless-away.ts';

const BODY_LIMIT = 64 * 1_024;

const notAnAttempt = (): Problem =>
  invalid([
    {
      field: 'call_id',
      message: 'is not an attempt of this booking: send the dynamic variable call_id as it came',
    },
  ]);

/** The agent's server tool. */
export function reportResultRoute(app: App, context: Context): void {
  const { records, gateway, settings, metrics } = context;
  const ids = new ReportIds();

  /** True when the attempt is the booking's, as far as can be known: its workflow is asked where the database lags. */
  const isAttempt = async ({ view: stored }: StoredBooking, callId: string): Promise<boolean> => {
    const has = (attempts: { call_id: string }[]) => attempts.some((attempt) => attempt.call_id === callId);
    if (has(stored.attempts)) return true;
    const view = await gateway.state(stored.id);
    return view === undefined || has(view.attempts);
  };

  /** Puts a report on record. `erased`: late news of what was erased is nobody's to keep, and the agent's talk must not stumble over that. */
  const keep = async (
    { booking_id, call_id, conversation_id: named }: ReportRequest,
    report: Omit<ReportEvidence, 'id'>,
    log: FastifyBaseLogger,
  ): Promise<ReportEvidence | 'erased'> => {
    const stored = await records.booking(booking_id);
    if (!stored) {
      if (await records.isErased({ booking_id })) return 'erased';
      throw new Problem(404, 'There is no such booking.');
    }
    if (parseCallId(call_id)?.bookingId !== booking_id || !(await isAttempt(stored, call_id))) throw notAnAttempt();
    // A model may have written it: what is known as another attempt's conversation must not change hands, or its transcript
    // and recording would.
    const owner = named ? await records.findAttempt({ conversation_id: named }) : undefined;
    const conversation_id = owner === undefined || owner === call_id ? named : undefined;
    if (named && !conversation_id) log.warn({ booking_id, call_id }, "a report names another call's conversation");
    const id = ids.among(await records.evidence(booking_id), report);
    const evidence: ReportEvidence = { ...report, id, ...(conversation_id ? { conversation_id } : {}) };
    if (conversation_id) await records.linkAttempt(call_id, { conversation_id });
    await records.addEvidence(evidence);
    return evidence;
  };

  /**
   * The database is away: the workflow itself is told. Whose conversation it is cannot be looked up, so that is left out. A wish never
   * to be called again reaches the workflow too, which sees to it; it is accepted only once the list has it.
   */
  const past = async (bookingId: string, report: Omit<ReportEvidence, 'id'>, cause: unknown): Promise<'unrecorded'> => {
    if (parseCallId(report.call_id)?.bookingId !== bookingId) throw notAnAttempt();
    const view = await gateway.state(bookingId);
    if (view && !view.attempts.some((attempt) => attempt.call_id === report.call_id)) throw notAnAttempt();
    const evidence: ReportEvidence = { ...report, id: ids.unknown(report) };
    const answer = await deliverUnrecorded(gateway, 'reportResult', evidence, cause);
    if (asksNeverToBeCalled(evidence)) throw unavailable('The do-not-call list is out of reach', cause);
    return answer;
  };

  app.route({
    method: 'POST',
    url: '/api/elevenlabs/tools/report_result',
    bodyLimit: BODY_LIMIT,
    schema: {
      tags: ['providers'],
      security: [{ toolSecret: [] }],
      operationId: 'reportResult',
      summary: "The result of a call, as the agent's server tool reports it",
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
      const { booking_id, call_id } = request.body;
      const report: Omit<ReportEvidence, 'id'> = {
        kind: 'report',
        source: 'tool',
        call_id,
        at: new Date(context.now()).toISOString(),
        report: reportOf(request.body),
      };
      const kept = await unlessAway(keep(request.body, report, request.log));
      const answer = kept.away
        ? await past(booking_id, report, kept.cause)
        : kept.value === 'erased'
          ? 'erased'
          : await deliver(context, 'reportResult', kept.value);
      metrics.webhooks.inc({ kind: 'report_result', answer });
      request.log.info({ booking_id, call_id, result: report.report.result, answer }, 'report');
      return { accepted: true as const };
    },
  });
}
