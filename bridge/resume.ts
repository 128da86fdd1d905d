import type { CallOrder } from '../domain/call-order.ts';
import { disclosure, firstMessage } from '../domain/prompts.ts';
import type { StoredTurn } from '../records/ports/events.ts';

const LAST_TURNS = 40;
const MAX_CHARS = 6000;

const APOLOGY = {
  es: 'Disculpe, se cortó un momento la comunicación.',
  en: 'Sorry, the line was cut for a moment.',
};
const GO_ON = { es: 'Sigamos, por favor.', en: 'Let us go on, please.' };

/** A call's talk before its next stream. */
export interface PastTalk {
  turns: StoredTurn[];
  /** The callee has heard the agent's first words, which carry the disclosure, to their end. */
  opened: boolean;
}

interface NextTalk {
  /** The init message of a new talk. */
  init: Record<string, unknown>;
  order: CallOrder;
  /** True when the agent is known to permit an override of its first message. */
  firstMessageOverride: boolean;
}

/**
 * Messages to the agent of a call's next stream. A talk whose first words were heard continues. A talk that was cut off before begins like
 * a new one; if the business has already spoken, with an apology and the words so far.
 */
export function openingOf(next: NextTalk, past: PastTalk): { init: Record<string, unknown>; context?: string } {
  const { turns, opened } = past;
  const spoken = turns.some(({ role }) => role === 'business');
  if (!spoken && !(opened && turns.length > 0)) return { init: next.init };
  return { init: resumedInit(next, past), context: talkSoFar(past) };
}

/** Context for a new agent session of a talk that was cut off. */
function talkSoFar({ turns, opened }: PastTalk): string {
  const lines = turns
    .slice(-LAST_TURNS)
    .map(({ role, message }) => `${role === 'agent' ? 'You' : 'Business'}: ${message}`);
  return [
    'The phone line was cut for a moment and is back; the same person is listening.',
    opened
      ? 'Do not greet or introduce yourself again, do not ask again what was answered: go on where the talk was cut off.'
      : 'Your introduction was not heard to its end, so you say it again; do not ask again what was answered after it.',
    'The talk so far:',
    lines.join('\n').slice(-MAX_CHARS),
  ].join('\n');
}

/**
 * The init message of a resumed talk. The agent's own first message, which begins with the disclosure, would greet a second time. It is
 * replaced where an override is permitted; an init message that carries an override already proves the permission.
 */
function resumedInit({ init, order, firstMessageOverride }: NextTalk, past: PastTalk): Record<string, unknown> {
  const override = fields(init.conversation_config_override);
  const agent = fields(override.agent);
  if (!firstMessageOverride && agent.first_message === undefined) return init;
  const first_message = resumedGreeting(order, past);
  return { ...init, conversation_config_override: { ...override, agent: { ...agent, first_message } } };
}

function resumedGreeting(order: CallOrder, { turns, opened }: PastTalk): string {
  const language = /^es\b/i.test(order.language ?? 'es') ? 'es' : 'en';
  if (opened) return `${APOLOGY[language]} ${GO_ON[language]}`;
  return wasUnderWay(turns)
    ? `${APOLOGY[language]} ${disclosure(order)} ${GO_ON[language]}`
    : `${APOLOGY[language]} ${firstMessage(order)}`;
}

/** True when the business has answered something that was said to it. */
function wasUnderWay(turns: readonly StoredTurn[]): boolean {
  const first = turns.findIndex(({ role }) => role === 'business');
  const answer = turns.findIndex(({ role }, at) => at > first && role === 'agent');
  return first >= 0 && answer >= 0 && turns.slice(answer).some(({ role }) => role === 'business');
}

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
