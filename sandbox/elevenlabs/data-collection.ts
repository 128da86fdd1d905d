import { dateOf } from '../talk/slot.ts';
import { type Utterance, vocabulary } from '../talk/utterances.ts';
import type { World } from '../world.ts';
import { type Conversation, record } from './conversation.ts';

let known: Map<string, Utterance> | undefined;

/** What the business said, among what the voices can say. */
function heardIn({ transcript }: Conversation): Utterance[] {
  known ??= new Map(vocabulary('business').map((utterance) => [utterance.text, utterance]));
  return transcript.flatMap(({ role, message }) => (role === 'user' && known!.get(message ?? '')) || []);
}

/** The analysis takes a goodbye for an assent; words in which somebody hedges or takes something back it does not. */
const ASSENTS = ['booked', 'bye'];

/** What an agent's analysis collects of a talk, by the names that it asks for, with what it says of itself; the others stay empty. */
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
