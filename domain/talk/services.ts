import { normal } from './normal.ts';

/** Groups of services: words in one line mean the same thing, or one is part of the other. Beginnings of normalised words. */
const SAME: readonly string[] = [
  'limpieza|profilaxis|cleaning|hygien|scale and polish',
  'ortodoncia|frenillo|brackets|braces|orthodont',
  'blanqueamiento|whitening',
  'extraccion|extraction',
  'endodoncia|conducto|root canal',
  'radiografia|placa|x-ray|xray',
  'ecografia|ultrasound',
  'resonancia|mri',
  'analisis de sangre|blood (?:work|test)',
  'vacuna|vaccine|vaccinat|shot|jab|kennel cough|refuerzo|booster',
  'castra|esteriliza|spay|neuter',
  'desparasita|deworm|worming',
  'bano|peluqueria canina|grooming',
  'guarderia|boarding|day ?care',
  'corte de uñas|uñas|nail|manicur|pedicur',
  'tinte|tintura|color|colour|mechas|highlights|balayage|patch test|prueba de alergia',
  'alisado|alaciado|keratin|straightening',
  'maquillaje|make-?up',
  'depilacion|wax',
  'limpieza facial|facial',
  'masaje|massage',
  'ajuste de (?:armazon|lentes|gafas)|frame adjustment|glasses fitting',
  'lentes de contacto|lentillas|contact lens',
  'casamiento|boda|matrimonio|wedding|marriage',
  'bautizo|bautismo|baptism|christening',
  'divorcio|divorce',
  'herencia|sucesion|inheritance|probate|testamento',
  'cambio de aceite|aceite|oil change',
  'frenos|brake',
  'alineacion|balanceo|alignment',
  'gomas|llantas|neumaticos|cubiertas|tires|tyres',
  'lavado del coche|lavado de auto|car wash|valet',
  'inspeccion tecnica|itv|verificacion|revision tecnica|mot|smog',
  'licencia(?!d)|carnet de conducir|driver',
  'foto de pasaporte|passport photo',
  'empadronamiento|padron',
  'recaudacion|impuestos|tax',
  'para llevar|take-?away|takeout|menu de encargo',
  'yoga|pilates',
  'basura|bulky waste|housing repairs',
];
const LEAD = "(?:(?:and|y|for|para|de|a|an|the|un|una|el|la|lo|su|his|her|es|is) |[a-zñ']+ )";
/** Words before the name of the booked thing. */
const BOOKS =
  '(?<![a-zñ])(?:booked|put (?:him~*|her|them|you) down for|es|is|anote|apunte|agende|reserve) (?:an?|the|una?|el|la) ';
const GROUPS = SAME.map((words) => new RegExp(`(?:^ *${LEAD}{0,4}|${BOOKS}(?:[a-zñ']+ )?)(?:${words})`));
/** A thing without further details: "a mediation", "un casamiento". */
const SOME_THING = /^ *(?:an?|una?) ([a-zñ]+(?: (?:de |del )?[a-zñ]+)?) *$/;
/** Brought along, searched or mentioned. */
const NOT_BOOKED =
  /(?<![a-zñ])(?:tra[ei]\w*|llev(?!ar)\w*|bring\w*|have|has|come|venga|ven|con|with|sin|without|no|not|if|si|cuando|when|que|momento|moment|segundo|second|sec|minut\w*|placer|pleasure|gusto|abrazo|saludo|beso|date|deal|rato|ratito|favor|shame|pity|lovely|good|great|nice|buen|lot|bit|million)(?![a-zñ])/;

/** A part between commas that consists of a service or thing which does not fit `known`, the errand. */
export function strangeService(text: string, known: string): { at: number; end: number } | undefined {
  const asked = normal(known);
  let at = 0;
  for (const part of text.split(',')) {
    const place = { at, end: at + part.length };
    at += part.length + 1;
    if (NOT_BOOKED.test(part) || namesAsked(part, asked)) continue;
    const index = GROUPS.findIndex((group) => group.test(part));
    if (index >= 0 && !new RegExp(`(?<![a-zñ])(?:${SAME[index]})`).test(asked)) return place;
    const thing = SOME_THING.exec(part)?.[1]?.split(' ')[0];
    if (thing && index < 0 && thing.length > 4 && !/\d|him/.test(part) && !asked.includes(thing.slice(0, 5)))
      return place;
  }
  return undefined;
}

const LEAST_LETTERS = 5;

/** "Limpieza y blanqueamiento", where the second is the errand. */
const namesAsked = (part: string, asked: string): boolean =>
  part
    .split(/[^a-zñ]+/)
    .some((word) => word.length >= LEAST_LETTERS && word !== 'sesion' && asked.split(/[^a-zñ]+/).includes(word));
