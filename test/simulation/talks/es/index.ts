import type { Random } from '../../random.ts';
import { type Day, numberOf } from '../calendar.ts';
import type { Tongue } from '../tongue.ts';
import { SPANISH } from '../types.ts';
import { AGREEING } from './agreeing.ts';
import { AROUND } from './around.ts';
import { bare, dayNumber, sayDay, sayDayAgain, weekday, wrongWeekday } from './days.ts';
import { sayHour } from './hours.ts';
import { inWords } from './numbers.ts';
import { OPENING } from './opening.ts';
import * as scenery from './scenery.ts';
import { SIDE } from './side-talk.ts';
import { SPOILING } from './spoiling.ts';

const GARBLED: Record<string, readonly string[]> = {
  lunes: ['lune', 'luna es'],
  martes: ['marte', 'mar tes'],
  miércoles: ['mier coles', 'miercole'],
  jueves: ['jueve', 'jue ves'],
  viernes: ['vierne', 'bien es'],
  sábado: ['savado', 'sabadó'],
  domingo: ['dormingo', 'domin go'],
};

const LETTER: Record<string, string> = {
  ...{ a: 'a', b: 'be', c: 'ce', d: 'de', e: 'e', f: 'efe', g: 'ge', h: 'hache', i: 'i', j: 'jota', k: 'ka', l: 'ele' },
  ...{ m: 'eme', n: 'ene', ñ: 'eñe', o: 'o', p: 'pe', q: 'cu', r: 'erre', s: 'ese', t: 'te', u: 'u', v: 've corta' },
  ...{ w: 'doble ve', x: 'equis', y: 'i griega', z: 'zeta', á: 'a con tilde', é: 'e con tilde', í: 'i con tilde' },
};

export const spanish: Tongue = {
  regions: SPANISH,
  zones: {
    ar: ['America/Argentina/Buenos_Aires', 'America/Montevideo'],
    mx: ['America/Mexico_City', 'America/Tijuana'],
    es: ['Europe/Madrid'],
    cl: ['America/Santiago'],
    co: ['America/Bogota'],
  },
  phrases: { ...OPENING, ...AGREEING, ...AROUND, ...SPOILING },
  side: SIDE,
  trades: scenery.TRADES_ES,
  people: scenery.PEOPLE,
  strangers: scenery.STRANGERS,
  staff: scenery.STAFF,
  streets: scenery.STREETS,
  digits: scenery.DIGITS,
  prices: scenery.PRICES,
  halves: scenery.HALVES,
  sayDay,
  sayDayAgain,
  sayDate: (random, day, region) => `el ${weekday(day)} ${dayNumber(random, day, region)}`,
  namesDate: (said) =>
    /\d|\b(primero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\S+|veint\S+|treinta)\b/.test(
      said,
    ) &&
    !said.includes('quince días') &&
    !said.includes('dos semanas'),
  bareDay: bare,
  onDay: (said) => said,
  sayHour,
  wrongWeekday,
  garbledDay: (random: Random, day: Day) => `el ${random.pick(GARBLED[weekday(day)]!)} ${inWords(numberOf(day))}`,
  weekday,
  letters: (name) => [...name.toLowerCase()].map((letter) => LETTER[letter] ?? letter).join(', '),
  inWords,
  fillers: ['eh', 'este', 'mmm', 'bueno', 'a ver', 'o sea'],
  sounds: ['[ruido]', '[bocina]', '[tos]', '[voces]', '[...]'],
};
