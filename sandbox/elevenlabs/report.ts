import type { Reply } from '../talk/minds.ts';
import { dateOf } from '../talk/slot.ts';
import type { World } from '../world.ts';
import type { Conversation } from './conversation.ts';

/** The parameters of `report_result`, as the agent fills them in. */
export function reportOf(
  world: World,
  conversation: Conversation,
  report: NonNullable<Reply['report']>,
): Record<string, unknown> {
  const scenario = world.scenario(conversation.number);
  const { slot, result } = report;
  return {
    booking_id: conversation.text('booking_id'),
    call_id: conversation.text('call_id'),
    conversation_id: conversation.id,
    result,
    ...(slot && { confirmed_date: dateOf(slot, scenario.confirmed_date, Date.now()), confirmed_time: slot.time }),
    notes: NOTES[result],
  };
}

const NOTES: Record<string, string> = {
  confirmed: 'El consultorio confirmó el turno.',
  declined: 'No dan turnos por teléfono.',
  no_availability: 'No les queda ningún turno.',
  callback_requested: 'Van a llamar ellos más tarde.',
  voicemail: 'Atendió un contestador.',
  wrong_number: 'El número no es del consultorio.',
  do_not_call: 'Pidieron que no se los vuelva a llamar.',
};
