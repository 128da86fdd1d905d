import { Webhook } from 'standardwebhooks';
import { webServer } from '../providers/web-server.ts';

export interface Received {
  /** The `webhook-id`. */
  id: string;
  /** Signed with the secret, as a receiver checks it. */
  valid: boolean;
  type: string;
  data: { id: string; [field: string]: unknown };
}

export interface Receiver {
  url: string;
  /** All deliveries, in their order; `about`: of this booking, batch or shortlist. */
  heard(about?: string): Received[];
  close(): Promise<void>;
}

/**
 * A client's server that receives callbacks. Its path says how it answers: `/stumbling` first with 500, `/silent` first not at all, then,
 * as anywhere else, with 200.
 */
export async function receiver(secret: string): Promise<Receiver> {
  const webhook = new Webhook(secret);
  const isSigned = (body: string, headers: object): boolean => {
    try {
      webhook.verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  };
  const met = new Set<string>();
  const heard: Received[] = [];
  const server = await webServer(({ request: { path, headers, body }, json }) => {
    const message = JSON.parse(body) as Pick<Received, 'type' | 'data'>;
    heard.push({ ...message, id: String(headers['webhook-id']), valid: isSigned(body, headers) });
    const isFirst = !met.has(path);
    met.add(path);
    if (isFirst && path === '/silent') return;
    json(isFirst && path === '/stumbling' ? 500 : 200, {});
  });
  return {
    url: server.url,
    heard: (about) => heard.filter(({ data }) => about === undefined || data.id === about),
    close: () => server.close(),
  };
}
