/** The speakers: the caller agent, or the business (its receptionist, its answering machine). */
export type Speaker = 'agent' | 'business';

export const LANGUAGES = ['es', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One recorded clip: `sandbox/speech/{language}/{speaker}-{name}.wav` says `text`. */
interface Clip {
  language: Language;
  speaker: Speaker;
  name: string;
  text: string;
}

/** Texts of the lines, in each language. */
type Lines = Record<string, Record<Language, string>>;

const AGENT: Lines = {
  intro: {
    es: 'Hola, soy Vocero, un asistente virtual. Llamo para pedir un turno. La llamada puede ser grabada.',
    en: 'Hello, I am Vocero, a virtual assistant. I am calling for an appointment. The call may be recorded.',
  },
  'as-asked': {
    es: 'Hola, soy Vocero, un asistente virtual. Llamo a esta hora, como me pidieron, por un turno. La llamada puede ser grabada.',
    en: 'Hello, I am Vocero, a virtual assistant. I am calling now, as you asked, for an appointment. The call may be recorded.',
  },
  agree: { es: 'Perfecto, entonces', en: 'Perfect, so' },
  'agree-tail': { es: 'Le paso los datos del paciente.', en: 'I will give you the details of the patient.' },
  thanks: { es: 'Muchas gracias, hasta luego.', en: 'Thank you very much, goodbye.' },
  understood: { es: 'Entiendo. Gracias igual, hasta luego.', en: 'I see. Thank you all the same, goodbye.' },
  'await-call': {
    es: 'De acuerdo, esperamos su llamado. Gracias.',
    en: 'All right, we will wait for your call. Thank you.',
  },
  'will-call': {
    es: 'De acuerdo, llamo a esa hora. Gracias, hasta luego.',
    en: 'All right, I will call at that time. Thank you, goodbye.',
  },
  'not-that': {
    es: 'Ese turno no lo puedo aceptar. ¿Tiene otro?',
    en: 'I cannot take that one. Do you have another?',
  },
  'sorry-wrong': { es: 'Disculpe la molestia, hasta luego.', en: 'Sorry to have bothered you, goodbye.' },
  'sorry-never': {
    es: 'Entendido, no vamos a volver a llamar. Disculpe.',
    en: 'Understood, we will not call again. I am sorry.',
  },
  repeat: { es: 'Perdón, ¿me lo puede repetir?', en: 'Sorry, could you say that again?' },
  hello: { es: 'Hola, ¿me escucha?', en: 'Hello, can you hear me?' },
  reason: { es: 'Soy Vocero y llamo para pedir un turno.', en: 'I am Vocero, calling to book an appointment.' },
};

const BUSINESS: Lines = {
  greet: { es: 'Consultorio dental, buenos días.', en: 'Dental practice, good morning.' },
  offer: { es: 'Sí, tengo lugar', en: 'Yes, I have a slot' },
  'offer-tail': { es: '¿Le sirve?', en: 'Does that suit you?' },
  booked: { es: 'Sí, sí, ya quedó anotado.', en: "Yes, yes, you're booked in." },
  hedge: {
    es: 'Creo que sí, pero lo tengo que confirmar con la doctora.',
    en: 'I think so, but I have to check with the doctor.',
  },
  'take-back': {
    es: 'Sí, ya quedó anotado. Uy, perdón, me equivoqué, ese horario no lo tengo.',
    en: "Yes, you're booked in. Oh, sorry, my mistake, that slot is already taken.",
  },
  decline: { es: 'No, disculpe, no damos turnos por teléfono.', en: 'No, sorry, we give no appointments by phone.' },
  full: {
    es: 'Lo siento, no nos queda ningún turno disponible.',
    en: 'I am sorry, we have no appointment left.',
  },
  'call-you': { es: 'Ahora no puedo. Nosotros los llamamos más tarde.', en: 'I cannot now. We will call you later.' },
  'call-me': { es: 'Ahora no puedo. Llámeme', en: 'I cannot now. Call me' },
  wrong: {
    es: 'Está equivocado, esto es una casa particular.',
    en: 'You have the wrong number, this is a private home.',
  },
  never: { es: 'Por favor, no vuelvan a llamar a este número.', en: 'Please do not call this number again.' },
  moment: { es: 'Un momento, por favor.', en: 'One moment, please.' },
  machine: {
    es: 'Usted se comunicó con el consultorio. Deje su mensaje después de la señal.',
    en: 'You have reached the practice. Please leave your message after the tone.',
  },
  repeat: { es: 'No le entendí, ¿cómo dijo?', en: 'I did not catch that, what did you say?' },
  bye: { es: 'Hasta luego.', en: 'Goodbye.' },
  menu: {
    es: 'Para turnos, marque uno. Para otras consultas, marque dos.',
    en: 'For appointments, press one. For anything else, press two.',
  },
  screen: { es: 'Diga su nombre y el motivo de su llamada.', en: 'Please say your name and why you are calling.' },
  'screen-wait': { es: 'Gracias. Permanezca en línea.', en: 'Thank you. Stay on the line.' },
  'screen-no': {
    es: 'La persona no puede atender su llamada.',
    en: 'This person is not available to take your call.',
  },
};

const words = (text: string): string[] => text.split(' ');

/** By `Date#getUTCDay`. */
export const DAYS: Record<Language, string[]> = {
  es: words('domingo lunes martes miércoles jueves viernes sábado'),
  en: words('Sunday Monday Tuesday Wednesday Thursday Friday Saturday'),
};

export const FIRST_HOUR = 8;
const HOURS: Record<Language, string[]> = {
  es: words('ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte'),
  en: words('eight nine ten eleven twelve one two three four five six seven eight'),
};
export const LAST_HOUR = FIRST_HOUR + HOURS.es.length - 1;

/** Minutes that the voices can say, after the hour. */
export const MINUTES: Record<string, Record<Language, string>> = {
  '15': { es: 'y quince', en: 'fifteen' },
  '30': { es: 'y treinta', en: 'thirty' },
  '45': { es: 'y cuarenta y cinco', en: 'forty-five' },
};

/** English hours repeat in the second half of the day, so the part of the day follows them. */
export const HALVES = { morning: 'in the morning', afternoon: 'in the afternoon', evening: 'in the evening' };

/** Lines of both voices: days, hours, minutes. */
function shared(language: Language): [string, string][] {
  const [on, at] = language === 'es' ? ['el', 'a las'] : ['on', 'at'];
  return [
    ...DAYS[language].map((day, n): [string, string] => [`day-${n}`, `${on} ${day}`]),
    ...HOURS[language].map((hour, n): [string, string] => [`hour-${FIRST_HOUR + n}`, `${at} ${hour}`]),
    ...Object.entries(MINUTES).map(([minute, said]): [string, string] => [`minute-${minute}`, said[language]]),
    ...(language === 'en'
      ? Object.entries(HALVES).map(([name, said]): [string, string] => [`half-${name}`, said])
      : []),
  ];
}

const MINUTE_WORDS: Record<Language, string[]> = {
  es: words(
    'uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve',
  ),
  en: [
    ...words('one two three four five six seven eight nine').map((one) => `oh ${one}`),
    ...words('ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'),
  ],
};
const TENS: Record<Language, [minute: number, said: string][]> = {
  es: [
    [40, 'cuarenta'],
    [50, 'cincuenta'],
  ],
  en: [
    [40, 'forty'],
    [50, 'fifty'],
  ],
};
/** English says a number after its tens without "oh". */
const AFTER_TENS = words('one two three four five six seven eight nine');

const NIGHT: Record<Language, Record<number, string>> = {
  es: {
    0: 'a las cero',
    1: 'a la una',
    2: 'a las dos',
    3: 'a las tres',
    4: 'a las cuatro',
    5: 'a las cinco',
    6: 'a las seis',
    7: 'a las siete',
    21: 'a las veintiuna',
    22: 'a las veintidós',
    23: 'a las veintitrés',
  },
  en: {
    0: 'at twelve',
    1: 'at one',
    2: 'at two',
    3: 'at three',
    4: 'at four',
    5: 'at five',
    6: 'at six',
    7: 'at seven',
    21: 'at nine',
    22: 'at ten',
    23: 'at eleven',
  },
};

/** The other times of the clock: only a business says them, which asks to be called then. */
const clock = (language: Language): [string, string][] => [
  ...Object.entries(NIGHT[language]).map(([hour, said]): [string, string] => [`hour-${hour}`, said]),
  ...[...MINUTE_WORDS[language].map((said, i): [number, string] => [i + 1, said]), ...TENS[language]]
    .map(([minute, said]): [string, string] => [
      String(minute).padStart(2, '0'),
      language === 'es' ? `y ${said}` : said,
    ])
    .filter(([minute]) => !(minute in MINUTES))
    .map(([minute, said]): [string, string] => [`minute-${minute}`, said]),
  ...(language === 'en' ? AFTER_TENS.map((said, i): [string, string] => [`and-${i + 1}`, said]) : []),
];

/** The clips of a minute after the hour, 1 to 59. */
export function minuteClips(language: Language, minute: number): string[] {
  const own = `minute-${String(minute).padStart(2, '0')}`;
  if (minute % 10 === 0 || minute <= MINUTE_WORDS[language].length || String(minute) in MINUTES) return [own];
  const ones = language === 'es' ? `minute-0${minute % 10}` : `and-${minute % 10}`;
  return [`minute-${minute - (minute % 10)}`, ones];
}

const clips = (language: Language, speaker: Speaker, lines: Lines): Clip[] =>
  [...Object.entries(lines).map(([name, said]): [string, string] => [name, said[language]]), ...shared(language)].map(
    ([name, text]) => ({ language, speaker, name, text }),
  );

/** All clips; `scripts/make-speech.sh` records them. */
export const CLIPS: Clip[] = LANGUAGES.flatMap((language) => [
  ...clips(language, 'agent', AGENT),
  ...clips(language, 'business', BUSINESS),
  ...clock(language).map(([name, text]): Clip => ({ language, speaker: 'business', name, text })),
]);
