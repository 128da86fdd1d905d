import type { Hook, World } from './world.ts';

export interface Delivery {
  kind: Hook['kind'];
  number: string;
  detail: string;
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Base URL whose host `url` may have, in addition to loopback ones. */
  publicUrl: string;
  timeoutMs: number;
}

/** Result of a delivery: an answer, or `connect` / `read` when there was none. */
export interface Delivered {
  hook: Hook;
  failed?: 'connect' | 'read' | 'refused';
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

/**
 * Reachable address of a public URL: its own on loopback, the tunnel's for the product's host. undefined for all others: the sandbox sends
 * nothing to another machine unless its operator named the host.
 */
export function addressOf(
  world: World,
  publicUrl: string,
  url: string,
): { target: string; headers: Record<string, string> } | undefined {
  if (!URL.canParse(url)) return undefined;
  const target = new URL(url);
  const { reach } = world;
  const own = URL.canParse(publicUrl) && new URL(publicUrl).host === target.host;
  if (own && reach) {
    const base = new URL(reach);
    const headers = {
      'x-forwarded-host': target.host,
      'x-forwarded-proto': /s:$/.test(target.protocol) ? 'https' : 'http',
    };
    const scheme = target.protocol.startsWith('ws') ? base.protocol.replace('http', 'ws') : base.protocol;
    return { target: `${scheme}//${base.host}${target.pathname}${target.search}`, headers };
  }
  return own || isLoopback(target.hostname) ? { target: target.href, headers: {} } : undefined;
}

/** Sends one webhook and records the answer. Never throws. */
export async function deliver(world: World, delivery: Delivery): Promise<Delivered> {
  const { kind, number, detail, url, publicUrl, method, body } = delivery;
  const hook = world.keep(world.hooks, {
    at: new Date(),
    kind,
    number,
    url,
    detail,
    code: 0,
    answer: '',
    ms: 0,
  } satisfies Hook as Hook);
  const began = performance.now();
  const address = addressOf(world, publicUrl, url);
  if (!address) {
    hook.error = 'neither loopback nor the product: not delivered';
    return { hook, failed: 'refused' };
  }
  let failed: Delivered['failed'];
  try {
    const response = await fetch(address.target, {
      method,
      headers: { ...address.headers, ...delivery.headers },
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(Math.ceil(delivery.timeoutMs)), world.closing.signal]),
      ...(body !== undefined && { body }),
    });
    hook.code = response.status;
    hook.answer = (await response.text()).slice(0, 200_000);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    hook.error = cause instanceof Error ? cause.message || cause.name : String(cause);
    failed = /ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|connect/i.test(hook.error) ? 'connect' : 'read';
  }
  hook.ms = Math.round(performance.now() - began);
  world.log(`webhook ${kind} ${detail}: ${hook.code || hook.error}`);
  return failed ? { hook, failed } : { hook };
}
