import type { BookingOrder } from '../domain/order.ts';
import type { StoredTurn } from '../records/interface.ts';

const LAST_TURNS = 40;
const MAX_CHARS = 6000;

const RESUMED_GREETING = {
  es: 'Disculpe, se cortó un momento la comunicación. Sigamos, por favor.',
  en: 'Sorry, the line was cut for a moment. Let us go on, please.',
};

/** What a new agent session must know of a talk that was cut off. */
export function talkSoFar(turns: readonly StoredTurn[]): string {
  const lines = turns
    .slice(-LAST_TURNS)
    .map(({ role, message }) => `${role === 'agent' ? 'You' : 'Business'}: ${message}`);
  return [
    'The phone line was cut for a moment and is back; the same person is listening.',
    'Do not greet or introduce yourself again, do not ask again what was answered: go on where the talk was cut off.',
    'The talk so far:',
    lines.join('\n').slice(-MAX_CHARS),
  ].join('\n');
}

/**
 * The init message of a resumed talk. The agent's own first message would greet a second time; it is replaced where an
 * override of it is permitted, which an init message that carries one already proves.
 */
export function resumedInit(
  init: Record<string, unknown>,
  order: BookingOrder,
  firstMessagePermitted: boolean,
): Record<string, unknown> {
  const override = fields(init.conversation_config_override);
  const agent = fields(override.agent);
  if (!firstMessagePermitted && agent.first_message === undefined) return init;
  const first_message = RESUMED_GREETING[/^es\b/i.test(order.language ?? 'es') ? 'es' : 'en'];
  return { ...init, conversation_config_override: { ...override, agent: { ...agent, first_message } } };
}

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
