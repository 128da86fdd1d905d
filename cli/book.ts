import { randomUUID } from 'node:crypto';
import { CHANNELS, type Channel, isPhoneChannel, PHONE, PHONE_CHANNELS } from '../domain/channels.ts';
import type { BookingWarning } from '../domain/schemas/warning.ts';
import type { BookingView } from '../domain/view.ts';
import { ApiClient } from './api-client.ts';
import { bodyFromFile, checkKey, metadataOf } from './body.ts';
import { askForMissing, type Wish } from './book-questions.ts';
import { badUsage } from './failure.ts';
import { jsonOf, plain } from './foreign.ts';
import { bold, dim, warn as yellow } from './ink.ts';
import { placeOnce } from './place.ts';
import { type TimeFlags, timesOf } from './time-flags.ts';
import { follow } from './watch.ts';
import { whereIsApi } from './where.ts';

type AcceptedBooking = BookingView & { warnings?: BookingWarning[] };

/** One for each channel that differs from its default; commander fills in `true` for each `--no-…` that is not given. */
type ChannelFlags = Partial<Record<Channel, boolean>>;

export interface BookFlags extends Wish, ChannelFlags, TimeFlags {
  language?: string;
  timezone?: string;
  scenario?: string;
  callbackUrl?: string;
  notBefore?: string;
  notAfter?: string;
  meta?: string[];
  file?: string;
  idempotencyKey?: string;
  wait?: boolean;
  json?: boolean;
}

/** `vocero book`. Returns the outcome's exit code. */
export async function runBook(flags: BookFlags): Promise<number> {
  const client = new ApiClient(whereIsApi());
  if (flags.file) refuseBeside(flags);
  checkKey(flags.idempotencyKey);
  const body = flags.file ? bodyFromFile(flags.file) : bodyOf(flags, await askForMissing(flags));
  const accepted = await placeOnce<AcceptedBooking>(
    flags.idempotencyKey ?? randomUUID(),
    (sending) => client.booking('POST', '/v1/bookings', body, sending),
    { thing: 'booking', shows: 'vocero list' },
  );
  const { id } = accepted;
  if (flags.wait === false) {
    console.log(flags.json ? jsonOf(accepted, 2) : plain(id));
    return 0;
  }
  if (!flags.json) {
    console.log(`${bold(plain(id))} is accepted.`);
    for (const { field, message } of accepted.warnings ?? []) console.log(yellow(plain(`${field} ${message}`)));
    console.log(dim('Ctrl-C stops watching; the booking goes on.\n'));
  }
  const { outcome, exitCode } = await follow(client, id, flags.json ? 'silent' : 'text');
  if (flags.json) console.log(jsonOf(await inTheEnd(client, { ...accepted, outcome }), 2));
  return exitCode;
}

/** The booking as it is now; if the API no longer answers, its last known state, marked `stale` as the API does. */
async function inTheEnd(client: ApiClient, heard: BookingView): Promise<object> {
  const { id } = heard;
  return client
    .booking('GET', `/v1/bookings/${encodeURIComponent(id)}`, undefined, { id })
    .catch(() => ({ ...heard, stale: true }));
}

/** Flags that have no effect beside a body from a file. */
function refuseBeside({ file, idempotencyKey, wait, json, callback, ...flags }: BookFlags): void {
  const others = Object.keys(flags).filter((name) => !(CHANNELS as string[]).includes(name));
  // commander fills in true.
  if (callback === false) others.push('no-callback');
  const channels = CHANNELS.filter((channel) => chosen(flags, channel)).map((channel) =>
    flags[channel] ? channel : `no-${channel}`,
  );
  const given = [...others, ...channels].map(
    (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  if (given.length > 0)
    throw badUsage(`--file contains the whole body: put ${given.join(', ')} there, or leave it out.`);
}

/** The flags' choice for a channel; undefined: its default applies. */
function chosen(flags: ChannelFlags, channel: Channel): { enabled: boolean } | undefined {
  const usual = !isPhoneChannel(channel) || PHONE[channel].defaults.enabled;
  const enabled = flags[channel] ?? usual;
  return enabled === usual ? undefined : { enabled };
}

/** The request body for the API, which decides what is valid. */
function bodyOf(
  flags: BookFlags,
  wish: Required<Pick<Wish, 'business' | 'phone' | 'service' | 'user'>> & Wish,
): unknown {
  const simulation = { ...chosen(flags, 'simulation'), ...(flags.scenario && { scenario: flags.scenario }) };
  const phones = PHONE_CHANNELS.flatMap((channel) => {
    const policy = chosen(flags, channel);
    return policy ? [[channel, policy]] : [];
  });
  const { opening_hours, acceptable, callback } = timesOf(flags);
  const escalation = {
    ...Object.fromEntries(phones),
    ...(Object.keys(simulation).length > 0 && { simulation }),
    ...(callback && { callback }),
  };
  return {
    business: {
      name: wish.business,
      phone: wish.phone,
      ...(flags.timezone && { timezone: flags.timezone }),
      ...(opening_hours && { opening_hours }),
    },
    request: {
      service_type: wish.service,
      user_name: wish.user,
      ...(wish.date && { preferred_date: wish.date }),
      ...(wish.time && { preferred_time: wish.time }),
      ...(wish.requests && { special_requests: wish.requests }),
      ...(acceptable && { acceptable }),
    },
    ...(flags.language && { language: flags.language }),
    ...(Object.keys(escalation).length > 0 && { escalation }),
    ...(flags.callbackUrl && { callback_url: flags.callbackUrl }),
    ...(flags.notBefore && { not_before: flags.notBefore }),
    ...(flags.notAfter && { not_after: flags.notAfter }),
    ...(flags.meta && { metadata: metadataOf(flags.meta) }),
  };
}
