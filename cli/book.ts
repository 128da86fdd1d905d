import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CHANNELS, type Channel, isPhoneChannel, PHONE, PHONE_CHANNELS } from '../domain/channels.ts';
import type { BookingWarning } from '../domain/schemas/warning.ts';
import type { BookingView } from '../domain/view.ts';
import { ApiClient, Unreachable } from './api-client.ts';
import { askForMissing, type Wish } from './book-questions.ts';
import { badUsage, CliFailure } from './failure.ts';
import { jsonOf, plain } from './foreign.ts';
import { bold, dim, warn as yellow } from './ink.ts';
import { EXIT } from './outcome.ts';
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

const TRIES = 4;
const TRY_AGAIN_MS = 500;

/** `vocero book`. Returns the outcome's exit code. */
export async function runBook(flags: BookFlags): Promise<number> {
  const client = new ApiClient(whereIsApi());
  if (flags.file) refuseBeside(flags);
  checkKey(flags.idempotencyKey);
  const body = flags.file ? fromFile(flags.file) : bodyOf(flags, await askForMissing(flags));
  const accepted = await place(client, body, flags.idempotencyKey ?? randomUUID());
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

/** Places the booking. Because of the key a repeat finds the first one, so a lost answer does no harm. */
async function place(client: ApiClient, body: unknown, key: string): Promise<AcceptedBooking> {
  const interrupted = new AbortController();
  const onSignal = (): void => interrupted.abort();
  process.once('SIGINT', onSignal);
  try {
    for (let n = 1; ; n++) {
      const { signal } = interrupted;
      try {
        return await client.booking('POST', '/v1/bookings', body, {
          headers: { 'idempotency-key': key },
          signal,
        });
      } catch (error) {
        if (signal.aborted) throw mayBePlaced(key);
        // A refused connection fails at once: nothing listens there. After a broken answer the request is repeated.
        const lost = error instanceof Unreachable && !/ECONNREFUSED|ENOTFOUND/.test(error.message);
        if (!lost) throw error;
        if (n >= TRIES) throw lostAnswer(error as Unreachable, key);
        await pause(TRY_AGAIN_MS * n, undefined, { signal }).catch(() => {});
        if (signal.aborted) throw mayBePlaced(key);
      }
    }
  } finally {
    process.removeListener('SIGINT', onSignal);
  }
}

const findsIt = (key: string): string =>
  `The booking may have been accepted or not. vocero list shows it. To be sure, repeat the command with --idempotency-key ${key}: it finds the booking or places it.`;

const mayBePlaced = (key: string): CliFailure =>
  new CliFailure(`\n${findsIt(key)}`, EXIT.interrupted, { code: 'interrupted', idempotency_key: key });

/** Without the key, a repeated command would make Vocero call the business twice. */
const lostAnswer = ({ message, exitCode, about }: Unreachable, key: string): CliFailure =>
  new CliFailure(`${message}\n${findsIt(key)}`, exitCode, { ...about, idempotency_key: key });

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

/** The key is sent in a header. */
function checkKey(key: string | undefined): void {
  if (key !== undefined && !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(key))
    throw badUsage('--idempotency-key: use visible ASCII characters only.');
}

function fromFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8'));
  } catch (error) {
    throw badUsage(`--file ${path}: ${(error as Error).message}`);
  }
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

function metadataOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw badUsage(`--meta ${pair}: write it as name=value`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
