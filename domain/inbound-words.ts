import type { Spoken } from './prompts.ts';

/** Sentences for callers without a booking. */
interface Words {
  /** The owner of this number, and the purpose of its calls. */
  who: string;
  choose: string;
  /** The same without keys. */
  ask: string;
  /** The caller's number is hidden. */
  hidden: string;
  entered: string;
  bye: string;
  /** An agent comes in a moment. */
  moment: string;
  /** Somebody of this number talks to us already. */
  engaged: string;
  /** There is no agent at the moment. */
  later: string;
}

const WORDS = {
  es: {
    who: 'Hola. Desde este número llama Vocero, un asistente virtual con inteligencia artificial que pide turnos por teléfono en nombre de otras personas. Si lo llamamos, fue para pedir un turno.',
    choose: 'Si no quiere que lo llamemos más, marque el nueve o diga: no me llamen más.',
    ask: 'Si no quiere que lo llamemos más, dígamelo y lo anoto.',
    hidden:
      'Su número llega oculto, así que no podemos anotarlo. Si no quiere que lo llamemos más, vuelva a llamar sin ocultarlo.',
    entered: 'Listo: anotamos su número y no lo llamamos más. Disculpe la molestia.',
    bye: 'Gracias por llamar. Que tenga un buen día.',
    moment: 'Un momento, por favor.',
    engaged: 'Ya estamos hablando con ustedes en otra línea. Gracias.',
    later: 'Disculpe, ahora no podemos atenderlo. Vuelva a llamar en unos minutos, por favor.',
  },
  en: {
    who: 'Hello. This number belongs to Vocero, an AI assistant that phones businesses to book appointments on behalf of people. If we called you, it was to ask for an appointment.',
    choose: 'If you do not want us to call you again, press nine or say: do not call me again.',
    ask: 'If you do not want us to call you again, tell me, and I will note it.',
    hidden:
      'Your number is hidden, so we cannot note it. If you do not want us to call you again, please call back without hiding it.',
    entered: 'Done: your number is noted, and we will not call it again. We are sorry for the trouble.',
    bye: 'Thank you for calling. Have a good day.',
    moment: 'One moment, please.',
    engaged: 'We are already talking to you on another line. Thank you.',
    later: 'Sorry, we cannot take your call right now. Please call again in a few minutes.',
  },
} as const satisfies Record<Spoken, Words>;

export const wordsFor = (language: Spoken): Words => WORDS[language];

const ASKS: readonly RegExp[] = [
  /\bno\b.{0,24}\bllam/,
  /\b(dejen|deje|dejar|paren|pare|basta)\b.{0,16}\b(de )?(llamar|molestar|joder)/,
  /\bno\b.{0,12}\bmolest/,
  /\b(borr|saqu|elimin|quit|d[ea]n? de baja)/,
  /\bdejen?(me|nos)? (en paz|tranquil)/,
  /\b(do not|don'?t|never|stop|quit|no more)\b.{0,16}\b(call|ring|phon|contact|bother)/,
  /\b(remove|delete|take)\b.{0,16}\b(me|us|my|our|number|list)\b/,
  /\bleave (me|us) alone\b/,
  /\bunsubscribe\b|\bopt out\b/,
  /^\W*(nueve|nine|9)\W*$/,
  /^\W*(stop|basta|no more)\W*$/,
];

/** True when a caller says that it wants to be left alone. A wrong one calls nobody by mistake. */
export function asksToBeLeftAlone(said: string): boolean {
  const plain = said.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[‘’]/g, "'").slice(0, 1_000);
  return ASKS.some((pattern) => pattern.test(plain));
}
