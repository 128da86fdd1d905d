// `npm run bridge`: the media plane alone. Twilio reaches it at BRIDGE_PUBLIC_URL; the API names that in its TwiML.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startMediaPlane } from '../api/media-plane.ts';
import { runProcess } from '../cli/process.ts';

await runProcess('bridge', async (given) => {
  const { host, port } = given.config.http;
  const plane = await startMediaPlane(given);
  const server = createServer((request, response) => {
    const known = request.url === '/healthz';
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(known ? { status: 'ok', live_calls: plane.bridge.live() } : { status: 'not found' }));
  });
  server.on('upgrade', plane.bridge.upgrade.bind(plane.bridge));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    at: `http://${host}:${(server.address() as AddressInfo).port}`,
    async stop() {
      await plane.close(given.config.bridge.drainSeconds * 1_000);
      await new Promise((resolve) => server.close(resolve));
    },
  };
});
