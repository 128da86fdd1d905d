// `npm run bridge`: the media plane alone. Twilio reaches it at BRIDGE_PUBLIC_URL, which the API names in its TwiML.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { bridgeMetrics } from '../bridge/metrics.ts';
import { foreignBrowser, isPrivateName, namesOf } from '../config/foreign-browsers.ts';
import { VERSION } from '../config/version.ts';
import { alarmCounter } from '../delivery/alarm-counter.ts';
import { Alarms } from '../delivery/alarms.ts';
import { buildInfo } from '../delivery/build-info.ts';
import { failureCounter } from '../delivery/failure-counter.ts';
import { mindStorage } from '../delivery/mind-storage.ts';
import { startMediaPlane } from './media-plane.ts';
import { runProcess } from './run-process.ts';
import { serveApart } from './serve-apart.ts';

await runProcess('bridge', async (given) => {
  const { host, port } = given.config.http;
  const metrics = new Registry();
  const alarms = new Alarms({ log: given.log, count: alarmCounter(metrics) });
  const minded = mindStorage({ ...given.stores, alarms, log: given.log });
  given.stores.onFailure?.(failureCounter(metrics));
  const plane = await startMediaPlane({ ...given, alarms });
  collectDefaultMetrics({ register: metrics });
  buildInfo(metrics, VERSION);
  bridgeMetrics(metrics, plane.bridge);
  const { publicUrl, streamUrl, metricsPort } = given.config;
  const apart = await serveApart(metricsPort, metrics);
  const names = namesOf(publicUrl, streamUrl);
  const foreign = (request: IncomingMessage): string | undefined =>
    foreignBrowser(request, (name) => isPrivateName(name, names));
  const server = createServer(async (request, response) => {
    const answer = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type }).end(body);
    };
    const refused = foreign(request);
    if (refused) return answer(403, 'application/json', JSON.stringify({ status: refused }));
    if (request.url === '/metrics' && !apart) return answer(200, metrics.contentType, await metrics.metrics());
    const health = request.url === '/healthz' ? { status: 'ok', live_calls: plane.bridge.live() } : undefined;
    answer(health ? 200 : 404, 'application/json', JSON.stringify(health ?? { status: 'not found' }));
  });
  server.on('upgrade', (request, socket, head) => {
    // Twilio's streams have no Origin; a single-use token protects them. This check only keeps browsers out.
    if (request.headers.origin === undefined) return plane.bridge.upgrade(request, socket, head);
    socket.on('error', () => socket.destroy());
    socket.once('finish', () => socket.destroy());
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    at: `http://${host}:${(server.address() as AddressInfo).port}`,
    async stop() {
      await minded.stop();
      await plane.close(given.config.bridge.drainSeconds * 1_000);
      await new Promise((resolve) => server.close(resolve));
      await apart?.close();
    },
  };
});
