import { silenceSecondsOf } from '../domain/line-tools.ts';
import type { ElevenLabsWorkspace, TwilioAccountCheck } from '../providers/index.ts';
import type { ConfigFiles } from './config-files.ts';
import { filledIn } from './config-files.ts';
import type { Change } from './diff.ts';
import type { Lock } from './lock.ts';
import type { ProvisionSettings } from './settings.ts';

export type Action = 'unchanged' | 'created' | 'updated' | 'replaced' | 'checked';

/** The result for one thing; in a dry run, the result that it would have. */
export interface Step {
  /** `agent`, `tool`, … */
  kind: string;
  name: string;
  action: Action;
  /** The provider's id; undefined: it does not exist yet. */
  id?: string | undefined;
  changes: Change[];
  notes: string[];
}

/** The variables for the results that the product needs. */
export type EnvVariable =
  | 'ELEVENLABS_AGENT_ID'
  | 'ELEVENLABS_RECEPTIONIST_AGENT_ID'
  | 'ELEVENLABS_PHONE_NUMBER_ID'
  | 'ELEVENLABS_WEBHOOK_SECRET'
  | 'ELEVENLABS_TOOL_SECRET';

/** One run of the set-up: its context, and its findings so far. */
export interface Job {
  settings: ProvisionSettings;
  workspace: ElevenLabsWorkspace;
  twilio: (() => Promise<TwilioAccountCheck>) | undefined;
  files: ConfigFiles;
  lock: Lock;
  /** Only compares; changes nothing. */
  dryRun: boolean;
  /** Takes over agents and tools that have our names but were created by somebody else. */
  adopt: boolean;
  /** Stores a result where the product will read it; called as soon as there is one. */
  tell(variable: EnvVariable, value: string): void;
  /** Ids of everything that exists so far, `TOOL:report_result` → `tool_…`. */
  ids: Map<string, string>;
}

/** Stands, in a dry run, for the id of something that a real run would create. */
export const NOT_YET = '(new)';

/** Settings with their `${…}` placeholders filled in from the ids so far. */
export function settled<T>(job: Job, settings: T): T {
  return filledIn(settings, (kind, name) => {
    const { publicUrl, holdSeconds } = job.settings;
    if (kind === 'PUBLIC_URL' && name === undefined) return publicUrl;
    if (kind === 'SECONDS' && name === 'hold') return holdSeconds;
    if (kind === 'SECONDS' && name === 'silence') return silenceSecondsOf(holdSeconds);
    return job.ids.get(`${kind}:${name}`);
  });
}
