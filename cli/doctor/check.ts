import type { Config } from '../../config/config.ts';
import {
  checkTwilioAccount,
  type ElevenLabsWorkspace,
  openWorkspace,
  type Settings,
  type TwilioAccountCheck,
} from '../../providers/index.ts';
import type { Running } from '../running.ts';

/** What a check has found. `off`: it does not apply to this set-up. */
export type Finding =
  | { state: 'ok' | 'off'; says: string }
  /** `warn` keeps nothing from working. */
  | { state: 'warn' | 'fail'; says: string; fix: string };

export const ok = (says: string): Finding => ({ state: 'ok', says });
export const off = (says: string): Finding => ({ state: 'off', says });
export const warn = (says: string, fix: string): Finding => ({ state: 'warn', says, fix });
export const fail = (says: string, fix: string): Finding => ({ state: 'fail', says, fix });

/** What the checks look at: the configuration as the processes load it, and what runs on this data folder. */
export class Patient {
  readonly config: Config;
  readonly running: Running | undefined;
  private readonly asked = new Map<string, Promise<Settings | undefined>>();
  private opened: ElevenLabsWorkspace | undefined;
  private account: Promise<TwilioAccountCheck> | undefined;

  constructor(config: Config, running: Running | undefined) {
    this.config = config;
    this.running = running;
  }

  get workspace(): ElevenLabsWorkspace {
    this.opened ??= openWorkspace(this.config.elevenlabs!);
    return this.opened;
  }

  /** What Twilio says of the account and the number, asked for once; undefined where none is configured. */
  twilio(): Promise<TwilioAccountCheck> | undefined {
    const { twilio } = this.config;
    this.account ??= twilio && checkTwilioAccount(twilio);
    return this.account;
  }

  /** An agent's settings, asked for once; undefined when there is no such agent. */
  agent(id: string): Promise<Settings | undefined> {
    const asked = this.asked.get(id) ?? this.workspace.agent(id);
    this.asked.set(id, asked);
    return asked;
  }
}

export interface Check {
  name: string;
  /** Throws what its request throws: that counts as a failure, and says why. */
  look(patient: Patient): Promise<Finding>;
  /** What to do when `look` throws. */
  fix: string;
}

/** A value inside settings, by its dotted path. */
export function inside(settings: unknown, path: string): unknown {
  let at = settings;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

/** A list inside settings; empty where there is none. */
export function listIn(settings: unknown, path: string): unknown[] {
  const value = inside(settings, path);
  return Array.isArray(value) ? value : [];
}

/** The settings of the agent that phones. */
export const callerOf = (patient: Patient): Promise<Settings | undefined> =>
  patient.agent(patient.config.elevenlabs!.agentId);

/** What one `vocero provision` puts right. */
export const PROVISION = 'Run vocero provision.';

/** When ElevenLabs lets nobody look. */
export const KEY = 'Correct ELEVENLABS_API_KEY; it must be allowed to read agents, tools, webhooks and phone numbers.';
