import type { Random } from '../random.ts';
import type { NoiseLevel } from './kinds.ts';
import type { Tongue } from './tongue.ts';
import type { AdversaryTurn } from './types.ts';

/** Nothing hangs on how these end: words of them may be lost. */
const HARMLESS = ['greet', 'go_ahead', 'remark', 'bye_business', 'back', 'colleague', 'ask_name'];
/** Without its mark it would be another thing to say. */
const NEEDS_ITS_MARK = ['echo', 'echo_end', 'asks_back', 'not_heard', 'repeats', 'move_slot', 'two_open'];

/** What a recogniser makes of a talk on a telephone line. It never changes what was agreed. */
export function heard(
  random: Random,
  turns: readonly AdversaryTurn[],
  level: NoiseLevel,
  tongue: Tongue,
): AdversaryTurn[] {
  return turns.flatMap((turn) => {
    if (level === 'clean') return [random.chance(0.5) ? turn : { ...turn, message: written(turn.message) }];
    if (turn.role === 'agent')
      return [level === 'bad' && random.chance(0.3) ? { ...turn, message: flat(random, turn, true) } : turn];
    return ofBusiness(random, turn, level, tongue);
  });
}

/** As a person would write it: with a capital and a full stop. */
const written = (message: string): string =>
  message.replace(/^[¿¡]?\p{L}/u, (begin) => begin.toUpperCase()).replace(/([\p{L}\d])$/u, '$1.');

function ofBusiness(random: Random, turn: AdversaryTurn, level: NoiseLevel, tongue: Tongue): AdversaryTurn[] {
  let message = flat(random, turn, level === 'bad');
  if (random.chance(0.12)) message = `${random.pick(tongue.fillers)} ${message}`;
  if (random.chance(level === 'bad' ? 0.15 : 0.04)) message = `${message} ${random.pick(tongue.sounds)}`;
  if (random.chance(level === 'bad' ? 0.1 : 0.03)) message = `${random.pick(tongue.sounds)} ${message}`;
  if (level === 'bad' && turn.act && HARMLESS.includes(turn.act) && random.chance(0.3)) message = cut(message);
  const heardTurn = { ...turn, message };
  if (random.chance(0.03)) return [heardTurn, { ...heardTurn }];
  const parts = random.chance(0.06) ? /^(.{12,}?)[.,;] (.{12,})$/u.exec(message) : null;
  return parts ? [1, 2].map((n) => ({ ...heardTurn, message: parts[n]! })) : [heardTurn];
}

/** Lower case, without the marks that nobody hears. */
function flat(random: Random, { message, act }: AdversaryTurn, bad: boolean): string {
  let text = message.toLowerCase().replace(/[¿¡]/g, '');
  if (random.chance(0.4)) text = text.replace(/(?<!\d)[,;:](?!\d)/g, '');
  if (random.chance(0.4)) text = text.replace(/\.(?=\s|$)/g, '');
  if (!(act && NEEDS_ITS_MARK.includes(act)) && act && random.chance(0.6)) text = text.replace(/\?/g, '');
  if (bad && random.chance(0.6)) text = plainLetters(text);
  return text.trim();
}

/** `mañana` as `manana`. */
const plainLetters = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

const cut = (message: string): string => {
  const words = message.split(' ');
  const last = words.pop()!;
  return [...words, `${last.slice(0, Math.ceil(last.length / 2))}[...]`].join(' ');
};
