import { join } from 'node:path';
import { writeWhole } from '../config/small-files.ts';
import { checkTwilioAccount, openWorkspace } from '../providers/index.ts';
import { agentStep } from './agent.ts';
import { alone } from './alone.ts';
import { readConfigFiles } from './config-files.ts';
import type { EnvVariable, Job, Step } from './job.ts';
import { settled } from './job.ts';
import { Lock } from './lock.ts';
import { numberStep, twilioStep } from './number.ts';
import { secretStep } from './secret.ts';
import type { ProvisionSettings } from './settings.ts';
import { toolStep } from './tool.ts';
import { webhookStep } from './webhook.ts';

interface ProvisionOptions {
  settings: ProvisionSettings;
  dryRun: boolean;
  adopt: boolean;
  tell(variable: EnvVariable, value: string): void;
  /** Told of each step as it ends. */
  progress?: ((step: Step) => void) | undefined;
  /** Where the configurations are; the repository's own by default. */
  configFolder?: string | undefined;
}

export interface Provisioned {
  steps: Step[];
  /** The first thing that failed; what came before it stays, and the next run goes on here. */
  failed?: { what: string; message: string } | undefined;
  /** What was not come to any more. */
  left: string[];
  lockFile: string;
}

/**
 * Brings both providers' accounts to what the product needs, or (dry run) says what that would take. What is right already is
 * left alone, so it may be run at any time and as often as wanted.
 * @throws ProvisionError when the configurations or the lock file cannot be read, or another one runs.
 */
export async function provision(options: ProvisionOptions): Promise<Provisioned> {
  const done = options.dryRun ? undefined : alone(options.settings.folder);
  try {
    return await setUp(options);
  } finally {
    done?.();
  }
}

async function setUp(options: ProvisionOptions): Promise<Provisioned> {
  const { settings } = options;
  const { twilio } = settings;
  const job: Job = {
    settings,
    workspace: openWorkspace(settings.elevenlabs),
    twilio: twilio && (() => checkTwilioAccount(twilio)),
    files: readConfigFiles(options.configFolder),
    lock: Lock.open(settings.folder, settings.elevenlabs.apiKey),
    dryRun: options.dryRun,
    adopt: options.adopt,
    tell: options.tell,
    ids: new Map(),
  };
  const plan = planOf(job);
  const steps: Step[] = [];
  for (const [n, { what, run }] of plan.entries()) {
    try {
      const step = await run();
      steps.push(step);
      options.progress?.(step);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const left = plan.slice(n + 1).map((each) => each.what);
      return { steps, failed: { what, message }, left, lockFile: job.lock.path };
    }
  }
  if (!options.dryRun) writeProject(job);
  return { steps, left: [], lockFile: job.lock.path };
}

interface Planned {
  what: string;
  run(): Promise<Step>;
}

/** What others name comes before those who name it. */
function planOf(job: Job): Planned[] {
  const { files } = job;
  return [
    ...(job.twilio ? [{ what: 'twilio number', run: () => twilioStep(job) }] : []),
    { what: 'secret', run: () => secretStep(job) },
    { what: 'webhook', run: () => webhookStep(job) },
    ...files.tools.map((file) => ({ what: `tool ${file.name}`, run: () => toolStep(job, file) })),
    ...files.agents.map((file) => ({ what: `agent ${file.name}`, run: () => agentStep(job, file) })),
    ...(job.twilio ? [{ what: 'phone number', run: () => numberStep(job) }] : []),
  ];
}

/** What was set up, as a project of ElevenLabs' own command line: with ids, and every place filled in. */
function writeProject(job: Job): void {
  const { folder } = job.settings;
  const put = (path: string, value: unknown) => writeWhole(join(folder, path), `${JSON.stringify(value, null, 4)}\n`);
  const { agents, tools } = job.files;
  for (const file of [...agents, ...tools]) put(file.path, settled(job, file.settings));
  put('agents.json', { agents: agents.map(({ path, name }) => ({ config: path, id: job.ids.get(`AGENT:${name}`) })) });
  put('tools.json', {
    tools: tools.map(({ path, name, type }) => ({ type, config: path, id: job.ids.get(`TOOL:${name}`) })),
  });
}
