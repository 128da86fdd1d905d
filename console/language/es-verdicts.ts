import type { Words } from './en.ts';

/** The product's own reasons for an outcome. */
export const VERDICTS: Words['verdicts'] = [
  [
    /^(.+) \(called again at the time that the business asked for, and nobody answered\)$/,
    '$1 (se volvió a llamar a la hora que pidieron, y nadie atendió)',
  ],
  [
    /^(.+) \(could not be called again at the time that the business asked for\)$/,
    '$1 (no se pudo volver a llamar a la hora que pidieron)',
  ],
  [
    /^called again at the time that the business asked for, and nobody answered$/,
    'se volvió a llamar a la hora que pidieron, y nadie atendió',
  ],
  [
    /^could not be called again at the time that the business asked for$/,
    'no se pudo volver a llamar a la hora que pidieron',
  ],
  [/^confirmed was reported without a date or a time$/, 'se informó «confirmada» sin fecha o sin hora'],
  [/^confirmed was reported with a day or a time that is not clear$/, 'se informó un día o una hora poco claros'],
  [/^the report and the conversation’s own record differ$/, 'el informe y el registro de la conversación no coinciden'],
  [
    /^a result was reported for a call that nobody answered$/,
    'se informó un resultado de una llamada que nadie atendió',
  ],
  [
    /^a result was reported, but nobody answered the agent.*/,
    'se informó un resultado, pero en la transcripción nadie le responde al agente',
  ],
  [/^reports of two attempts differ$/, 'los informes de dos intentos no coinciden'],
  [
    /^the call was answered, but no result was reported: the call was put on hold, and nobody came back$/,
    'la llamada se atendió, pero no se informó ningún resultado: la dejaron en espera y nadie volvió',
  ],
  [/^the call was answered, but no result was reported$/, 'la llamada se atendió, pero no se informó ningún resultado'],
  [
    /^the run of this booking in Temporal was lost before its end .*: (?:what its calls came to is not known|the results of its calls are unknown)$/,
    'la ejecución de esta reserva en Temporal se perdió antes de terminar: no se sabe cómo terminaron sus llamadas',
  ],
  [
    /^the run of this booking in Temporal was lost; the booking was ended because (?:its cancellation was asked for|a cancel was requested)$/,
    'la ejecución de esta reserva en Temporal se perdió; la reserva terminó porque se había pedido cancelarla',
  ],
  [
    /^The network says that this number cannot ring\.$/,
    'La red telefónica dice que este número no puede recibir llamadas.',
  ],
  [
    /^The callee, its phone or its carrier declined the call; nobody spoke\.$/,
    'El comercio, su teléfono o su operadora rechazó la llamada; nadie habló.',
  ],
  [
    /^The callee does not want calls from this number; nobody spoke\.$/,
    'El comercio no quiere llamadas de este número; nadie habló.',
  ],
  [
    /^A service of the carrier blocked the call as unwanted; nobody spoke\.$/,
    'Un servicio de la operadora bloqueó la llamada como no deseada; nadie habló.',
  ],
  [/^the end of a call could not be proved$/, 'no se pudo comprobar que una llamada terminó'],
  [/^the simulation ended without a result$/, 'la simulación terminó sin resultado'],
  [
    /^The words of the talk could not be read, so that nobody knows whether the business gave the appointment\.$/,
    'no se pudo leer lo que se dijo, así que no se sabe si el comercio dio el turno',
  ],
  [
    /^No (?:words of the talk are to be had that say|transcript says) whether the business gave the appointment, and this installation (?:asks for|requires) proof\.$/,
    'no hay transcripción que diga si el comercio dio el turno, y esta instalación exige pruebas',
  ],
  [
    /^the mode or the accounts that the booking belongs to were not (?:there|available) until its budget ended$/,
    'el modo o las cuentas de esta reserva no estuvieron disponibles hasta que se agotó su tiempo',
  ],
  [
    /^the database knows of calls of this booking that its workflow did not know of$/,
    'la base de datos tiene llamadas de esta reserva que su ejecución no conocía',
  ],
  [
    /^no open booking is on record for this workflow, so nothing was dialed$/,
    'no hay una reserva abierta para esta ejecución, así que no se llamó',
  ],
  [/^no phone was rung before not_after$/, 'no sonó ningún teléfono antes de la hora límite'],
  [/^the number may not be dialed by this installation any more$/, 'esta instalación ya no puede llamar a ese número'],
];
