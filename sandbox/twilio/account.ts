import { createHash } from 'node:crypto';
import { type Answer, type Ask, json } from '../http.ts';
import type { World } from '../world.ts';
import { notFound } from './errors.ts';

const sidOf = (prefix: string, of: string): string => prefix + createHash('md5').update(of).digest('hex');

/** `GET Accounts/{sid}.json`. */
export function accountView(world: World): Answer {
  const { twilioSid, twilioToken } = world.account;
  const uri = `/2010-04-01/Accounts/${twilioSid}`;
  return json(200, {
    sid: twilioSid,
    friendly_name: 'Sandbox',
    status: world.standing.status,
    type: world.standing.type,
    auth_token: twilioToken,
    owner_account_sid: twilioSid,
    date_created: 'Wed, 01 Oct 2025 00:00:00 +0000',
    date_updated: 'Wed, 01 Oct 2025 00:00:00 +0000',
    uri: `${uri}.json`,
    subresource_uris: {},
  });
}

function numberView(world: World): { sid: string; [field: string]: unknown } {
  const { twilioSid, twilioNumber } = world.account;
  const sid = sidOf('PN', twilioNumber);
  return {
    sid,
    account_sid: twilioSid,
    friendly_name: 'Vocero',
    phone_number: twilioNumber,
    capabilities: { voice: world.standing.voice, sms: true, mms: false, fax: false },
    voice_url: world.twilioVoiceUrl,
    voice_method: 'POST',
    voice_fallback_url: null,
    voice_fallback_method: 'POST',
    voice_caller_id_lookup: false,
    voice_application_sid: null,
    status_callback: '',
    status_callback_method: 'POST',
    sms_url: '',
    sms_method: 'POST',
    sms_fallback_url: '',
    sms_fallback_method: 'POST',
    sms_application_sid: null,
    address_requirements: 'none',
    address_sid: null,
    api_version: '2010-04-01',
    beta: false,
    bundle_sid: null,
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    emergency_status: 'Inactive',
    identity_sid: null,
    origin: 'twilio',
    status: 'in-use',
    trunk_sid: null,
    date_created: 'Wed, 01 Oct 2025 00:00:00 +0000',
    date_updated: 'Wed, 01 Oct 2025 00:00:00 +0000',
    uri: `/2010-04-01/Accounts/${twilioSid}/IncomingPhoneNumbers/${sid}.json`,
    subresource_uris: {},
  };
}

/** `POST IncomingPhoneNumbers/{sid}.json`: sets the page for its calls. */
export function updateNumber(world: World, ask: Ask): Answer {
  const number = numberView(world);
  if (ask.params.number !== number.sid || world.standing.number !== 'owned') return notFound(ask.path);
  const url = new URLSearchParams(ask.body.toString()).get('VoiceUrl');
  if (url !== null) world.twilioVoiceUrl = url;
  return json(200, numberView(world));
}

/** `GET IncomingPhoneNumbers.json`: the account's only number, filtered by `PhoneNumber`. */
export function incomingNumbers(world: World, ask: Ask): Answer {
  const { twilioNumber } = world.account;
  const wanted = ask.query.get('PhoneNumber');
  const number = numberView(world);
  const there = world.standing.number === 'owned';
  const found = there && (!wanted || twilioNumber.includes(wanted.replaceAll('*', ''))) ? [number] : [];
  return listOf(ask, 'incoming_phone_numbers', found);
}

/** `GET OutgoingCallerIds.json`: the account's number, when it is a verified number of another provider. */
export function outgoingCallerIds(world: World, ask: Ask): Answer {
  const { account, standing } = world;
  const uri = `/2010-04-01/Accounts/${account.twilioSid}/OutgoingCallerIds`;
  const sid = sidOf('PN', account.twilioNumber);
  const verified = {
    sid,
    account_sid: account.twilioSid,
    friendly_name: 'Vocero',
    phone_number: account.twilioNumber,
    date_created: 'Wed, 01 Oct 2025 00:00:00 +0000',
    date_updated: 'Wed, 01 Oct 2025 00:00:00 +0000',
    uri: `${uri}/${sid}.json`,
  };
  return listOf(ask, 'outgoing_caller_ids', standing.number === 'verified' ? [verified] : []);
}

function listOf(ask: Ask, name: string, rows: unknown[]): Answer {
  return json(200, {
    [name]: rows,
    page: 0,
    page_size: 50,
    start: 0,
    end: Math.max(0, rows.length - 1),
    uri: ask.path,
    first_page_uri: ask.path,
    previous_page_uri: null,
    next_page_uri: null,
  });
}
