import { wordsFor } from '../../domain/inbound-words.ts';
import type { BookingOrder } from '../../domain/order.ts';
import { spoken } from '../../domain/prompts.ts';
import type { AgentCheck } from './agent-check.ts';
import { dynamicVariables } from './initiation.ts';
import { languageOverride } from './languages.ts';

const PROMPT = {
  es: `Atendés una llamada al número desde el que Vocero, un asistente virtual con inteligencia artificial, llama a negocios para pedir turnos en nombre de otras personas.
No sabés por quién ni por qué se llamó a este número: decilo así, y no inventes nada. No pidas turnos ni datos.
Si te piden que no los llamen más, llamá a report_result con el resultado do_not_call, y decí que ya está anotado. Después despedite y cortá.
Hablá breve y cordial.`,
  en: `You answer a call to the number from which Vocero, an AI assistant, phones businesses to book appointments on behalf of people.
You do not know for whom or why this number was called: say so, and make nothing up. Ask for no appointment and for no data.
If they ask not to be called again, call report_result with the result do_not_call, and say that it is noted. Then say goodbye and hang up.
Be friendly and brief.`,
} as const;

/** Longest talk with a stranger, in seconds. */
const MAX_SECONDS = 120;

/** Nobody's order: every variable is there, and empty. */
const nobodys = (language: string): BookingOrder => ({
  id: '',
  business: { name: '', phone: '' },
  request: { service_type: '', user_name: '', preferred_day: null },
  language,
  escalation: { simulation: { enabled: false } },
  metadata: {},
  zones: ['UTC'],
  created_at: new Date().toISOString(),
});

/**
 * The init message for a caller whom no booking rang: the agent says who called from this number and how to be left alone. `callId`: names
 * the caller in a report; empty: its number is hidden, so that nothing can be entered.
 */
export function strangerInit(callId: string, language: string, agent?: AgentCheck): Record<string, unknown> {
  const to = spoken(language);
  const { who, ask, hidden } = wordsFor(to);
  const permits = (name: string): boolean => agent !== undefined && !agent.forbidden_overrides.includes(name);
  const override = {
    agent: {
      ...(permits('agent.prompt.prompt') ? { prompt: { prompt: PROMPT[to] } } : {}),
      ...(permits('agent.first_message') ? { first_message: `${who} ${callId === '' ? hidden : ask}` } : {}),
      ...(permits('agent.language') && languageOverride(language, agent)
        ? { language: languageOverride(language, agent) }
        : {}),
    },
    conversation: permits('conversation.max_duration_seconds') ? { max_duration_seconds: MAX_SECONDS } : {},
  };
  return {
    type: 'conversation_initiation_client_data',
    conversation_config_override: override,
    dynamic_variables: { ...dynamicVariables(nobodys(language), callId, { agent }), booking_id: '' },
  };
}
