import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to the API on which the first answers are lost: each request arrives, and its connection ends before the answer. */
export interface ForgetfulWay {
  url: string;
  /** What the API answered, also where nobody heard it. */
  readonly answered: { status: number; key: string | undefined }[];
  close(): Promise<void>;
}

export async function forgetfulWay(to: string, lost: number): Promise<ForgetfulWay> {
  const answered: ForgetfulWay['answered'] = [];
  const server = createServer(async (request, response) => {
    const { authorization = '', 'content-type': type = '', 'idempotency-key': key } = request.headers;
    const headers = { authorization, 'content-type': type, ...(typeof key === 'string' && { 'idempotency-key': key }) };
    const body = Buffer.concat(await request.toArray());
    const sent = request.method === 'GET' ? {} : { body };
    const answer = await fetch(to + request.url, { method: request.method!, headers, ...sent });
    const text = await answer.text();
    answered.push({ status: answer.status, key: headers['idempotency-key'] });
    if (answered.length <= lost) response.destroy();
    else response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
