import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { LOAD_FACTOR } from '../load.ts';

/** For a server to start. */
const LIMIT_MS = 30_000 * LOAD_FACTOR;

/** A server that serves, until it is given back. */
export interface BorrowedServer {
  giveBack(): void;
}

/** Has a time-skipping server serve `port`. Undefined where none is lent: `npm test` says in the environment where they are. */
export async function borrowTestServer(port: number): Promise<BorrowedServer | undefined> {
  const lender = Number(process.env.TEST_SERVERS_PORT);
  if (!lender) return undefined;
  const socket = connect({ host: '127.0.0.1', port: lender });
  const answer = new Promise<string>((resolve) => {
    createInterface({ input: socket }).once('line', resolve);
    socket.once('close', () => resolve('failed'));
    socket.on('error', () => undefined);
  });
  socket.setTimeout(LIMIT_MS, () => socket.destroy());
  socket.write(`${port}\n`);
  const said = await answer;
  socket.setTimeout(0);
  if (said === 'opened') return { giveBack: () => socket.destroy() };
  socket.destroy();
  return undefined;
}
