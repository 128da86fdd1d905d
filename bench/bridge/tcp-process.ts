import { connect, createServer } from 'node:net';
import { endWithInput } from './until-input-ends.ts';

/** The floor: passes bytes on and understands none of them. */
const server = createServer((phone) => {
  const agent = connect(Number(process.env.AGENT_PORT), '127.0.0.1');
  for (const [one, other] of [
    [phone, agent],
    [agent, phone],
  ] as const) {
    one.setNoDelay(true);
    one.pipe(other);
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
});
server.listen(Number(process.env.PORT), '127.0.0.1');
endWithInput(async () => server.close());
