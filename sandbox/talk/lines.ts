/** Who speaks: Vocero (the caller), or the business (its receptionist, its answering machine). */
export type Speaker = 'agent' | 'business';

/** One recorded clip: `sandbox/speech/{speaker}-{name}.wav` says `es`; `en` is beside it for readers. */
export interface Clip {
  speaker: Speaker;
  name: string;
  es: string;
  en: string;
}

const AGENT: [string, string, string][] = [
  [
    'intro',
    'Hola, soy Vocero, un asistente virtual. Llamo para pedir un turno. La llamada puede ser grabada.',
    'Hello, I am Vocero, a virtual assistant. I am calling for an appointment. The call may be recorded.',
  ],
  ['agree', 'Perfecto, entonces', 'Perfect, so'],
  ['agree-tail', 'Le paso los datos del paciente.', "I will give you the patient's details."],
  ['thanks', 'Muchas gracias, hasta luego.', 'Thank you very much, goodbye.'],
  ['understood', 'Entiendo. Gracias igual, hasta luego.', 'I see. Thank you all the same, goodbye.'],
  ['await-call', 'De acuerdo, esperamos su llamado. Gracias.', 'All right, we will wait for your call. Thank you.'],
  ['sorry-wrong', 'Disculpe la molestia, hasta luego.', 'Sorry to have bothered you, goodbye.'],
  [
    'sorry-never',
    'Entendido, no vamos a volver a llamar. Disculpe.',
    'Understood, we will not call again. I am sorry.',
  ],
  ['repeat', 'Perdón, ¿me lo puede repetir?', 'Sorry, could you say that again?'],
  ['hello', 'Hola, ¿me escucha?', 'Hello, can you hear me?'],
];

const BUSINESS: [string, string, string][] = [
  ['greet', 'Consultorio dental, buenos días.', 'Dental practice, good morning.'],
  ['offer', 'Sí, tengo lugar', 'Yes, I have a slot'],
  ['offer-tail', '¿Le sirve?', 'Does that suit you?'],
  ['booked', 'Sí, sí, ya quedó anotado.', 'Yes, yes, it is down already.'],
  ['decline', 'No, disculpe, no damos turnos por teléfono.', 'No, sorry, we give no appointments by phone.'],
  ['full', 'Lo siento, no nos queda ningún turno disponible.', 'I am sorry, we have no appointment left.'],
  ['call-you', 'Ahora no puedo. Nosotros los llamamos más tarde.', 'I cannot now. We will call you later.'],
  ['wrong', 'Está equivocado, esto es una casa particular.', 'You have the wrong number, this is a private home.'],
  ['never', 'Por favor, no vuelvan a llamar a este número.', 'Please do not call this number again.'],
  ['moment', 'Un momento, por favor.', 'One moment, please.'],
  [
    'machine',
    'Usted se comunicó con el consultorio. Deje su mensaje después de la señal.',
    'You have reached the practice. Leave your message after the tone.',
  ],
  ['repeat', 'No le entendí, ¿cómo dijo?', 'I did not catch that, what did you say?'],
  ['bye', 'Hasta luego.', 'Goodbye.'],
];

/** By `Date#getUTCDay`. */
export const DAYS: [string, string][] = [
  ['el domingo', 'on Sunday'],
  ['el lunes', 'on Monday'],
  ['el martes', 'on Tuesday'],
  ['el miércoles', 'on Wednesday'],
  ['el jueves', 'on Thursday'],
  ['el viernes', 'on Friday'],
  ['el sábado', 'on Saturday'],
];

export const FIRST_HOUR = 8;
const HOURS = 'ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte'.split(
  ' ',
);
export const LAST_HOUR = FIRST_HOUR + HOURS.length - 1;

/** Minutes that the voices can say, after the hour. */
export const MINUTES: Record<string, [string, string]> = {
  '15': ['y quince', ':15'],
  '30': ['y treinta', ':30'],
  '45': ['y cuarenta y cinco', ':45'],
};

/** What both voices say: days, hours, minutes. */
const SHARED: [string, string, string][] = [
  ...DAYS.map(([es, en], day): [string, string, string] => [`day-${day}`, es, en]),
  ...HOURS.map((word, i): [string, string, string] => [
    `hour-${FIRST_HOUR + i}`,
    `a las ${word}`,
    `at ${FIRST_HOUR + i} h`,
  ]),
  ...Object.entries(MINUTES).map(([minute, [es, en]]): [string, string, string] => [`minute-${minute}`, es, en]),
];

const clips = (speaker: Speaker, table: [string, string, string][]): Clip[] =>
  [...table, ...SHARED].map(([name, es, en]) => ({ speaker, name, es, en }));

/** Every clip there is; `scripts/make-speech.sh` records them all. */
export const CLIPS: Clip[] = [...clips('agent', AGENT), ...clips('business', BUSINESS)];
