import type { OpenAPIV3_1 } from 'openapi-types';
import { withOperations } from './operations.ts';
import { titleOf } from './problem.ts';

type Response = OpenAPIV3_1.ResponseObject | OpenAPIV3_1.ReferenceObject;
type Operation = OpenAPIV3_1.OperationObject;

const PROBLEM = 'application/problem+json';
const BODILESS = new Set(['get', 'head']);
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

const header = (description: string): OpenAPIV3_1.HeaderObject => ({ description, schema: { type: 'string' } });
const HEADERS: Record<string, Record<string, OpenAPIV3_1.HeaderObject>> = {
  405: { Allow: header('The methods of this path') },
  416: { 'Content-Range': header('The size of the recording') },
  429: { 'Retry-After': header('Seconds to wait') },
  503: { 'Retry-After': header('Seconds to wait; not where waiting will not help') },
};

/**
 * The statuses that come from outside of the routes' handlers: from the server, the router, the parsers, the check of keys and the error
 * handler. Each route lists those of its handler.
 */
function statusesOf(path: string, method: string): number[] {
  return [
    ...[400, 405, 408, 431, 500],
    ...(path.includes('{') ? [404, 414] : []),
    ...(BODILESS.has(method) ? [] : [413, 415]),
    ...(path.startsWith('/v1/') ? [401, 403, 422, 429, 503] : []),
  ];
}

const nameOf = (status: string): string =>
  titleOf(Number(status))
    .split(/[^A-Za-z]+/)
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('');

const isProblem = (response: Response): boolean => 'content' in response && PROBLEM in (response.content ?? {});

/** A document in which each operation lists every status that can come. A problem is described once, among the components. */
export function withCommonAnswers(
  document: OpenAPIV3_1.Document,
  describe: (status: number) => string,
): OpenAPIV3_1.Document {
  const named: Record<string, OpenAPIV3_1.ResponseObject> = {};
  const refer = (status: string): OpenAPIV3_1.ReferenceObject => {
    named[nameOf(status)] ??= {
      description: describe(Number(status)),
      ...(HEADERS[status] && { headers: HEADERS[status] }),
      content: { [PROBLEM]: { schema: { $ref: '#/components/schemas/Problem' } } },
    };
    return { $ref: `#/components/responses/${nameOf(status)}` };
  };
  const whole = (path: string, method: string, operation: Operation): Operation => {
    const own = Object.entries(operation.responses ?? {}).map(([status, response]): [string, Response] => [
      status,
      isProblem(response) ? refer(status) : response,
    ]);
    const common = statusesOf(path, method).map((status): [string, Response] => [
      String(status),
      refer(String(status)),
    ]);
    return { ...operation, responses: Object.fromEntries([...common, ...own]) };
  };
  const paths = withOperations(document.paths ?? {}, (operation, path, method) =>
    METHODS.has(method) ? whole(path, method, operation as Operation) : operation,
  );
  const responses = Object.fromEntries(Object.entries(named).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { ...document, paths, components: { ...document.components, responses } };
}
