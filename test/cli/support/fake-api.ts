import { type AddressInfo, createServer } from 'node:net';
import { afterEach } from '@jest/globals';
import { until } from '../../support/until.ts';

/** One answer of a server, byte for byte: a status line may say what no honest HTTP library would write. */
export interface RawAnswer {
  status: string;
  type?: string;
  body?: string;
  /** Breaks the connection off here, before the whole body has come. */
  broken?: boolean;
}

const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/**
 * Stands where an API is expected, until the test ends, and answers whatever the test wants, a broken answer or none (undefined:
 * the connection is cut) too.
 */
export async function fakeApi(
  answer: (method: string, path: string, head: string) => RawAnswer | undefined,
): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    let asked = '';
    socket.on('data', (bytes: Buffer) => {
      asked += bytes.toString();
      if (!asked.includes('\r\n\r\n')) return;
      const [method, path] = asked.split(' ');
      const given = answer(method!, path!, asked);
      asked = '';
      if (!given) return socket.destroy();
      const { status, type = 'application/json', body = '', broken } = given;
      const length = Buffer.byteLength(body) + (broken ? 1 : 0);
      socket.end(
        `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${body}`,
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await until(() => server.listening);
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
