import type { StoredTool } from '../providers/index.ts';
import type { ToolFile } from './config-files.ts';
import { changes } from './diff.ts';
import { ProvisionError } from './error.ts';
import { type Job, NOT_YET, type Step, settled } from './job.ts';

const pathOf = (config: unknown): string | undefined => {
  const url = (config as { api_schema?: { url?: unknown } } | undefined)?.api_schema?.url;
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : undefined;
};

/** A tool of the workspace is ours if the lock says so, or if it has our name and posts to our endpoint. */
async function find(job: Job, { name, type, path }: ToolFile, wanted: unknown): Promise<StoredTool | undefined> {
  const known = job.lock.get('tool', name);
  const locked = known && (await job.workspace.tool(known.id));
  if (locked) return locked;
  const same = (await job.workspace.tools()).filter((tool) => tool.name === name);
  const ours = same.filter(({ config }) => config.type === type && pathOf(config) === pathOf(wanted));
  const candidates = ours.length > 0 || !job.adopt ? ours : same;
  if (candidates.length > 1) {
    const ids = candidates.map(({ id }) => id).join(', ');
    throw new ProvisionError(`there are several tools named ${name} (${ids}). Delete all but one and run this again.`);
  }
  if (candidates.length === 0 && same.length > 0) {
    throw new ProvisionError(
      `the workspace has another tool named ${name} (${same[0]!.id}). Rename it there, change the name in provision/${path}, or take it over with --adopt.`,
    );
  }
  return candidates[0];
}

/** One of the agent's tools. */
export async function toolStep(job: Job, file: ToolFile): Promise<Step> {
  const { name } = file;
  const wanted = settled(job, { ...file.settings, type: file.type });
  const found = await find(job, file, wanted);
  const step: Step = { kind: 'tool', name, action: 'unchanged', id: found?.id, changes: [], notes: [] };
  step.changes = changes(wanted, found?.config);
  if (step.changes.length > 0) step.action = found ? 'updated' : 'created';
  const keep = (id: string): Step => {
    job.ids.set(`TOOL:${name}`, id);
    return { ...step, id };
  };
  if (job.dryRun) {
    job.ids.set(`TOOL:${name}`, found?.id ?? NOT_YET);
    return step;
  }
  if (!found) {
    const id = await job.workspace.createTool(wanted);
    job.lock.set('tool', name, { id });
    return keep(id);
  }
  if (step.changes.length > 0) await job.workspace.updateTool(found.id, wanted);
  if (step.changes.length > 0 || job.lock.get('tool', name)?.id !== found.id)
    job.lock.set('tool', name, { id: found.id });
  return keep(found.id);
}
