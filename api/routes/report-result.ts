import type { ReportEvidence } from '../../domain/evidence.ts';
import { parseCallId } from '../../domain/ids.ts';
import { reportAnswerSchema } from '../../domain/schemas/provider-requests.ts';
import { reportOf, reportRequestSchema } from '../../domain/schemas/report.ts';
import { bearerMatches } from '../../providers/webhooks/index.ts';
import type { StoredBooking } from '../../records/interface.ts';
import { contentHash } from '../canonical-json.ts';
import type { App, Context } from '../context.ts';
import { deliver } from '../deliver.ts';
import { problems } from '../openapi.ts';
import { invalid, Problem } from '../problem.ts';

const BODY_LIMIT = 64 * 1_024;

/**
 * The id of a report. A repeat of the attempt's last report is that report; the same words after others are a new one,
 * since the last one counts.
 */
async function idOf(evidence: Omit<ReportEvidence, 'id'>, { records }: Context, bookingId: string): Promise<string> {
  const earlier = (await records.evidence(bookingId)).filter(
    (item): item is ReportEvidence =>
      item.kind === 'report' && item.source === 'tool' && item.call_id === evidence.call_id,
  );
  const hash = contentHash(evidence.report).slice(0, 16);
  const last = earlier.at(-1);
  return last && contentHash(last.report).startsWith(hash)
    ? last.id
    : `report:${evidence.call_id}:${earlier.length + 1}:${hash}`;
}

/** The agent's server tool. */
export function reportResultRoute(app: App, context: Context): void {
  const { records, gateway, settings, metrics } = context;

  /** True when the attempt is the booking's, as far as can be known: its workflow is asked where the database lags. */
  const isAttempt = async ({ view: stored }: StoredBooking, callId: string): Promise<boolean> => {
    const has = (attempts: { call_id: string }[]) => attempts.some((attempt) => attempt.call_id === callId);
    if (has(stored.attempts)) return true;
    const view = await gateway.state(stored.id);
    return view === undefined || has(view.attempts);
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
      const { booking_id, call_id, conversation_id: named } = request.body;
      const stored = await records.booking(booking_id);
      if (!stored) {
        // Late news of what was erased is nobody's to keep; the agent's talk must not stumble over that.
        if (await records.isErased({ booking_id })) {
          metrics.webhooks.inc({ kind: 'report_result', answer: 'erased' });
          return { accepted: true as const };
        }
        throw new Problem(404, 'There is no such booking.');
      }
      if (parseCallId(call_id)?.bookingId !== booking_id || !(await isAttempt(stored, call_id))) {
        throw invalid([
          {
            field: 'call_id',
            message: 'is not an attempt of this booking: send the dynamic variable call_id as it came',
          },
        ]);
      }
      // A model may have written it: what is known as another attempt's conversation must not change hands, or its transcript
      // and recording would.
      const owner = named ? await records.findAttempt({ conversation_id: named }) : undefined;
      const conversation_id = owner === undefined || owner === call_id ? named : undefined;
      if (named && !conversation_id)
        request.log.warn({ booking_id, call_id }, "a report names another call's conversation");
      const report: Omit<ReportEvidence, 'id'> = {
        kind: 'report',
        source: 'tool',
        call_id,
        at: new Date(context.now()).toISOString(),
        report: reportOf(request.body),
        ...(conversation_id ? { conversation_id } : {}),
      };
      const evidence: ReportEvidence = { ...report, id: await idOf(report, context, booking_id) };
      if (conversation_id) await records.linkAttempt(call_id, { conversation_id });
      await records.addEvidence(evidence);
      const answer = await deliver(context, 'reportResult', evidence);
      metrics.webhooks.inc({ kind: 'report_result', answer });
      request.log.info({ booking_id, call_id, result: evidence.report.result, answer }, 'report');
      return { accepted: true as const };
    },
  });
}
