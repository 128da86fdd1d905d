import { mayTake } from '../talk/acceptable.ts';
import type { Language } from '../talk/lines.ts';
import type { Reply } from '../talk/minds.ts';
import { dateOf } from '../talk/slot.ts';
import type { Slot } from '../talk/utterances.ts';
import type { World } from '../world.ts';
import type { Conversation } from './conversation.ts';
import { spokenLanguage } from './spoken-language.ts';

/** The agent's parameters of `report_result`. */
export function reportOf(
  world: World,
  conversation: Conversation,
  report: NonNullable<Reply['report']>,
): Record<string, unknown> {
  const scenario = world.scenario(conversation.number);
  const { slot, result, reached, offers, callbackTime } = report;
  const dated = (one: Slot) => ({ date: dateOf(one, scenario.confirmed_date, Date.now()), time: one.time });
  return {
    booking_id: conversation.text('booking_id'),
    call_id: conversation.text('call_id'),
    conversation_id: conversation.id,
    result,
    ...(slot && { confirmed_date: dateOf(slot, scenario.confirmed_date, Date.now()), confirmed_time: slot.time }),
    ...(reached && { reached }),
    ...(offers && { offers: offers.map(dated) }),
    ...(callbackTime && { callback_date: '', callback_time: callbackTime }),
    notes: (callbackTime ? CALL_THEM : NOTES[reached ?? result])?.[spokenLanguage(world, conversation)],
  };
}

/** Knowledge of the agent from its variables. */
export function toldTo(world: World, conversation: Conversation) {
  const scenario = world.scenario(conversation.number);
  const acceptable = conversation.text('acceptable');
  return {
    mayTake: (slot: Slot): boolean => mayTake(acceptable, slot, dateOf(slot, scenario.confirmed_date, Date.now())),
    asAsked: conversation.text('callback_reason') !== '',
  };
}

const CALL_THEM: Record<Language, string> = {
  es: 'Ahora no podían: pidieron que los llame a esa hora.',
  en: 'They could not talk now and asked to be called at that time.',
};

const NOTES: Record<string, Record<Language, string>> = {
  confirmed: { es: 'El consultorio confirmó el turno.', en: 'The practice confirmed the appointment.' },
  declined: { es: 'No dan turnos por teléfono.', en: 'They give no appointments by phone.' },
  no_availability: { es: 'No les queda ningún turno.', en: 'They have no appointment left.' },
  callback_requested: { es: 'Van a llamar ellos más tarde.', en: 'They will call later themselves.' },
  menu: { es: 'Atendió un menú y ninguna opción llevó a una persona.', en: 'A menu answered; no key led to a person.' },
  hold: { es: 'Nadie volvió a la línea.', en: 'Nobody came back to the line.' },
  screener: { es: 'Un asistente de llamadas rechazó la llamada.', en: 'A screening assistant declined the call.' },
  voicemail: { es: 'Atendió un contestador.', en: 'A machine answered.' },
  wrong_number: { es: 'El número no es del consultorio.', en: 'It is not the number of the practice.' },
  do_not_call: { es: 'Pidieron que no se los vuelva a llamar.', en: 'They asked not to be called again.' },
};
