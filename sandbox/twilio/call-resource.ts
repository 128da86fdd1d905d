import type { PhoneCall } from '../call.ts';
import type { World } from '../world.ts';
import { partiesOf } from './webhook.ts';

const rfc2822 = (at: Date | undefined): string | null => at?.toUTCString().replace('GMT', '+0000') ?? null;

/** Twilio's Call resource, as the REST API shows it. */
export function callResource(world: World, call: PhoneCall): Record<string, unknown> {
  const { twilioSid } = world.account;
  const { from, to } = partiesOf(call);
  const uri = `/2010-04-01/Accounts/${twilioSid}/Calls/${call.sid}`;
  const sub = (name: string): string => `${uri}/${name}.json`;
  return {
    sid: call.sid,
    account_sid: twilioSid,
    parent_call_sid: null,
    to,
    to_formatted: to,
    from,
    from_formatted: from,
    phone_number_sid: `PN${twilioSid.slice(2)}`,
    // The resource has no `initiated`: only the webhooks use that word.
    status: call.status === 'initiated' ? 'queued' : call.status,
    direction: call.direction === 'inbound' ? 'inbound' : 'outbound-api',
    date_created: rfc2822(call.placed),
    date_updated: rfc2822(call.ended ?? call.answered ?? call.placed),
    start_time: rfc2822(call.dialed),
    end_time: rfc2822(call.ended),
    duration: call.ended ? String(call.seconds) : null,
    price: null,
    price_unit: 'USD',
    answered_by: call.answeredBy ?? null,
    api_version: '2010-04-01',
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: '0',
    trunk_sid: null,
    annotation: null,
    uri: `${uri}.json`,
    subresource_uris: {
      notifications: sub('Notifications'),
      recordings: sub('Recordings'),
      streams: sub('Streams'),
      payments: sub('Payments'),
      siprec: sub('Siprec'),
      transcriptions: sub('Transcriptions'),
      user_defined_message_subscriptions: sub('UserDefinedMessageSubscriptions'),
      user_defined_messages: sub('UserDefinedMessages'),
      events: sub('Events'),
    },
  };
}
