import type { WorkspaceWebhook } from '../providers/index.ts';
import { ProvisionError } from './error.ts';
import { type Job, NOT_YET, type Step } from './job.ts';
import { fingerprint, type LockEntry } from './lock.ts';

export const POST_CALL_WEBHOOK = 'vocero-post-call';
export const POST_CALL_PATH = '/api/elevenlabs/post-call';

/** Why an existing webhook cannot be used: its secret is shown only at creation, and its URL cannot be changed. */
function unusable(found: WorkspaceWebhook, url: string, secret: string | undefined, known: LockEntry | undefined) {
  if (found.url !== url) return `it leads to ${found.url}, and the URL of a webhook cannot be changed`;
  if (!secret) return 'ELEVENLABS_WEBHOOK_SECRET is not set, and a webhook’s secret is shown only at creation';
  if (known?.id === found.id && known.fingerprint && known.fingerprint !== fingerprint(secret))
    return 'ELEVENLABS_WEBHOOK_SECRET is not its secret';
  return undefined;
}

/** The post-call webhook of our agents, signed, with retries on. */
export async function webhookStep(job: Job): Promise<Step> {
  const { workspace, lock, settings, dryRun } = job;
  const name = POST_CALL_WEBHOOK;
  const url = settings.publicUrl + POST_CALL_PATH;
  const secret = settings.elevenlabs.webhookSecret;
  const known = lock.get('webhook', name);
  const all = await workspace.webhooks();
  const found =
    all.find(({ id }) => id === known?.id) ??
    all.find((each) => each.url === url) ??
    all.find((each) => each.name === name);
  const step: Step = { kind: 'webhook', name, action: 'unchanged', id: found?.id, changes: [], notes: [] };
  const why = found && unusable(found, url, secret, known);
  if (why) step.notes.push(`${found.name} (${found.id}) is replaced: ${why}`);
  if (!found || why) {
    step.action = found ? 'replaced' : 'created';
    step.changes = [
      { field: 'webhook_url', from: found?.url, to: url },
      { field: 'secret', from: found && '••••', to: '(created by ElevenLabs)' },
      { field: 'retry_enabled', from: undefined, to: true },
    ];
    if (dryRun) {
      job.ids.set(`WEBHOOK:${name}`, NOT_YET);
      return { ...step, id: undefined };
    }
    if (found) await remove(job, found);
    const made = await workspace.createWebhook(name, url);
    job.tell('ELEVENLABS_WEBHOOK_SECRET', made.secret);
    lock.set('webhook', name, { id: made.id, fingerprint: fingerprint(made.secret), retries: false });
    await enable(job, made.id, made.secret);
    return { ...step, id: made.id };
  }
  if (known?.id !== found.id)
    step.notes.push('its secret cannot be read back: ELEVENLABS_WEBHOOK_SECRET is assumed to be right');
  if (found.off) step.changes.push({ field: 'is_disabled', from: true, to: false });
  if (known?.id !== found.id || !known.retries)
    step.changes.push({ field: 'retry_enabled', from: '(cannot be read back)', to: true });
  job.ids.set(`WEBHOOK:${name}`, found.id);
  if (step.changes.length === 0) return step;
  step.action = 'updated';
  if (!dryRun) await enable(job, found.id, secret!);
  return step;
}

/** Retries are off on a new webhook, and creation cannot switch them on. */
async function enable({ workspace, lock, ids }: Job, id: string, secret: string): Promise<void> {
  await workspace.enableWebhook(id, POST_CALL_WEBHOOK);
  lock.set('webhook', POST_CALL_WEBHOOK, { id, fingerprint: fingerprint(secret), retries: true });
  ids.set(`WEBHOOK:${POST_CALL_WEBHOOK}`, id);
}

async function remove({ workspace }: Job, found: WorkspaceWebhook): Promise<void> {
  try {
    await workspace.deleteWebhook(found.id);
  } catch (error) {
    throw new ProvisionError(
      `the webhook ${found.name} (${found.id}) has to be replaced, but could not be removed: ${(error as Error).message}. Remove it in ElevenLabs’ dashboard and run this again.`,
    );
  }
}
