import type { PhoneCall } from '../call.ts';
import type { World } from '../world.ts';
import type { CallOrder } from './order.ts';
import { runStream } from './stream.ts';
import { callForm, twilioWebhook } from './webhook.ts';
import { type Element, parseXml } from './xml.ts';

const MAX_DOCUMENTS = 50;
/** Speaking time of one character, at natural pace. */
const CHARACTER_MS = 65;

/** An error in a call, by Twilio's numbers: twilio.com/docs/api/errors. */
interface Fault {
  code: string;
  url: string;
}

export interface Source {
  twiml?: string | undefined;
  url?: string | undefined;
  method?: string | undefined;
  /** A fallback gets the error and the URL that failed. */
  because?: Fault | undefined;
}

/** The end of a document: another document, or the call's end and the side that caused it. */
type Next = { source: Source } | { by: string };

/** Fetches and executes a call's TwiML until the call ends. Returns the side that ended it. */
export async function runInstructions(world: World, call: PhoneCall, order: CallOrder): Promise<string> {
  const url = order.get('Url');
  // When a call is created, Url takes precedence over Twiml.
  const source: Source = url ? { url, method: order.get('Method') } : { twiml: order.get('Twiml') };
  const fallback: Source | undefined = order.get('FallbackUrl')
    ? { url: order.get('FallbackUrl'), method: order.get('FallbackMethod') }
    : undefined;
  return runFrom(world, call, source, fallback);
}

/** Executes TwiML from here on. Returns the side that ended the call. */
export async function runFrom(world: World, call: PhoneCall, source: Source, fallback?: Source): Promise<string> {
  for (let n = 0; n < MAX_DOCUMENTS; n++) {
    let next: Next;
    try {
      const document = parseXml(source.twiml ?? (await fetchTwiml(world, call, source)));
      if (document.name !== 'Response')
        throw new SyntaxError(`12100: the document is <${document.name}>, not <Response>`);
      // A call to our number is answered by its first instructions.
      if (call.direction === 'inbound' && call.answered === undefined) {
        call.answered = new Date();
        call.status = 'in-progress';
      }
      next = await runVerbs(world, call, document.children, source.url);
    } catch (error) {
      world.note(call.to, `TwiML: ${error instanceof Error ? error.message : String(error)}`);
      const code = /^\d{5}/.exec(error instanceof Error ? error.message : '')?.[0] ?? '12100';
      next = fallback ? { source: { ...fallback, because: { code, url: source.url ?? '' } } } : { by: 'twiml-error' };
      fallback = undefined;
    }
    const redirected = call.takeRedirect();
    if (redirected && !call.hungUpBy) next = { source: redirected };
    if ('by' in next) return next.by;
    source = next.source;
  }
  return 'twiml-loop';
}

async function fetchTwiml(world: World, call: PhoneCall, source: Source): Promise<string> {
  if (call.hungUpBy) return '<Response/>';
  const { hook } = await twilioWebhook(world, {
    kind: 'twiml',
    call,
    url: source.url ?? '',
    method: source.method,
    detail: call.streams > 0 ? 'next' : 'first',
    form: [
      ...callForm(world, call),
      ...(source.because ? Object.entries({ ErrorCode: source.because.code, ErrorUrl: source.because.url }) : []),
    ],
  });
  if (hook.code !== 200) throw new Error(`11200: the request for it was answered ${hook.code || hook.error}`);
  return hook.answer;
}

async function runVerbs(world: World, call: PhoneCall, verbs: Element[], base: string | undefined): Promise<Next> {
  const target = (to: string): string => (base && URL.canParse(to, base) ? new URL(to, base).href : to);
  const { pace } = world.paceOf(world.scenario(call.to));
  for (const verb of verbs) {
    if (call.disturbed) break;
    switch (verb.name) {
      case 'Connect': {
        for (const noun of verb.children) {
          if (noun.name === 'Stream') await runStream(world, call, noun);
          else world.note(call.to, `TwiML: <Connect><${noun.name}> is not played`);
        }
        const { action, method } = verb.attributes;
        if (action !== undefined && !call.disturbed)
          return { source: { url: target(action), method: method ?? 'POST' } };
        break;
      }
      case 'Gather': {
        const asked = await gather(world, call, verb, target);
        if (asked) return asked;
        break;
      }
      case 'Redirect':
        return { source: { url: target(verb.text), method: verb.attributes.method ?? 'POST' } };
      case 'Hangup':
        return { by: 'twiml-hangup' };
      case 'Reject':
        return { by: 'twiml-reject' };
      case 'Pause':
        await call.pause((Number(verb.attributes.length) || 1) * 1000);
        break;
      case 'Say':
        call.said.push(verb.text);
        await call.pause((verb.text.length * CHARACTER_MS) / pace);
        break;
      case 'Play':
        await call.pause(1000 / pace);
        break;
      default:
        world.note(call.to, `TwiML: <${verb.name}> is not played`);
    }
  }
  return { by: call.hungUpBy ?? 'twiml-end' };
}

/** Time without an answer after which a <Gather> is over, at natural pace. */
const GATHER_MS = 5000;

/** `<Gather>`: asks, then takes the caller's keys or words to its action. Undefined: it got none, and the next verb is due. */
async function gather(
  world: World,
  call: PhoneCall,
  verb: Element,
  target: (to: string) => string,
): Promise<Next | undefined> {
  const asked = await runVerbs(world, call, verb.children, undefined);
  if (call.disturbed) return asked;
  const inputs = (verb.attributes.input ?? 'dtmf').split(/\s+/);
  const { action, method, numDigits } = verb.attributes;
  if (call.answers && inputs.includes('dtmf')) {
    const count = Number(numDigits) || call.answers.length;
    call.gathered = [['Digits', call.answers.slice(0, count)]];
    call.answers = call.answers.slice(count);
  } else if (call.words && inputs.includes('speech')) {
    call.gathered = [
      ['SpeechResult', call.words],
      ['Confidence', '0.9'],
    ];
    call.words = '';
  } else {
    await call.pause(GATHER_MS / world.paceOf(world.scenario(call.to)).pace);
    return undefined;
  }
  if (action === undefined) world.note(call.to, 'TwiML: a <Gather> without action asks the same document again');
  return { source: { url: target(action ?? ''), method: method ?? 'POST' } };
}
