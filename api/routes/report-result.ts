import type { Refused } from '../../delivery/reported-call.ts';
import { reportTaker } from '../../delivery/take-report.ts';
import { parseCallId } from '../../domain/ids.ts';
import { readReport } from '../../domain/report/read-report.ts';
import { remediesFor } from '../../domain/report/remedies.ts';
import { reportAnswerSchema } from '../../domain/schemas/provider-requests.ts';
import { reportRequestSchema } from '../../domain/schemas/report.ts';
import { acceptAnyText } from '../body-parsers.ts';
import type { App, Context } from '../context.ts';
import { problems } from '../openapi.ts';
import { invalid, Problem } from '../problem.ts';
import { withToolSecret } from '../tool-secret.ts';
import { bodyRequired, documentedOnly } from '../validation.ts';

const BODY_LIMIT = 64 * 1_024;

const refusalOf = (why: Refused): Problem =>
  why === 'unknown_booking'
    ? new Problem(404, 'There is no such booking.')
    : invalid([
        {
          field: 'call_id',
          message: 'is not an attempt of this booking: send the dynamic variable call_id as it came',
        },
      ]);

/** The agent's server tool. */
export function reportResultRoute(app: App, context: Context): void {
  const { metrics } = context;
  const take = reportTaker(context);

  acceptAnyText(app);
  app.route({
    method: 'POST',
    url: '/api/elevenlabs/tools/report_result',
    bodyLimit: BODY_LIMIT,
    // The schema documents the expected body. A clear result in another form is read all the same.
    validatorCompiler: documentedOnly,
    schema: {
      tags: ['providers'],
      security: [{ toolSecret: [] }],
      operationId: 'reportResult',
      summary: "The result of a call, as the agent's server tool reports it",
      description:
        'Send this body. A clear value in another form is read too (`4:00 PM`, `Confirmed`, `N/A`, JSON in a fence or of another content type). An unclear day or time is kept as evidence, named in `unclear`, and confirms nothing. `422`: the body has no readable result, or its call is unknown.',
      body: reportRequestSchema,
      response: { 200: reportAnswerSchema, ...problems(401, 404, 422, 503) },
    },
    onRequest: withToolSecret(context, 'report_result'),
    async handler(request) {
      const body: unknown = request.body;
      if (body === undefined || body === null) throw bodyRequired();
      const read = readReport(body);
      if (!read.ok) throw invalid([{ field: read.field, message: read.remedy }]);
      const taken = await take(read, request.log);
      if ('refused' in taken) throw refusalOf(taken.refused);
      const { call_id, answer } = taken;
      metrics.webhooks.inc({ kind: 'report_result', answer });
      const { result, unclear } = read.report;
      request.log.info({ booking_id: parseCallId(call_id)?.bookingId, call_id, result, unclear, answer }, 'report');
      const remedies = remediesFor(read.report);
      return { accepted: true as const, ...(remedies.length > 0 ? { unclear: remedies } : {}) };
    },
  });
}
