import { VoceroProblem } from '../clients/typescript/src/errors.ts';
import { keySchema } from '../domain/schemas/key.ts';
import { ApiUnreachable, type CallApi } from '../mcp/api-port.ts';
import { serveMcp } from '../mcp/stdio.ts';
import { ApiClient, Unreachable } from './api-client.ts';
import { plainError } from './foreign.ts';
import { whereIsApi } from './where.ts';

/** Longer than the longest wait of a read. */
const PATIENCE_MS = 60_000;

/** The API of the instance that is configured, or that runs on this machine: looked for with each request, so that it may start later. */
const fetchedApi: CallApi = async ({ method, path, headers, body, signal }) => {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const limit = { signal: signal ? AbortSignal.any([signal, patience]) : patience };
  const client = new ApiClient(whereIsApi());
  try {
    const response = await client.transport.open(method, path, { headers, body }, limit);
    return { status: response.status, body: parsed(await response.text()) };
  } catch (error) {
    if (error instanceof VoceroProblem) return { status: error.status, body: error.document };
    const failure = client.failureOf(error);
    const why = failure instanceof Unreachable ? failure.message : 'The connection to Vocero ended before its answer.';
    throw new ApiUnreachable(why, { cause: error });
  }
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `vocero mcp`: serves one assistant on standard input and output, which carry nothing but the protocol, until its input ends. */
export async function runMcp(): Promise<number> {
  // A wrong setting is reported at once, on standard error.
  whereIsApi();
  serveMcp({
    api: fetchedApi,
    async isOperator() {
      const { body } = await fetchedApi({ method: 'GET', path: '/v1/key' });
      return keySchema.safeParse(body).data?.operator ?? false;
    },
    onFault: (error) => console.error(plainError(error)),
  });
  return 0;
}
