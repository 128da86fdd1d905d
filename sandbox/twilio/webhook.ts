import { createHash } from 'node:crypto';
import type { PhoneCall } from '../call.ts';
import { type Delivered, deliver } from '../deliver.ts';
import { pause } from '../pause.ts';
import type { Hook, World } from '../world.ts';
import { signature } from './signature.ts';

export type Form = [string, string][];

/** Per-URL connection settings: the fragment `#rc=3&rp=5xx,ct,rt&ct=2000&rt=5000&tt=15000`. */
interface Overrides {
  retries: number;
  policy: string[];
  readMs: number;
  totalMs: number;
}

function overrides(fragment: string): Overrides {
  const given = new URLSearchParams(fragment);
  const number = (name: string, fallback: number, from: number, to: number): number => {
    const value = Number(given.get(name) ?? fallback);
    return Number.isFinite(value) ? Math.min(to, Math.max(from, value)) : fallback;
  };
  return {
    retries: number('rc', 1, 0, 5),
    policy: (given.get('rp') ?? 'ct').split(','),
    readMs: number('rt', 15_000, 100, 15_000),
    totalMs: number('tt', 15_000, 100, 15_000),
  };
}

function mayRetry({ hook, failed }: Delivered, policy: string[]): boolean {
  if (failed === 'refused') return false;
  const what = failed === 'connect' ? 'ct' : failed === 'read' ? 'rt' : `${Math.floor(hook.code / 100)}xx`;
  return (failed !== undefined || hook.code >= 400) && (policy.includes(what) || policy.includes('all'));
}

interface TwilioWebhook {
  kind: Hook['kind'];
  call: PhoneCall;
  url: string;
  method?: string | undefined;
  detail: string;
  form: Form;
}

/** Sends a signed form (or query), and retries as far as the URL's fragment permits. Returns the last try. */
export async function twilioWebhook(
  world: World,
  { kind, call, url, method, detail, form }: TwilioWebhook,
): Promise<Delivered> {
  const [bare = '', fragment = ''] = url.split('#', 2);
  const { retries, policy, readMs, totalMs } = overrides(fragment);
  const isGet = method?.toUpperCase() === 'GET';
  const body = new URLSearchParams(form).toString();
  const target = isGet ? `${bare}${bare.includes('?') ? '&' : '?'}${body}` : bare;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'user-agent': 'TwilioProxy/1.1',
    accept: '*/*',
    'x-twilio-signature': signature(world.account.twilioToken, target, isGet ? [] : form),
    'i-twilio-idempotency-token': createHash('sha1').update(`${call.sid} ${kind} ${target} ${body}`).digest('hex'),
  };
  const until = performance.now() + totalMs;
  for (let n = 0; ; n++) {
    const left = until - performance.now();
    const delivered = await deliver(world, {
      kind,
      number: call.to,
      detail,
      url: target,
      method: isGet ? 'GET' : 'POST',
      headers,
      ...(!isGet && { body }),
      publicUrl: world.scenario(call.to).public_url ?? world.publicUrl,
      timeoutMs: Math.max(100, Math.min(readMs, left)),
    });
    if (n >= retries || !mayRetry(delivered, policy) || performance.now() + 100 * 2 ** n >= until) return delivered;
    await pause(100 * 2 ** n);
    if (world.closing.signal.aborted) return delivered;
  }
}

/** Caller and callee. */
export const partiesOf = ({ direction, from, to }: PhoneCall): { from: string; to: string } =>
  direction === 'inbound' ? { from: to, to: from } : { from, to };

/** Parameters of every request about a call. */
export function callForm(world: World, call: PhoneCall): Form {
  const { from, to } = partiesOf(call);
  const gathered = call.gathered.splice(0);
  const place = (prefix: string): Form => ['City', 'State', 'Zip', 'Country'].map((name) => [prefix + name, '']);
  return [
    ['CallSid', call.sid],
    ['AccountSid', world.account.twilioSid],
    ['From', from],
    ['To', to],
    ['Caller', from],
    ['Called', to],
    ['CallStatus', call.status],
    ['ApiVersion', '2010-04-01'],
    ['Direction', call.direction === 'inbound' ? 'inbound' : 'outbound-api'],
    ['ForwardedFrom', ''],
    ['CallerName', ''],
    ...place('From'),
    ...place('To'),
    ...place('Caller'),
    ...place('Called'),
    ...(call.answeredBy ? ([['AnsweredBy', call.answeredBy]] as Form) : []),
    ...gathered,
  ];
}
