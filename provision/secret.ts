import { randomBytes } from 'node:crypto';
import type { Job, Step } from './job.ts';
import { NOT_YET } from './job.ts';
import { fingerprint } from './lock.ts';

export const TOOL_BEARER = 'vocero_tool_bearer';

/** The workspace secret that the tool sends as its `Authorization`. Its value can be set, but never read back. */
export async function secretStep(job: Job): Promise<Step> {
  const { workspace, lock, settings, dryRun } = job;
  const given = settings.elevenlabs.toolSecret;
  const token = given ?? randomBytes(32).toString('base64url');
  const value = `Bearer ${token}`;
  const print = fingerprint(value);
  const known = lock.get('secret', TOOL_BEARER);
  const all = await workspace.secrets();
  const found = all.find(({ id }) => id === known?.id) ?? all.find(({ name }) => name === TOOL_BEARER);
  const step: Step = { kind: 'secret', name: TOOL_BEARER, action: 'unchanged', id: found?.id, changes: [], notes: [] };
  if (!given) step.notes.push('ELEVENLABS_TOOL_SECRET was not set: a new one is created');
  const keep = (id: string): Step => {
    job.ids.set(`SECRET:${TOOL_BEARER}`, id);
    return { ...step, id };
  };
  if (found && known?.id === found.id && known.fingerprint === print) return keep(found.id);
  step.action = found ? 'updated' : 'created';
  step.changes = [{ field: 'value', from: found ? '(cannot be read back)' : undefined, to: 'Bearer ••••' }];
  if (dryRun) {
    job.ids.set(`SECRET:${TOOL_BEARER}`, found?.id ?? NOT_YET);
    return step;
  }
  // Stored here first: if the provider had a secret that was lost here, its reports would be refused.
  if (!given) job.tell('ELEVENLABS_TOOL_SECRET', token);
  let id = found?.id;
  if (id) await workspace.updateSecret(id, TOOL_BEARER, value);
  else id = await workspace.createSecret(TOOL_BEARER, value);
  lock.set('secret', TOOL_BEARER, { id, fingerprint: print });
  return keep(id);
}
