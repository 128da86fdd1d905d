import { timingSafeEqual } from 'node:crypto';
import type { PhoneCall } from '../call.ts';
import { type Answer, type Ask, abandoned, drop, type Handler, hang, json, type Router } from '../http.ts';
import { pause } from '../pause.ts';
import { nth } from '../scenario.ts';
import type { World } from '../world.ts';
import { accountView, incomingNumbers, outgoingCallerIds, updateNumber } from './account.ts';
import { callResource } from './call-resource.ts';
import { notFound, twilioError } from './errors.ts';
import { listCalls } from './list.ts';
import { livePhoneCall } from './live.ts';
import { formOf } from './order.ts';
import { deleteRecording, listRecordings, recording } from './recordings.ts';
import { refusal, remarks } from './validate.ts';

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function authorised(world: World, ask: Ask): boolean {
  const [, encoded = ''] = /^Basic (.+)$/i.exec(ask.request.headers.authorization ?? '') ?? [];
  const { twilioSid, twilioToken } = world.account;
  return same(Buffer.from(encoded, 'base64').toString('utf8'), `${twilioSid}:${twilioToken}`);
}

/** The `call_id` in a webhook's query, by which the product recognises its attempt. */
const callIdIn = (url: string | undefined): string =>
  url && URL.canParse(url) ? (new URL(url).searchParams.get('call_id') ?? '') : '';

async function createCall(world: World, ask: Ask): Promise<Answer | undefined> {
  const order = formOf(ask);
  const to = order.get('To') ?? '';
  const refused = refusal(world, order);
  if (refused) return refused;
  const callId = callIdIn(order.get('Url')) || callIdIn(order.get('StatusCallback'));
  const bookingId = callId.replace(/\.\d+$/, '');
  world.remember(bookingId, to);
  const gone = abandoned(ask);
  await world.held(to, 'request', { signal: gone });
  // The client disconnected while the request was held: it counts as never received.
  if (gone.aborted) return drop(ask);
  const scenario = world.scenario(to);
  const mode = nth(scenario.twilio_create, scenario.used.twilio_create++);
  switch (mode) {
    case '401':
      return twilioError(401, 20003, 'Authenticate');
    case '403':
      return twilioError(403, 20005, 'Account not active');
    case '429':
      return twilioError(429, 20429, 'Too Many Requests', { 'retry-after': '1' });
    case '500':
      return twilioError(500, 20500, 'An internal server error has occurred');
    case '503':
      return twilioError(503, 20503, 'Service unavailable');
    case '21215':
      return twilioError(
        400,
        21215,
        `Account not authorized to call ${to}. Perhaps you need to enable some international permissions.`,
      );
    case '21216':
      return twilioError(400, 21216, `Call to ${to} blocked by Twilio`);
    case 'hang':
      return hang(ask, world.closing.signal);
  }
  if (nth(scenario.callee, scenario.used.callee) === 'invalid')
    return twilioError(400, 21211, `The phone number you are attempting to call, ${to}, is not valid.`);
  for (const remark of remarks(order)) world.note(to, remark);
  const call = world.place(to, order.get('From')!, 'twilio');
  call.callId = callId;
  call.bookingId = bookingId;
  call.record = order.get('Record') === 'true';
  void livePhoneCall(world, call, order);
  await world.held(to, 'answer');
  if (mode === '500-after-placing') return twilioError(500, 20500, 'An internal server error has occurred');
  if (mode === 'lost') return drop(ask);
  return json(201, callResource(world, call));
}

