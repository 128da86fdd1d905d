import type { Answer } from '../http.ts';
import type { World } from '../world.ts';
import { twilioError } from './errors.ts';
import type { CallOrder } from './order.ts';

const EVENTS = ['initiated', 'ringing', 'answered', 'completed'];
/** Parameters of CreateCall that Twilio documents. Twilio ignores others, which are noted here. */
const KNOWN = new Set(
  `To From Url Twiml ApplicationSid Method FallbackUrl FallbackMethod StatusCallback StatusCallbackEvent StatusCallbackMethod
  SendDigits Timeout Record RecordingChannels RecordingStatusCallback RecordingStatusCallbackMethod SipAuthUsername SipAuthPassword
  MachineDetection MachineDetectionTimeout RecordingStatusCallbackEvent Trim CallerId MachineDetectionSpeechThreshold
  MachineDetectionSpeechEndThreshold MachineDetectionSilenceTimeout AsyncAmd AsyncAmdStatusCallback AsyncAmdStatusCallbackMethod
  Byoc CallReason CallToken RecordingTrack TimeLimit ClientNotificationUrl RecordingConfigurationId Passports`.split(
    /\s+/,
  ),
);

const isUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return /^https?:$/.test(protocol) && !hostname.includes('_');
};

/** Twilio's refusal of a CreateCall request, in its words; undefined when it would dial. */
export function refusal(world: World, order: CallOrder): Answer | undefined {
  const to = order.get('To');
  const from = order.get('From');
  const bad = (code: number, message: string): Answer => twilioError(400, code, message);
  if (!to) return bad(21201, "No 'To' number is specified");
  if (!from) return bad(21213, "Caller phone number required; no 'From' number is specified");
  if (!/^\+[1-9]\d{6,14}$/.test(to))
    return bad(21211, `The phone number you are attempting to call, ${to}, is not valid.`);
  if (from !== world.account.twilioNumber)
    return bad(21210, `The source phone number provided, ${from}, is not yet verified for your account.`);
  const url = order.get('Url');
  const twiml = order.get('Twiml');
  if (!url && !twiml && !order.get('ApplicationSid')) return bad(21205, 'Url parameter is required.');
  if (url && !isUrl(url)) return bad(21205, `Url is not a valid URL: ${url}`);
  if (twiml && twiml.length > 4000) return bad(21624, 'Twiml may have at most 4000 characters.');
  const status = order.get('StatusCallback');
  if (status && !isUrl(status)) return bad(21609, `Invalid StatusCallback URL: ${status}`);
  for (const name of ['Method', 'FallbackMethod', 'StatusCallbackMethod', 'AsyncAmdStatusCallbackMethod']) {
    const method = order.get(name);
    if (method && !/^(GET|POST)$/i.test(method)) return bad(21403, `${name} must be GET or POST.`);
  }
  const timeout = order.get('Timeout');
  if (timeout && !/^\d{1,3}$/.test(timeout)) return bad(20001, `Timeout must be a number from 0 to 600: ${timeout}`);
  const limit = order.get('TimeLimit');
  if (limit && !/^\d{1,6}$/.test(limit)) return bad(20001, `TimeLimit must be a number of seconds: ${limit}`);
  return undefined;
}

/** Remarks on parameters that Twilio accepts without the intended effect. */
export function remarks(order: CallOrder): string[] {
  const events = order.all('StatusCallbackEvent').filter((event) => !EVENTS.includes(event));
  return [
    ...events.map((event) => `21626: StatusCallbackEvent ${JSON.stringify(event)} is unknown and ignored`),
    ...(order.get('Url') && order.get('Twiml') ? ['Url and Twiml given: Twiml is ignored'] : []),
    ...order.names.filter((name) => !KNOWN.has(name)).map((name) => `CreateCall has no parameter ${name}`),
  ];
}
