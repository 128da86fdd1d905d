import type { ConfigFile } from './config-files.ts';
import { changes } from './diff.ts';
import { ProvisionError } from './error.ts';
import { type EnvVariable, type Job, type Step, settled } from './job.ts';

/** Marks agents that this set-up created: a name alone may be anybody's. */
export const TAG = 'vocero';

/** The variables of the agents that the product uses; agents with other names are set up, but no variable names them. */
const VARIABLES: Record<string, EnvVariable> = {
  Vocero: 'ELEVENLABS_AGENT_ID',
  Recepcionista: 'ELEVENLABS_RECEPTIONIST_AGENT_ID',
};

const configured = ({ settings: { elevenlabs } }: Job, name: string): string | undefined =>
  name === 'Vocero' ? elevenlabs.agentId : name === 'Recepcionista' ? elevenlabs.receptionistAgentId : undefined;

async function find(job: Job, { name, path }: ConfigFile): Promise<string | undefined> {
  const given = configured(job, name);
  if (given) {
    if (await job.workspace.agent(given)) return given;
    throw new ProvisionError(
      `${VARIABLES[name]} is ${given}, and this account has no such agent. Correct the key or the id, or unset the variable: the agent is then found by its name, or created.`,
    );
  }
  const known = job.lock.get('agent', name);
  if (known && (await job.workspace.agent(known.id))) return known.id;
  const same = await job.workspace.agents(name);
  const ours = same.filter(({ tags }) => tags.includes(TAG));
  const candidates = ours.length > 0 || !job.adopt ? ours : same;
  if (candidates.length > 1) {
    const ids = candidates.map(({ id }) => id).join(', ');
    throw new ProvisionError(
      `there are several agents named ${name} (${ids}). Put the right one’s id into ${VARIABLES[name] ?? 'the lock file'}, or delete the others.`,
    );
  }
  if (candidates.length === 0 && same.length > 0) {
    throw new ProvisionError(
      `the workspace has another agent named ${name} (${same[0]!.id}). Rename it there, change the name in provision/${path}, or take it over with --adopt.`,
    );
  }
  return candidates[0]?.id;
}

/** One agent: created, or updated to match its file. */
export async function agentStep(job: Job, file: ConfigFile): Promise<Step> {
  const { name } = file;
  const { workspace, lock, dryRun } = job;
  const wanted = settled(job, file.settings);
  const found = await find(job, file);
  const step: Step = { kind: 'agent', name, action: 'unchanged', id: found, changes: [], notes: [] };
  step.changes = changes(wanted, found && (await workspace.agent(found)));
  if (step.changes.length > 0) step.action = found ? 'updated' : 'created';
  if (dryRun) {
    if (found) job.ids.set(`AGENT:${name}`, found);
    return step;
  }
  const id = found ?? (await workspace.createAgent(wanted));
  if (step.changes.length > 0 || lock.get('agent', name)?.id !== id) lock.set('agent', name, { id });
  job.ids.set(`AGENT:${name}`, id);
  if (VARIABLES[name]) job.tell(VARIABLES[name], id);
  if (found && step.changes.length > 0) await workspace.updateAgent(id, wanted);
  if (step.changes.length > 0) await taken(job, { ...file, settings: wanted }, id);
  return { ...step, id };
}

/** Reads the agent again: otherwise a setting that the provider ignored would be noticed only when a call goes wrong. */
async function taken(job: Job, { name, path, settings }: ConfigFile, id: string): Promise<void> {
  const left = changes(settings, await job.workspace.agent(id)).map(({ field }) => field);
  if (left.length === 0) return;
  throw new ProvisionError(
    `ElevenLabs did not take all settings of ${name} (${id}): ${left.join(', ')}. See provision/${path}.`,
  );
}
