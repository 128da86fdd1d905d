/** Frequent words that only one of the two languages has. */
const SPANISH = new Set(
  'el la los las del que y en por para con si ya lo le se su es esta hay tengo tiene puede hora cita turno al bueno gracias hola buenas buenos listo una uno mañana lunes martes miercoles jueves viernes sabado domingo como pero de un aca aqui señora señor usted'.split(
    ' ',
  ),
);
const ENGLISH = new Set(
  "the and is it that you he she we i in on at of to for with not yes yeah have has can what monday tuesday wednesday thursday friday saturday sunday okay ok thanks thank hello hi this so it's that's i'll i've they are was name here".split(
    ' ',
  ),
);
/** Of languages that are not read. */
const FOREIGN = new Set(
  'des une et dans pour avec pas oui bonjour merci vous nous je demain heures lundi mardi mercredi jeudi vendredi samedi dimanche um uma nao sim voce voces obrigado obrigada bom dia as com hoje amanha terca quarta quinta sexta feira il gli che sono di buongiorno grazie domani alle lunedi martedi mercoledi giovedi venerdi domenica der die das und ist nicht ja nein uhr guten morgen danke wir ich sie montag dienstag mittwoch donnerstag freitag samstag sonntag het een niet goedemorgen bedankt ik'.split(
    ' ',
  ),
);

/** Of so many words so large a share, at the least, is of those that every talk in the language has. */
const ENOUGH_WORDS = 12;
const LEAST_SHARE = 0.12;

export type Language = 'es' | 'en';

/**
 * The languages of a talk's words, normalised; both where it goes to and fro; none where most of it is in another one, or few of its words are known. A few words alone
 * that say nothing of their language count as either.
 */
export function languagesOf(texts: readonly string[]): readonly Language[] {
  const { es, en, foreign, all } = countedIn(texts);
  if (foreign >= 2 && foreign > es + en) return [];
  if (all >= ENOUGH_WORDS && es + en < all * LEAST_SHARE) return [];
  if (es > 3 * en) return ['es'];
  if (en > 3 * es) return ['en'];
  return ['es', 'en'];
}

/** Whether most of the known words are of a language that is not read. */
export function isForeign(texts: readonly string[]): boolean {
  const { es, en, foreign } = countedIn(texts);
  return foreign >= 2 && foreign > es + en;
}

function countedIn(texts: readonly string[]): { es: number; en: number; foreign: number; all: number } {
  let es = 0;
  let en = 0;
  let foreign = 0;
  let all = 0;
  for (const text of texts) {
    for (const word of text.split(/[^a-zñ']+/)) {
      if (word !== '') all++;
      if (SPANISH.has(word)) es++;
      if (ENGLISH.has(word)) en++;
      if (FOREIGN.has(word)) foreign++;
    }
  }
  return { es, en, foreign, all };
}
