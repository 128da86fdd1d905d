import { createHmac, randomUUID } from 'node:crypto';
import twilio from 'twilio';
import WebSocket from 'ws';
import { callIdOf } from '../../domain/ids.ts';
import { type Check, type Finding, fail, off, ok, type Patient } from './check.ts';

const PATIENCE_MS = 10_000;
/** No booking has this id: real ones are longer. */
const NO_BOOKING = 'bk_doctor';
const NO_CALL = callIdOf(NO_BOOKING, 1);
const SAME = 'Give the process behind PUBLIC_URL the same settings as this one, and restart it after a change.';
const REACH =
  'Start Vocero. Check that PUBLIC_URL is right, and that its tunnel or proxy runs and passes on every path and method.';

const post = (url: string, headers: Record<string, string>, body: string): Promise<Response> =>
  fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });

/** Sends two requests: the one with the right secret must be accepted, the one with a wrong secret refused. */
async function roundTrip(
  what: string,
  variable: string,
  accepted: number,
  refused: number,
  ask: (right: boolean) => Promise<Response>,
) {
  const right = await ask(true);
  await right.body?.cancel();
  if (right.status === refused) return fail(`${what} with ${variable} is refused at PUBLIC_URL`, SAME);
  if (right.status !== accepted) return fail(`${what} gets ${right.status} at PUBLIC_URL, not ${accepted}`, REACH);
  const wrong = await ask(false);
  await wrong.body?.cancel();
  if (wrong.status === refused) return ok('accepted when genuine, refused when forged');
  return fail(`a forged one gets ${wrong.status}, not ${refused}`, SAME);
}

/** Sends what the providers send: genuine requests, but about no booking. */
export const PUBLIC_URL: Check[] = [
  {
    name: 'public URL',
    fix: REACH,
    async look({ config }) {
      const response = await fetch(`${config.publicUrl}/healthz`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const body: unknown = await response.json().catch(() => undefined);
      const up = response.status === 200 && (body as { status?: unknown } | undefined)?.status === 'ok';
      return up
        ? ok(`${config.publicUrl} leads to Vocero`)
        : fail(`something else answers there (${response.status})`, REACH);
    },
  },
  {
    name: 'ElevenLabs’ signature',
    fix: REACH,
    async look({ config }) {
      const secret = config.elevenlabs?.webhookSecret;
      if (!secret) return off('no webhook secret is configured');
      const body = JSON.stringify({ type: 'vocero_doctor', event_timestamp: seconds(), data: { id: randomUUID() } });
      return roundTrip('a post-call webhook', 'ELEVENLABS_WEBHOOK_SECRET', 200, 401, (right) => {
        const at = seconds();
        const hmac = createHmac('sha256', right ? secret : `not-${secret}`)
          .update(`${at}.${body}`)
          .digest('hex');
        const headers = { 'content-type': 'application/json', 'elevenlabs-signature': `t=${at},v0=${hmac}` };
        return post(`${config.publicUrl}/api/elevenlabs/post-call`, headers, body);
      });
    },
  },
  {
    name: 'Twilio’s signature',
    fix: REACH,
    async look({ config }) {
      const account = config.twilio;
      if (!account) return off('no Twilio account is configured');
      const url = `${config.publicUrl}/webhook/voice/status?call_id=${NO_CALL}`;
      const form = { AccountSid: account.accountSid, CallSid: `CA${'0'.repeat(32)}`, CallStatus: 'completed' };
      return roundTrip('a status callback', 'TWILIO_AUTH_TOKEN', 204, 403, (right) => {
        const token = right ? account.authToken : `not-${account.authToken}`;
        const headers = {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': twilio.getExpectedTwilioSignature(token, url, form),
        };
        return post(url, headers, new URLSearchParams(form).toString());
      });
    },
  },
  {
    name: 'the tool’s secret',
    fix: REACH,
    async look({ config }) {
      const secret = config.elevenlabs?.toolSecret;
      if (!secret) return off('no tool secret is configured');
      const body = JSON.stringify({ booking_id: NO_BOOKING, call_id: NO_CALL, result: 'declined' });
      // 404 is the right answer: the secret is accepted, but there is no such booking.
      return roundTrip('report_result', 'ELEVENLABS_TOOL_SECRET', 404, 401, (right) => {
        const authorization = `Bearer ${right ? secret : `not-${secret}`}`;
        const headers = { 'content-type': 'application/json', authorization };
        return post(`${config.publicUrl}/api/elevenlabs/tools/report_result`, headers, body);
      });
    },
  },
  { name: 'media stream', fix: REACH, look: mediaStream },
];

const seconds = (): number => Math.floor(Date.now() / 1000);

/** Many proxies pass requests but not the upgrade to a WebSocket, without which bridged calls are silent. */
async function mediaStream({ config }: Patient): Promise<Finding> {
  if (!config.twilio) return off('no Twilio account is configured');
  if (config.streamSignature === 'require')
    return off('cannot be checked: only Twilio’s signature is accepted (TWILIO_STREAM_SIGNATURE=require)');
  const url = `${config.streamUrl}/ws/media-stream/${NO_CALL}`;
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { handshakeTimeout: PATIENCE_MS, followRedirects: false });
    const done = (finding: Finding): void => {
      socket.removeAllListeners();
      socket.on('error', () => {});
      socket.terminate();
      resolve(finding);
    };
    socket.once('open', () => done(ok('the upgrade to a WebSocket passes')));
    socket.once('unexpected-response', (_, { statusCode, headers }) => {
      // An empty 404 is the bridge's own answer: it received the upgrade, and knows no such call.
      if (statusCode === 404 && headers['content-length'] === '0') return done(ok('the upgrade to a WebSocket passes'));
      done(fail(`the upgrade to a WebSocket gets ${statusCode}`, 'Make the tunnel or proxy pass upgrades on.'));
    });
    socket.once('error', (error) => done(fail(`no WebSocket at ${config.streamUrl}: ${error.message}`, REACH)));
  });
}
