import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { ActivityDependencies, Clock } from '../../activities/dependencies.ts';
import type { DialInput } from '../../activities/interface.ts';
import { Alarms } from '../../delivery/alarms.ts';
import type { Accounts } from '../../domain/accounts.ts';
import type { BookingOrder } from '../../domain/order.ts';
import { numbersOfLine, sameLine } from '../../domain/same-line.ts';
import {
  type CallSnapshot,
  type ConversationSnapshot,
  type ElevenLabsAgents,
  ProviderUnreachable,
  type TwilioVoice,
} from '../../providers/interface.ts';
import { openArtifacts } from '../../records/artifacts.ts';
import { BOOKING, CALL, CALL_SID, order, PHONE } from '../providers/samples.ts';
import { viewOf } from '../records/samples.ts';
import { newRecords } from '../support/new-records.ts';

export const START = Date.parse('2026-11-23T15:00:00.000Z');
/** Whose the booking of these tests is. */
export const ACCOUNTS: Accounts = {
  mode: 'live',
  twilio: `AC${'0'.repeat(32)}`,
  elevenlabs: 'agent_1',
  played: false,
  caller: '+15005550006',
};
/** The lock on its number. */
export const LINE = `line-hash-of-${PHONE}`;
export const WHOLE_DAY = { from: 0, to: 1440 };

/** Time that passes only when somebody sleeps. */
export class FakeClock implements Clock {
  slept: number[] = [];
  #now = START;
  onSleep: (() => void) | undefined;
  now = (): number => this.#now;
  sleep = async (ms: number): Promise<void> => {
    this.slept.push(ms);
    this.#now += ms;
    this.onSleep?.();
    await nextTurn();
  };
}

const unscripted = (what: string) => async (): Promise<never> => {
  throw new Error(`nobody expected ${what}`);
};

export const twilio = (more: Partial<TwilioVoice> = {}): TwilioVoice => ({
  dial: unscripted('a dial at Twilio'),
  call: unscripted('a look at a call'),
  callsTo: unscripted('a list of calls'),
  hangUp: unscripted('a hang-up'),
  hangUpWithGoodbye: unscripted('a goodbye'),
  limit: unscripted('a limit of a call'),
  eraseCall: unscripted('an erasure of a call'),
  ...more,
});

export const elevenlabs = (more: Partial<ElevenLabsAgents> = {}): ElevenLabsAgents => ({
  dial: unscripted('a dial at ElevenLabs'),
  conversation: unscripted('a look at a conversation'),
  registerCall: unscripted('a registration'),
  inboundInit: unscripted('a talk with a caller'),
  strangerInit: unscripted('a talk with a stranger'),
  conversationsOf: unscripted('a list of conversations'),
  conversationIdsOf: unscripted('a list of conversation ids'),
  eraseConversation: unscripted('an erasure of a conversation'),
  conversationAudio: unscripted('audio'),
  signedUrl: unscripted('a signed URL'),
  conversationInit: () => ({}),
  receptionistInit: async () => ({}),
  languageInstead: () => undefined,
  agentCheck: unscripted('an agent check'),
  agentTest: unscripted('an agent test'),
  dialogue: unscripted('a dialogue'),
  ...more,
});

export const down = async (): Promise<never> => {
  throw new ProviderUnreachable({ code: 'down', message: 'out of reach' });
};

export const call = (more: Partial<CallSnapshot> = {}): CallSnapshot => ({
  call_sid: CALL_SID,
  status: 'in-progress',
  to: PHONE,
  from: '+15005550006',
  created_at: new Date(START).toISOString(),
  ...more,
});

export const conversation = (more: Partial<ConversationSnapshot> = {}): ConversationSnapshot => ({
  conversation_id: 'conv_1',
  agent_id: 'agent_1',
  status: 'done',
  call_sid: CALL_SID,
  booking_id: BOOKING,
  call_id: CALL,
  turns: [
    { role: 'agent', message: 'Hola', at_seconds: 0 },
    { role: 'business', message: 'Hola', at_seconds: 1 },
  ],
  digest: { agent_turns: 1, business_turns: 1, business_turns_after_greeting: 1 },
  report: { result: 'declined' },
  ...more,
});

export interface World {
  deps: ActivityDependencies;
  clock: FakeClock;
  logged: { level: string; fields: object; message: string }[];
  end(): Promise<void>;
}

type Logged = World['logged'][number];

/** @param raised hears the kinds of alarms as they are counted */
export const alarmsIn = (logged: Logged[], raised: string[] = []): Alarms =>
  new Alarms({
    log: { error: (fields, message) => void logged.push({ level: 'error', fields, message }) },
    count: (kind) => void raised.push(kind),
  });

/** Real records and artifacts in a folder of their own, with one booking in them; providers as each test scripts them. */
export async function world(
  more: Partial<ActivityDependencies> = {},
  wish: Partial<BookingOrder> = {},
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'vocero-activities-'));
  const records = await newRecords(folder);
  const phoneHash = (phone: string): string => `hash-of-${sameLine(phone)}`;
  const wanted = order(wish);
  const phone_hash = phoneHash(wanted.business.phone);
  await records.acceptBooking({ order: wanted, owner: 'owner', accounts: ACCOUNTS, phone_hash });
  await records.markStarted(BOOKING);
  const clock = new FakeClock();
  const logged: World['logged'] = [];
  const log = (level: string) => (fields: object, message: string) => {
    logged.push({ level, fields, message });
  };
  return {
    deps: {
      accounts: ACCOUNTS,
      callingWindow: WHOLE_DAY,
      records,
      artifacts: openArtifacts(join(folder, 'artifacts')),
      phoneHash,
      phoneHashes: (phone) => numbersOfLine(phone).map((number) => `hash-of-${number}`),
      log: { info: log('info'), warn: log('warn'), error: log('error') },
      alarms: alarmsIn(logged),
      clock,
      stillWanted: async () => true,
      lineHanded: async () => 'told',
      ...more,
    },
    clock,
    logged,
    end: async () => {
      await records.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const dialInput = (more: Partial<DialInput> = {}): DialInput => ({
  call_id: CALL,
  channel: 'native',
  known: [1],
  not_after: new Date(START + 60_000).toISOString(),
  snapshot: { version: 1, view: viewOf(order()), events: [] },
  ...more,
});

export const environment = (info: ConstructorParameters<typeof MockActivityEnvironment>[0] = {}) =>
  new MockActivityEnvironment(info);
