import type { FastifyRequest } from 'fastify';
import { ApiUnreachable, type CallApi } from '../mcp/api-port.ts';
import type { App } from './context.ts';

/** Header fields of a request that decide who asks, and how it is answered. */
const PASSED = ['authorization', 'host', 'accept-language'] as const;

/** The API as the sender of a request sees it: with its key and from its address, in this process, without a socket. */
export const injectedApi =
  (app: App, { headers, ip }: FastifyRequest): CallApi =>
  async ({ method, path, headers: more, body, signal }) => {
    const own = Object.fromEntries(
      PASSED.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
    );
    const answer = await app
      .inject({
        method,
        url: path,
        remoteAddress: ip,
        headers: { ...own, ...more, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { payload: JSON.stringify(body) }),
        ...(signal && { signal }),
      })
      .catch((cause: unknown) => {
        throw new ApiUnreachable('The request ended before its answer.', { cause });
      });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  };