/** `Status=completed` hangs up, `canceled` only before the answer; `Url` or `Twiml` gives new instructions, `TimeLimit` another cap. */
async function updateCall(world: World, ask: Ask, call: PhoneCall): Promise<Answer> {
  const order = formOf(ask);
  const status = order.get('Status');
  if (status !== undefined && status !== 'completed' && status !== 'canceled')
    return twilioError(400, 21218, `Invalid status: ${status}`);
  const limit = order.get('TimeLimit');
  if (limit !== undefined && !/^\d{1,6}$/.test(limit))
    return twilioError(400, 20001, `TimeLimit must be a number of seconds: ${limit}`);
  if (!call.live) return twilioError(400, 21220, 'Call is not in-progress. Cannot redirect.');
  if (limit !== undefined) call.limit(Number(limit));
  if (status === 'completed' || (status === 'canceled' && !call.answered)) {
    call.hangUp('api');
    await settled(call);
  } else if (order.get('Url') || order.get('Twiml')) {
    if (!call.answered) return twilioError(400, 21220, 'Call is not in-progress. Cannot redirect.');
    call.redirect({ url: order.get('Url'), method: order.get('Method'), twiml: order.get('Twiml') });
  }
  return json(200, callResource(world, call));
}

/** Deletes an ended call. A live call cannot be deleted (Twilio's error for that is not documented). */
function deleteCall(world: World, call: PhoneCall): Answer {
  if (world.scenario(call.to).erase === '500') return twilioError(500, 20500, 'An internal server error has occurred');
  if (call.live) return twilioError(400, 20001, 'The call is in progress: it cannot be deleted');
  call.deleted = true;
  return { status: 204 };
}

/** Waits until a hung-up call has ended: at most a second. */
async function settled(call: PhoneCall): Promise<void> {
  for (let n = 0; n < 100 && call.live; n++) await pause(10);
}

/** Twilio's REST API, as far as calls, their recordings and a check of the account need it. */
export function mountTwilio(router: Router, world: World): void {
  const base = '/2010-04-01/Accounts/{account}';
  const on = (method: string, path: string, handler: Handler): void =>
    router.on(method, base + path, (ask) => {
      if (!authorised(world, ask)) return twilioError(401, 20003, 'Authenticate');
      if (ask.params.account !== world.account.twilioSid) return notFound(ask.path);
      return handler(ask);
    });
  const withCall =
    (handler: (ask: Ask, call: PhoneCall) => Promise<Answer> | Answer): Handler =>
    (ask) => {
      const call = world.call(ask.params.call);
      return call && !call.deleted ? handler(ask, call) : notFound(ask.path);
    };
  on('GET', '.json', () => accountView(world));
  on('GET', '/IncomingPhoneNumbers.json', (ask) => incomingNumbers(world, ask));
  on('POST', '/IncomingPhoneNumbers/{number}.json', (ask) => updateNumber(world, ask));
  on('GET', '/OutgoingCallerIds.json', (ask) => outgoingCallerIds(world, ask));
  on('POST', '/Calls.json', (ask) => createCall(world, ask));
  on('GET', '/Calls.json', (ask) => listCalls(world, ask));
  on(
    'GET',
    '/Calls/{call}.json',
    withCall((_, call) => json(200, callResource(world, call))),
  );
  on(
    'POST',
    '/Calls/{call}.json',
    withCall((ask, call) => updateCall(world, ask, call)),
  );
  on(
    'DELETE',
    '/Calls/{call}.json',
    withCall((_, call) => deleteCall(world, call)),
  );
  on(
    'DELETE',
    '/Calls/{call}/Recordings/{recording}.json',
    withCall((ask, call) => deleteRecording(ask, [call])),
  );
  on('DELETE', '/Recordings/{recording}.json', (ask) => deleteRecording(ask, world.calls));
  on(
    'GET',
    '/Calls/{call}/Recordings.json',
    withCall((ask, call) => listRecordings(world, ask.path, [call])),
  );
  on('GET', '/Recordings.json', (ask) => {
    const sid = ask.query.get('CallSid');
    return listRecordings(world, ask.path, sid ? world.calls.filter((call) => call.sid === sid) : world.calls);
  });
  on('GET', '/Recordings/{file}', (ask) => recording(world, ask.params.file ?? '', ask.path));
}
