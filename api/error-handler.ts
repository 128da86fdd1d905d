import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RecordsUnavailable, Unavailable } from '../delivery/gateway.ts';
import { isDatabaseAway } from '../records/away.ts';
import { isProved, whatWasAsked } from './asked.ts';
import type { Context } from './context.ts';
import { Problem, unavailable } from './problem.ts';

const PROBLEM_JSON = 'application/problem+json';

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type(PROBLEM_JSON)
    .serializer(JSON.stringify)
    .send(problem.document(request.id));
}

/** Our wording of Fastify's own refusals; undefined: not one of its client errors. */
function ofFastify(error: FastifyError, request: FastifyRequest): Problem | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Problem(413, `The body is larger than the ${request.routeOptions.bodyLimit} bytes allowed here.`, {
        headers: { connection: 'close' },
      });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
    case 'FST_ERR_CTP_EMPTY_TYPE':
      return new Problem(
        415,
        'This content type is not accepted here; send application/json, or what this endpoint documents.',
      );
    default:
      return error.statusCode && error.statusCode >= 400 && error.statusCode < 500
        ? new Problem(error.statusCode, error.message)
        : undefined;
  }
}

export function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof RecordsUnavailable) return unavailable(error.message, error.cause);
  if (error instanceof Unavailable) return unavailable('Temporal is out of reach', error);
  if (isDatabaseAway(error)) return unavailable('The database is out of reach', error);
  const known = error instanceof Error ? ofFastify(error as FastifyError, request) : undefined;
  return known ?? new Problem(500, 'Something broke here; it is logged under the request id.', { cause: error });
}

/** Turns every error into a problem document. Logs only our own faults as errors. */
export function handleErrors(app: FastifyInstance, { strangers }: Pick<Context, 'strangers'>): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request);
    // A 503 without a cause is expected: not ready yet, or about to end.
    const line = { reqId: request.id, ...whatWasAsked(request) };
    const log = isProved(request) ? app.log : strangers;
    if (problem.status >= 500 && problem.cause !== undefined)
      log.error({ ...line, err: problem.cause }, 'request failed');
    else if (problem.status >= 500) log.debug({ ...line, status: problem.status }, problem.message);
    return sendProblem(request, reply, problem);
  });
}
