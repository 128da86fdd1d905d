import { join } from 'node:path';
import { writeWhole } from '../config/small-files.ts';
import { checkTwilioAccount, openWorkspace } from '../providers/index.ts';
import { agentStep } from './agent.ts';
import { alone } from './alone.ts';
import { readConfigFiles } from './config-files.ts';
import { inboundStep, voiceUrlStep } from './inbound.ts';
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
  /** Called with each step when it ends. */
  progress?: ((step: Step) => void) | undefined;
  /** The folder of the configurations; default: the repository's. */
  configFolder?: string | undefined;
}

export interface Provisioned {
  steps: Step[];
  /** The step that failed; earlier steps stay, and the next run continues here. */
  failed?: { what: string; message: string } | undefined;
  /** The steps that were not reached. */
  left: string[];
  lockFile: string;
}

/**
 * Sets both providers' accounts up as the product needs them, or (dry run) reports what that would change. It leaves correct
 * settings alone, so it may run at any time and as often as wanted.
 * @throws ProvisionError if the configurations or the lock file cannot be read, or another run holds the folder.
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

/** A thing comes before those that refer to it. */
function planOf(job: Job): Planned[] {
  const { files } = job;
  return [
    ...(job.twilio ? [{ what: 'twilio number', run: () => twilioStep(job) }] : []),
    { what: 'secret', run: () => secretStep(job) },
    { what: 'webhook', run: () => webhookStep(job) },
    ...files.tools.map((file) => ({ what: `tool ${file.name}`, run: () => toolStep(job, file) })),
    ...files.agents.map((file) => ({ what: `agent ${file.name}`, run: () => agentStep(job, file) })),
    ...(job.twilio ? [{ what: 'phone number', run: () => numberStep(job) }] : []),
    ...(job.twilio ? [{ what: 'calls to our number', run: () => inboundStep(job) }] : []),
    ...(job.twilio && job.settings.inboundCalls === 'twilio'
      ? [{ what: 'voice url', run: () => voiceUrlStep(job) }]
      : []),
  ];
}

/** Writes what was set up as a project of ElevenLabs' own command line: with ids, and every placeholder filled in. */
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
