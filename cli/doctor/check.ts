import type { Config } from '../../config/config.ts';
import {
  checkTwilioAccount,
  type ElevenLabsWorkspace,
  openWorkspace,
  type Settings,
  type TwilioAccountCheck,
} from '../../providers/index.ts';
import type { Running } from '../running.ts';

/** The result of a check. `off`: it does not apply to this set-up. */
export type Finding =
  | { state: 'ok' | 'off'; says: string }
  /** `warn`: everything works all the same. */
  | { state: 'warn' | 'fail'; says: string; fix: string };

export const ok = (says: string): Finding => ({ state: 'ok', says });
export const off = (says: string): Finding => ({ state: 'off', says });
export const warn = (says: string, fix: string): Finding => ({ state: 'warn', says, fix });
export const fail = (says: string, fix: string): Finding => ({ state: 'fail', says, fix });

/** The subject of the checks: the configuration as the processes load it, and the system that runs on this data folder. */
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

  /** Twilio's answer about account and number, requested once; undefined if no account is configured. */
  twilio(): Promise<TwilioAccountCheck> | undefined {
    const { twilio } = this.config;
    this.account ??= twilio && checkTwilioAccount(twilio);
    return this.account;
  }

  /** An agent's settings, requested once; undefined if there is no such agent. */
  agent(id: string): Promise<Settings | undefined> {
    const asked = this.asked.get(id) ?? this.workspace.agent(id);
    this.asked.set(id, asked);
    return asked;
  }
}

export interface Check {
  name: string;
  /** May throw what its request throws: that counts as a failure, with its message. */
  look(patient: Patient): Promise<Finding>;
  /** The remedy if `look` throws. */
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

/** A list inside settings; empty if there is none. */
export function listIn(settings: unknown, path: string): unknown[] {
  const value = inside(settings, path);
  return Array.isArray(value) ? value : [];
}

/** The settings of the agent that makes the calls. */
export const callerOf = (patient: Patient): Promise<Settings | undefined> =>
  patient.agent(patient.config.elevenlabs!.agentId);

/** The fix for everything that `vocero provision` sets up. */
export const PROVISION = 'Run vocero provision.';

/** The fix if ElevenLabs refuses the request. */
export const KEY =
  'Correct ELEVENLABS_API_KEY; the key must be allowed to read agents, tools, webhooks and phone numbers.';
