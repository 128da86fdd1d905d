import { breaksIn, letDown, type Move, movesOf, TURNS_AROUND } from './moves.ts';
import { agree, type Said, saidIn } from './slots.ts';
import { sameFace } from './standing-slot.ts';
import { besideSlots, type Place, type ReadTurn, type Sentence, sentenceAt } from './turns.ts';

/** The moves and slots of a talk, in order. */
export interface Talk {
  moves: Move[];
  days: Said[];
  times: Said[];
  /** Number of turns of the business after the agent's first words, and of those that only ask. */
  answered: number;
  asked: number;
  last?: Move | undefined;
  /** Turns of the agent that ask whether it is done, and that the business did not answer with a yes. */
  closings: number[];
}

/** Goes through the talk turn by turn. */
export function follow(read: readonly ReadTurn[]): Talk {
  const talk: Talk = { moves: [], days: [], times: [], answered: 0, asked: 0, closings: [] };
  const first = read.findIndex(({ role, spoken }) => role === 'agent' && spoken);
  for (const turn of read) {
    if (first < 0 || !turn.spoken) continue;
    if (turn.turn < first) {
      talk.moves.push(...movesOf(turn, false, false).filter(({ kind }) => kind === 'no_person'));
      continue;
    }
    const { days, times } = saidIn(turn, talk);
    if (turn.role === 'business') {
      talk.answered++;
      if (turn.sentences.length > 0 && turn.sentences.every(({ question }) => question)) talk.asked++;
      const agent = read.slice(0, turn.turn).findLast(({ role, spoken }) => role === 'agent' && spoken);
      const named =
        agent !== undefined &&
        (talk.days.some((said) => said.turn === agent.turn) || talk.times.some((said) => said.turn === agent.turn));
      const moves = movesOf(turn, named || (agent !== undefined && asksWhetherDone(agent)), agent?.turn === first);
      const breaking = breaksIn(turn);
      if (breaking) moves.push(breaking);
      const again = restated(turn, talk, times);
      const plain = moves.find(({ kind }) => kind === 'given');
      if (again && !plain) moves.push(again);
      else if (again && plain?.how === 'yes') moves.splice(moves.indexOf(plain), 1, again);
      if (
        agent &&
        asksForCertain(agent) &&
        read[turn.turn - 1] === agent &&
        !moves.some(({ kind }) => kind === 'given')
      ) {
        talk.closings.push(agent.turn);
      }
      talk.moves.push(...moves);
      talk.last = { kind: 'not_agreed', turn: turn.turn, at: 0, end: turn.message.length };
    }
    const sad = turn.role === 'agent' && letDown(turn);
    if (sad) talk.moves.push(sad);
    talk.days.push(...days);
    talk.times.push(...times);
  }
  return talk;
}

const DONE =
  /(?<![a-zñ])(?:list[oa]|reservad[oa]|reserv[ae]\w*|confirmad[oa]|confirm\w*|qued[ao]\w*|anot\w+|apunt\w+|agend\w+|guard\w+|apart\w+|dej[ao]\w*|lo toma|la toma|seguro|entonces|booked|confirmed|reserved|set|settled|down|in the (?:book|diary|system)|all good|certain|sorted|done|in then|(?:hers|his|theirs|him~*'?s),? then|hers|his|count on|expecting|shall i|good to go|agreed|a deal)(?![a-zñ])/;

/** The agent asks whether it is done: a yes to that gives the slot as well. */
const asksWhetherDone = ({ sentences, text }: ReadTurn): boolean =>
  sentences.some(({ question }) => question) && DONE.test(text);

const CERTAIN =
  /(?<![a-zñ'])(?:booked|confirmed|reserved|settled|certain|definite|all set|good to go|anotad\w*|agendad\w*|reservad\w*|confirmad\w*|segur[oa]|en firme|firme|(?:queda|quedo|quedamos) (?:list|hech|asi|el|la|para|entonces|confirm|agend|anot|reserv))/;
const OTHERWISE_ASKED =
  /(?<![a-zñ'])(?:does|do|did|what|how|where|which|who|cuanto|cuanta|donde|como|que|cual|quien|lleva|trae|acept\w*)(?![a-zñ'])/;

/** Asks for certainty and nothing else: an answer without a yes leaves it open. */
const asksForCertain = ({ sentences }: ReadTurn): boolean =>
  sentences.some(({ question, text }) => question && CERTAIN.test(text) && !OTHERWISE_ASKED.test(text));

/** The business repeats an hour that it had named before and that the agent has mentioned since. */
function restated(turn: ReadTurn, { times }: Talk, now: readonly Said[]): Move | undefined {
  for (const said of now) {
    const sentence = sentenceAt(turn, said.at);
    if (
      !sentence ||
      sentence.question ||
      sentence.runsIntoQuestion ||
      said.rejected ||
      TURNS_AROUND.test(sentence.text) ||
      sentence.cues.some(
        ({ kind }) => kind !== 'commit' && kind !== 'farewell' && kind !== 'offer' && kind !== 'listed',
      )
    )
      continue;
    if (/\.\.\.$|…$/.test(sentence.text) || /(?:\.\.\.|…)\s*$/.test(turn.message)) continue;
    const first = times.find((earlier) => !earlier.rejected && (agree(earlier, said) || sameFace(earlier, said)));
    const taken =
      first?.role === 'business' &&
      times.some((later) => later.role === 'agent' && isAfter(later, first) && agree(later, said));
    const named = sentence.text.includes('him~') || /(?<![a-z])him(?![a-z~])/.test(sentence.text);
    const offered = sentence.cues.some(({ kind }) => kind === 'offer');
    const whole = sentence.days.length > 0 && named && !offered;
    const place = { kind: 'given', turn: turn.turn, at: sentence.at, end: sentence.end } as const;
    if (taken || whole) return { ...place, how: 'restated' };
    if (first && !offered && saysMore(sentence)) return { ...place, how: 'yes' };
  }
  return undefined;
}

const MORE =
  /(?<![a-zñ'])(?:yup|yep|yeah|yes|aye|okay|ok|right|done|then|so|please do|(?:i|he|she|they|you|it|that|we)(?:'m|'s|'re|'ve|'ll| am| is| are| will| have)|si|sip|listo|lista|entonces|queda\w*|perfecto|dale|vale|pues|va|claro|bueno|correcto|exacto|de acuerdo)(?![a-zñ'])/;

/** A mere repetition contains the slot and nothing else. */
const saysMore = (sentence: Sentence): boolean => MORE.test(besideSlots(sentence, ' '));

export const isAfter = (a: Omit<Place, 'end'>, b: Omit<Place, 'end'>): boolean =>
  a.turn > b.turn || (a.turn === b.turn && a.at > b.at);
