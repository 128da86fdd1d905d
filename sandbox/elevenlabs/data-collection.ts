import { dateOf } from '../talk/slot.ts';
import { type Utterance, vocabulary } from '../talk/utterances.ts';
import type { World } from '../world.ts';
import { type Conversation, record } from './conversation.ts';

let known: Map<string, Utterance> | undefined;

/** The business's words, as utterances of the voices. */
function heardIn({ transcript }: Conversation): Utterance[] {
  known ??= new Map(vocabulary('business').map((utterance) => [utterance.text, utterance]));
  return transcript.flatMap(({ role, message }) => (role === 'user' && known!.get(message ?? '')) || []);
}

/** The analysis reads a goodbye as an assent, but not a hedge or a withdrawal. */
const ASSENTS = ['booked', 'bye'];

/** The values that an agent's analysis collects from a talk, by the requested names, each with its rationale. The others stay empty. */
export function dataCollection(world: World, conversation: Conversation): Record<string, unknown> {
  const heard = heardIn(conversation);
  const offer = heard.findLast(({ gist }) => gist === 'offer')?.slot;
  const agreed = offer && ASSENTS.includes(heard.at(-1)!.gist) ? offer : undefined;
  const { confirmed_date } = world.scenario(conversation.number);
  const values: Record<string, unknown> = {
    appointment_date: agreed ? dateOf(agreed, confirmed_date, conversation.started) : null,
    appointment_time: agreed?.time ?? null,
    appointment_confirmed: agreed !== undefined,
  };
  const rationale = agreed ? 'Both sides had agreed when they said goodbye.' : 'No appointment was agreed on.';
  const { platform_settings } = world.workspace.agents.get(conversation.agentId) ?? {};
  return Object.fromEntries(
    Object.entries(record(record(platform_settings).data_collection)).map(([id, json_schema]) => [
      id,
      { data_collection_id: id, value: values[id] ?? null, json_schema, rationale },
    ]),
  );
}
