import type { ElevenLabsWorkspace, TwilioAccountCheck } from '../providers/index.ts';
import type { ConfigFiles } from './config-files.ts';
import { filledIn } from './config-files.ts';
import type { Change } from './diff.ts';
import type { Lock } from './lock.ts';
import type { ProvisionSettings } from './settings.ts';

export type Action = 'unchanged' | 'created' | 'updated' | 'replaced' | 'checked';

/** What became of one thing; with a dry run, what would. */
export interface Step {
  /** `agent`, `tool`, … */
  kind: string;
  name: string;
  action: Action;
  /** The provider's id; undefined: it would only now be made. */
  id?: string | undefined;
  changes: Change[];
  notes: string[];
}

/** The results that the product needs to know, by their variables. */
export type EnvVariable =
  | 'ELEVENLABS_AGENT_ID'
  | 'ELEVENLABS_RECEPTIONIST_AGENT_ID'
  | 'ELEVENLABS_PHONE_NUMBER_ID'
  | 'ELEVENLABS_WEBHOOK_SECRET'
  | 'ELEVENLABS_TOOL_SECRET';

/** One run of the set-up: what it works with, and what it has found so far. */
export interface Job {
  settings: ProvisionSettings;
  workspace: ElevenLabsWorkspace;
  twilio: (() => Promise<TwilioAccountCheck>) | undefined;
  files: ConfigFiles;
  lock: Lock;
  /** Looks and compares, changes nothing. */
  dryRun: boolean;
  /** Takes over agents and tools that have our names but were not made by us. */
  adopt: boolean;
  /** Keeps a result where the product will read it; called as soon as there is one. */
  tell(variable: EnvVariable, value: string): void;
  /** Ids of what there is by now, `TOOL:report_result` → `tool_…`. */
  ids: Map<string, string>;
}

/** Stands for the id of something that only a run that changes things would make. */
export const NOT_YET = '(new)';

/** Settings with their `${…}` places filled in by what there is so far. */
export function settled<T>(job: Job, settings: T): T {
  return filledIn(settings, (kind, name) => {
    if (kind === 'PUBLIC_URL' && name === undefined) return job.settings.publicUrl;
    return job.ids.get(`${kind}:${name}`);
  });
}
