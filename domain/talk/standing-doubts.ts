import { isAfter, type Talk } from './follow.ts';
import type { Move } from './moves.ts';
import { agree, type Said } from './slots.ts';
import { sameFace } from './standing-slot.ts';
import { type ReadTurn, sentenceAt } from './turns.ts';
import type { DoubtCode } from './types.ts';

/** Doubts that a later, plain statement of the business removes. The others stay: only a person can decide them. */
const SETTLED_BY_WRITTEN: readonly DoubtCode[] = [
  'hedged',
  'tentative',
  'conditional',
  'call_back',
  'two_slots',
  'elsewhere',
  'not_meant',
];

/** Doubts that nothing has removed since. */
export function standing({ moves, days, times }: Talk, given: Move | undefined, read: readonly ReadTurn[]): Move[] {
  const all = [days, times];
  return moves.filter((move) => {
    if (move.kind === 'given') return false;
    if (!given) return !SIGNS.has(move.kind);
    if (move.kind === 'not_here') return !isOfSlotOrPassedOn(read[move.turn]!, move);
    if (move.kind === 'no_person') return !answeredLater(move, given, moves);
    if (move.kind === 'listed') return moves.some(({ kind }) => kind === 'waiting_list' || kind === 'denied');
    // When everything had been said, a hang-up only ends the call.
    if (move.kind === 'cut_off') return !(given.how !== 'yes' && given.turn < move.turn && !read[move.turn]!.spoken);
    if (move.kind === 'two_slots' && !hasAlternatives(move, all)) return false;
    if (move.kind === 'elsewhere' && isAfter(move, given)) return !OF_PAPERS.test(read[move.turn]!.text);
    if (isAfter(move, given)) return move.kind !== 'denied' || refusesIt(read[move.turn]!, move, moves);
    if (move.kind === 'denied' || move.kind === 'taken_back') return false;
    if (SIGNS.has(move.kind) && move.kind !== 'unheard') return false;
    const later = moves.some((one) => one.kind === 'given' && one.how !== 'yes' && one.turn > move.turn);
    if (move.kind === 'unheard' && later) return false;
    if (move.kind === 'unheard' || move.kind === 'not_meant')
      return !moves.some((one) => one.kind === 'given' && one.turn > move.turn && namesIt(read[one.turn]!));
    return !(later && SETTLED_BY_WRITTEN.includes(move.kind as DoubtCode));
  });
}

/** After a wait on hold, a person gave the slot, and nothing in the words is a machine's. */
const answeredLater = (move: Move, given: Move, moves: readonly Move[]): boolean =>
  given.how !== 'yes' &&
  given.turn > move.turn &&
  !moves.some(({ kind, turn }) => kind === 'no_person' && turn > given.turn - 2 && turn !== move.turn);

/** "Dos y media no hacemos" refuses an hour; "tell her the bus stop's moved across the road" is a message for somebody else. */
function isOfSlotOrPassedOn(read: ReadTurn, { at }: Move): boolean {
  const sentence = sentenceAt(read, at);
  return (
    sentence !== undefined &&
    (sentence.days.length > 0 || sentence.times.length > 0 || /^[^a-zñ]*(?:tell|dig|dile|decil)/.test(sentence.text))
  );
}

const FEW_TURNS = 5;

/** Shortly before, the business proposed two different days or hours. */
const hasAlternatives = (move: Move, all: readonly (readonly Said[])[]): boolean =>
  all.some((said) => {
    const lately = said.filter(
      ({ role, rejected, turn }) =>
        role === 'business' && !rejected && turn <= move.turn && turn > move.turn - FEW_TURNS,
    );
    return lately.some((one) => lately.some((other) => !agree(one, other) && !sameFace(one, other)));
  });

const IT =
  /(?<![a-zñ])(?:nothing|nada|no hay|no va a haber|gonna happen|happening|ese dia|esa hora|ese turno|esa cita|entonces|al final|ya no|that (?:day|time|slot|one)|after all|any ?more|then|now)(?![a-zñ])/;

/** A refusal after the slot was given concerns the slot only if its turn names the slot, not a price or a parking place. */
const refusesIt = (read: ReadTurn, { at }: Move, moves: readonly Move[]): boolean => {
  const sentence = sentenceAt(read, at);
  if (!sentence) return true;
  const { text, days, times, cues } = sentence;
  return (
    IT.test(text) ||
    days.length > 0 ||
    times.length > 0 ||
    cues.some(({ kind }) => kind === 'wait') ||
    moves.some((one) => one.turn === read.turn && one.kind === 'taken_back')
  );
};

export const codeOf = ({ kind }: Move): DoubtCode => SIGNS.get(kind) ?? (kind as DoubtCode);

/** Signs that count only after the slot was given, with the doubt that they raise. */
const SIGNS: ReadonlyMap<Move['kind'], DoubtCode> = new Map([
  ['cut_off', 'not_meant'],
  ['unheard', 'not_meant'],
  ['listed', 'waiting_list'],
  ['sorry', 'taken_back'],
  ['let_down', 'taken_back'],
  ['breaks_in', 'taken_back'],
  ['not_here', 'other_errand'],
]);

/** Other things on a page or in a mail: papers, forms, directions, prices. */
const OF_PAPERS =
  /(?<![a-zñ])(?:certific\w*|papel\w*|formulario|factura\w*|estudios?|receta\w*|ficha|cuestionario|ubicacion|direccion|tarifas?|presupuesto|menu|carta|fotos?|video|instrucciones|forms?|papers?|paperwork|questionnaire|intake|quote|pack|map|directions?|photos?|pictures?|menu|results?|certificates?|leaflet|prices?|invoice|estimate|record\w*)(?![a-zñ])/;

const namesIt = ({ sentences }: ReadTurn): boolean =>
  sentences.some(({ days, times, question }) => !question && (days.length > 0 || times.length > 0));
