import { randomBytes } from 'node:crypto';
import { RATE } from '../audio/formats.ts';
import { Track } from '../audio/recording.ts';
import type { PhoneCall } from '../call.ts';

type Variables = Record<string, string | number | boolean | null>;

export interface ToolUse {
  kind: 'webhook' | 'client' | 'system';
  /** Absent: `report_result`. */
  name?: string;
  parameters: Record<string, unknown>;
  answer: string;
  failed: boolean;
}

/** One item of a transcript. */
export interface TranscriptItem {
  role: 'user' | 'agent';
  message: string | null;
  originalMessage?: string;
  interrupted: boolean;
  seconds: number;
  tool?: ToolUse;
}

export const randomId = (prefix: string): string => prefix + randomBytes(12).toString('hex');

/** A client's data at the start of a conversation. */
export interface Initiation {
  variables: Variables;
  override: Record<string, unknown>;
  userId: string | undefined;
}

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** Reads `conversation_initiation_client_data`, at either place of a request. Values of the wrong type are dropped. */
export function initiationOf(data: Record<string, unknown>): Initiation {
  const scalars = Object.entries(record(data.dynamic_variables)).filter(
    ([, value]) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
  );
  return {
    variables: Object.fromEntries(scalars) as Variables,
    override: record(data.conversation_config_override),
    userId: typeof data.user_id === 'string' ? data.user_id : undefined,
  };
}

/** Medium of a conversation: a phone call that ElevenLabs placed or answered, one that was joined to it (`registered`), or its socket. */
export type Via = 'native' | 'registered' | 'socket';

/** One conversation of an agent. */
export class Conversation {
  readonly id = randomId('conv_');
  readonly agentId: string;
  readonly via: Via;
  readonly number: string;
  readonly initiation: Initiation;
  readonly created = Date.now();
  status: 'initiated' | 'in-progress' | 'processing' | 'done' | 'failed' = 'initiated';
  started = Date.now();
  ended: number | undefined;
  call: PhoneCall | undefined;
  /** The provider's result of the phone call. */
  callResult: 'answered' | 'voicemail' | 'busy' | 'no_answer' | 'failed' | undefined;
  reason = '';
  /** The result that the agent reported, or tried to report. */
  result: string | undefined;
  answers: string[] = [];
  /** Deleted by its workspace: no longer shown. */
  deleted = false;
  pings = 0;
  pongs = 0;
  transcript: TranscriptItem[] = [];
  sound = { agent: new Track(), user: new Track() };

  constructor(agentId: string, via: Via, number: string, initiation: Initiation) {
    this.agentId = agentId;
    this.via = via;
    this.number = number;
    this.initiation = initiation;
  }

  text(variable: string): string {
    return String(this.initiation.variables[variable] ?? '');
  }

  get elapsedMs(): number {
    return (this.ended ?? Date.now()) - this.started;
  }

  add(role: 'user' | 'agent', message: string | null, tool?: ToolUse): TranscriptItem {
    const seconds = Math.floor(this.elapsedMs / 1000);
    const item: TranscriptItem = { role, message, interrupted: false, seconds, ...(tool && { tool }) };
    this.transcript.push(item);
    return item;
  }

  /** Ends it once. Later ends have no effect. */
  end(reason: string): void {
    if (this.ended !== undefined) return;
    this.ended = Date.now();
    this.reason = reason;
    const cut = this.elapsedMs;
    this.sound.agent.cut(cut);
    this.sound.user.cut(cut);
  }

  /** True when there is sound to listen to. */
  get hasSound(): boolean {
    return this.status === 'done' && this.sound.agent.length + this.sound.user.length > RATE / 10;
  }

  forgetSound(): void {
    this.sound = { agent: new Track(), user: new Track() };
  }
}
