import { randomBytes } from 'node:crypto';
import { type Answer, type Ask, json, jsonBody } from '../http.ts';
import type { World } from '../world.ts';
import { randomId, record } from './conversation.ts';
import { invalid, missing } from './errors.ts';
import type { Json, Webhook } from './resources.ts';

/** The listed fields: without the secret and without the retry setting. */
const view = (world: World, webhook: Webhook): Json => ({
  name: webhook.name,
  webhook_id: webhook.id,
  webhook_url: world.workspace.urlOf(webhook),
  is_disabled: webhook.disabled,
  is_auto_disabled: webhook.autoDisabled,
  created_at_unix: webhook.created,
  auth_type: 'hmac',
  usage: null,
  most_recent_failure_error_code: null,
  most_recent_failure_timestamp: null,
});

const noWebhook = (ask: Ask): Answer => missing('webhook_not_found', `Webhook ${ask.params.id} not found`);

/** `POST workspace/webhooks`: only this answer contains the secret. Retries are off. */
export function createWebhook(world: World, ask: Ask): Answer {
  const settings = record(jsonBody(ask)?.settings);
  if (settings.auth_type !== 'hmac') return invalid(['body', 'settings', 'auth_type']);
  for (const field of ['name', 'webhook_url'])
    if (typeof settings[field] !== 'string') return invalid(['body', 'settings', field]);
  const webhook: Webhook = {
    id: randomId('wh_'),
    name: String(settings.name),
    url: String(settings.webhook_url),
    secret: `wsec_${randomBytes(32).toString('hex')}`,
    retries: false,
    disabled: false,
    autoDisabled: false,
    created: Math.floor(Date.now() / 1000),
  };
  world.workspace.webhooks.set(webhook.id, webhook);
  return json(200, { webhook_id: webhook.id, webhook_secret: webhook.secret });
}

/** `PATCH workspace/webhooks/{id}`: changes its name, whether it is disabled, and whether it retries; never its URL. */
export function updateWebhook(world: World, ask: Ask): Answer {
  const webhook = world.workspace.webhooks.get(ask.params.id ?? '');
  if (!webhook) return noWebhook(ask);
  const body = jsonBody(ask);
  if (typeof body?.is_disabled !== 'boolean') return invalid(['body', 'is_disabled']);
  if (typeof body.name !== 'string') return invalid(['body', 'name']);
  Object.assign(webhook, { name: body.name, disabled: body.is_disabled });
  if (!body.is_disabled) webhook.autoDisabled = false;
  if (typeof body.retry_enabled === 'boolean') webhook.retries = body.retry_enabled;
  return json(200, { status: 'ok' });
}

export function deleteWebhook(world: World, ask: Ask): Answer {
  return world.workspace.webhooks.delete(ask.params.id ?? '') ? json(200, { status: 'ok' }) : noWebhook(ask);
}

export function listWebhooks(world: World): Answer {
  return json(200, { webhooks: [...world.workspace.webhooks.values()].map((webhook) => view(world, webhook)) });
}
