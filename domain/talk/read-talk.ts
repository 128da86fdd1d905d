import { halfOfDay } from './half-of-day.ts';
import { CLEAR_FROM, DOUBTFUL_BELOW, impressionOf, outweighed } from './impression.ts';
import { breaksIn, letDown, type Move, movesOf, TURNS_AROUND } from './moves.ts';
import { normal } from './normal.ts';
import { otherErrand, otherName, otherPerson } from './other-errand.ts';
import { strangeService } from './services.ts';
import { agree, type Said, saidIn } from './slots.ts';
import { type Around, besideIt, movedTo, sameFace, standingAt } from './standing-slot.ts';
import { type ReadTurn, readTurns, type Sentence } from './turns.ts';
import {
  type Agreed,
  CITATION_MAX,
  type Citation,
  type Doubt,
  type DoubtCode,
  type SpokenTurn,
  type TalkContext,
  type TalkFinding,
} from './types.ts';

/** Doubts that a later, plain word of the business settles. The others stay: only a person can tell. */
const SETTLED_BY_WRITTEN: readonly DoubtCode[] = [
  'hedged',
  'tentative',
  'call_back',
  'two_slots',
  'elsewhere',
  'not_meant',
];

/** Reads what was agreed in a talk: the last state of it, the words that it rests on, and what speaks against it. */
export function readTalk(turns: readonly SpokenTurn[], context: TalkContext): TalkFinding {
  const { called_on, called_time } = context;
  const { read, languages } = readTurns(turns, context);
  if (turns.length > 0 && !read.some(({ role, spoken }) => role === 'business' && spoken)) return silent(context);
  if (turns.length === 0 || languages.length === 0) return { called_on, readable: false, doubts: [] };
  const talk = follow(read);
  const sound = impressionOf(read);
  const said = talk.moves.findLast(
    (move) => move.kind === 'given' && (move.how !== 'yes' || hasSpokenOfIt(talk, move)),
  );
  const given = said ?? (sound >= CLEAR_FROM ? lastWord(talk, read) : undefined);
  const doubts: Doubt[] = [];
  const doubt = (code: DoubtCode, ...places: ({ turn: number; at: number; end: number } | undefined)[]): void => {
    if (doubts.some((known) => known.code === code)) return;
    doubts.push({ code, cites: places.flatMap((place) => (place ? [cite(read, place)] : [])).slice(0, 3) });
  };

  for (const move of standing(talk, said, read)) doubt(codeOf(move), move);
  if (
    given?.how === 'yes' &&
    [...talk.days, ...talk.times].some(
      (said) => said.role === 'business' && said.turn > given.turn && !said.rejected && isLong(read[said.turn]!),
    )
  ) {
    doubt('not_agreed', given);
  }
  const unanswered = given && talk.closings.find((turn) => turn > given.turn);
  if (given && unanswered !== undefined)
    doubt('not_agreed', { turn: unanswered, at: 0, end: read[unanswered]!.message.length });
  const other = otherErrand(read, context.request, given?.turn ?? Infinity);
  if (other) doubt('other_errand', other);
  const strange = given && strangeAt(read[given.turn]!, given.at, wordsOf(read, context));
  if (strange) doubt('other_errand', strange);
  const agentWords = read
    .filter(({ role }) => role === 'agent')
    .map(({ message }) => normal(message))
    .join(' ');
  const named = read
    .map((turn) => otherName(turn, context.request.user_name, agentWords))
    .findLast((place) => place !== undefined);
  if (named && given && named.turn >= given.turn - 2) doubt('other_errand', named);
  const forOther =
    given &&
    read
      .filter(({ role, turn }) => role === 'business' && turn >= given.turn)
      .map((turn) => otherPerson(turn, context.request.user_name))
      .find((place) => place !== undefined);
  if (forOther) doubt('other_errand', forOther);
  if (!said)
    doubt(talk.answered === 0 ? 'no_person' : talk.answered === talk.asked ? 'asked_only' : 'not_agreed', talk.last);

  const days: Around = { read, moves: talk.moves, all: talk.days, others: talk.times };
  const times: Around = { read, moves: talk.moves, all: talk.times, others: talk.days };
  const day = standingAt(given, days);
  const time = standingAt(given, times);
  if (day && (day.conflict || talk.days.some((said) => said.conflict && sameNumber(said, day))))
    doubt('weekday_mismatch', day);
  if (day?.past) doubt('day_past', day);
  if (!day || day.values.length === 0) doubt('day_unclear', day);
  if (!time || time.vague) doubt('hour_unclear', time);
  for (const [slot, around] of [
    [day, days],
    [time, times],
  ] as const) {
    if (!given || !slot) continue;
    const moved = movedTo(given, slot, around);
    if (moved) doubt('moved', moved);
    const beside = besideIt(given, slot, around);
    if (beside) doubt('two_slots', beside);
  }
  const date = day && narrowed(talk.days, day);
  const hour = time && halfOfDay(read, narrowed(talk.times, time), talk.times, context);
  const byBusiness = date?.role === 'business' && hour?.role === 'business';
  return {
    called_on,
    ...(called_time ? { called_time } : {}),
    readable: true,
    ...(date ? { date: agreed(read, date) } : {}),
    ...(hour ? { time: agreed(read, hour) } : {}),
    ...(given ? { agreement: cite(read, given) } : {}),
    ...(given ? { level: byBusiness ? ('stated' as const) : ('agreed' as const) } : {}),
    doubts: seconded(doubts, sound, given),
  };

  /** The rules' doubts, after the talk as a whole was heard. */
  function seconded(known: Doubt[], heard: number, at: Move | undefined): Doubt[] {
    if (known.length === 0)
      return heard < DOUBTFUL_BELOW && at ? [{ code: 'unconvincing', cites: [cite(read, at)] }] : [];
    return outweighed(known, heard) ? [] : known;
  }
}

/** Where no word gives the slot, and all of the talk does: the business's last words that name the day or the hour. */
function lastWord({ days, times }: Talk, read: readonly ReadTurn[]): Move | undefined {
  const named = [...days, ...times].filter(
    ({ role, question, rejected }) => role === 'business' && !question && !rejected,
  );
  const turn = Math.max(-1, ...named.map((said) => said.turn));
  if (turn < 0) return undefined;
  return { kind: 'given', turn, at: 0, end: read[turn]!.message.length, how: 'yes' };
}

/** Another service that is named in the sentence at this place of a turn. */
function strangeAt({ turn, sentences }: ReadTurn, place: number, known: string): Place | undefined {
  const sentence = sentences.find(({ at, end }) => place >= at && place < end);
  if (!sentence) return undefined;
  let { text } = sentence;
  for (const mention of [...sentence.days, ...sentence.times]) {
    const [from, to] = [mention.at - sentence.at, mention.end - sentence.at];
    text = `${text.slice(0, from)}${','.repeat(to - from)}${text.slice(to)}`;
  }
  const found = strangeService(text, known);
  return found && { turn, at: sentence.at + found.at, end: sentence.at + found.end };
}

interface Place {
  turn: number;
  at: number;
  end: number;
}

/** What was asked for, in the order's words and the agent's. */
const wordsOf = (read: readonly ReadTurn[], { request }: TalkContext): string =>
  [
    request.service_type,
    request.special_requests ?? '',
    ...read.flatMap(({ role, message }) => (role === 'agent' ? [message] : [])),
  ].join(' ');

const silent = ({ called_on }: TalkContext): TalkFinding => ({
  called_on,
  readable: true,
  doubts: [{ code: 'no_person', cites: [] }],
});

interface Talk {
  moves: Move[];
  days: Said[];
  times: Said[];
  /** Turns of the business after the agent's first words, and how many of them only ask. */
  answered: number;
  asked: number;
  last?: Move | undefined;
  /** Turns of the agent that ask whether it is done, and that the business answered with no yes. */
  closings: number[];
}

/** Goes through the talk turn by turn. */
function follow(read: readonly ReadTurn[]): Talk {
  const talk: Talk = { moves: [], days: [], times: [], answered: 0, asked: 0, closings: [] };
  const first = read.findIndex(({ role, spoken }) => role === 'agent' && spoken);
  for (const turn of read) {
    if (first < 0 || !turn.spoken) continue;
    if (turn.turn < first) {
      talk.moves.push(...movesOf(turn, false, false).filter(({ kind }) => kind === 'no_person'));
      continue;
    }
    const { days, times } = saidIn(turn, talk.times);
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

/** The business says an hour again that it had named before and that the agent has taken up since. */
function restated(turn: ReadTurn, { times }: Talk, now: readonly Said[]): Move | undefined {
  for (const said of now) {
    const sentence = turn.sentences.find(({ at, end }) => said.at >= at && said.at < end);
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

/** Who only repeats what was heard says the slot and nothing else. */
const saysMore = ({ text, at, days, times }: Sentence): boolean => {
  let rest = text;
  for (const { at: from, end } of [...days, ...times]) {
    rest = rest.slice(0, from - at) + ' '.repeat(end - from) + rest.slice(end - at);
  }
  return MORE.test(rest);
};

const isAfter = (a: { turn: number; at: number }, b: { turn: number; at: number }): boolean =>
  a.turn > b.turn || (a.turn === b.turn && a.at > b.at);

/** More than the slot said once more. */
const isLong = ({ text }: ReadTurn): boolean => text.split(' ').length > 8;

const namesIt = ({ sentences }: ReadTurn): boolean =>
  sentences.some(({ days, times, question }) => !question && (days.length > 0 || times.length > 0));

/** A yes of somebody who never named a day or an hour may be said to anybody. */
const hasSpokenOfIt = ({ moves, days, times }: Talk, { turn, at }: Move): boolean =>
  [...days, ...times].some(
    (said) => said.role === 'business' && !said.question && (said.turn < turn || (said.turn === turn && said.at < at)),
  ) || moves.some((move) => move.kind === 'given' && move.how !== 'yes' && move.turn < turn);

/** What speaks against it and has not been settled since. */
function standing({ moves, days, times }: Talk, given: Move | undefined, read: readonly ReadTurn[]): Move[] {
  const all = [days, times];
  const known = whenBothKnown(days, times);
  return moves.filter((move) => {
    if (move.kind === 'given' || move.kind === 'met') return false;
    if (!given) return !SIGNS.has(move.kind);
    if (move.kind === 'not_here') return true;
    if (move.kind === 'listed') return moves.some(({ kind }) => kind === 'waiting_list' || kind === 'denied');
    // Who hung up after all was said ended the call, nothing else.
    if (move.kind === 'cut_off') return !(given.how !== 'yes' && given.turn < move.turn && !read[move.turn]!.spoken);
    if (move.kind === 'two_slots' && !hasAlternatives(move, all)) return false;
    if (move.kind === 'elsewhere' && isAfter(move, given)) return !OF_PAPERS.test(read[move.turn]!.text);
    if (isAfter(move, given)) return move.kind !== 'denied' || refusesIt(read[move.turn]!, move, moves);
    if (move.kind === 'denied' || move.kind === 'taken_back') return false;
    if (SIGNS.has(move.kind) && move.kind !== 'unheard') return false;
    const later = moves.some((one) => one.kind === 'given' && one.how !== 'yes' && one.turn > move.turn);
    if (move.kind === 'unheard' || move.kind === 'not_meant')
      return !moves.some((one) => one.kind === 'given' && one.turn > move.turn && namesIt(read[one.turn]!));
    if (move.kind === 'conditional') {
      const met = moves.some((one) => one.kind === 'met' && isAfter(one, move));
      return !((met || move.turn < known || LENIENT) && later);
    }
    return !(later && SETTLED_BY_WRITTEN.includes(move.kind as DoubtCode));
  });
}

/** The first turn at which a day and an hour had been named. */
const whenBothKnown = (days: readonly Said[], times: readonly Said[]): number =>
  Math.max(days[0]?.turn ?? Infinity, times[0]?.turn ?? Infinity);

const LENIENT = true;

const FEW_TURNS = 5;

/** Two different days or hours were put forward by the business shortly before. */
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

/** A refusal after the slot was given is of the slot where the turn speaks of it, not of a price or a parking place. */
const refusesIt = ({ turn, sentences }: ReadTurn, { at }: Move, moves: readonly Move[]): boolean => {
  const sentence = sentences.find((one) => at >= one.at && at < one.end);
  if (!sentence) return true;
  const { text, days, times, cues } = sentence;
  return (
    IT.test(text) ||
    days.length > 0 ||
    times.length > 0 ||
    cues.some(({ kind }) => kind === 'wait') ||
    moves.some((one) => one.turn === turn && one.kind === 'taken_back')
  );
};

const codeOf = ({ kind }: Move): DoubtCode => SIGNS.get(kind) ?? (kind as DoubtCode);

/** Signs that weigh only after the slot was given, and the doubts that they are then. */
const SIGNS: ReadonlyMap<Move['kind'], DoubtCode> = new Map([
  ['cut_off', 'not_meant'],
  ['unheard', 'not_meant'],
  ['listed', 'waiting_list'],
  ['sorry', 'taken_back'],
  ['let_down', 'taken_back'],
  ['breaks_in', 'taken_back'],
  ['not_here', 'other_errand'],
]);

/** What else is found on a page or sent by mail: papers, forms, ways, prices. */
const OF_PAPERS =
  /(?<![a-zñ])(?:certific\w*|papel\w*|formulario|factura\w*|estudios?|receta\w*|ficha|cuestionario|ubicacion|direccion|tarifas?|presupuesto|menu|carta|fotos?|video|instrucciones|forms?|papers?|paperwork|questionnaire|intake|quote|pack|map|directions?|photos?|pictures?|menu|results?|certificates?|leaflet|prices?|invoice|estimate|record\w*)(?![a-zñ])/;

const sameNumber = (a: Said, b: Said): boolean =>
  a.text.split(' ').some((word) => word.length > 2 && b.text.includes(word));

/** The same day or hour, as it was said most exactly; the business's own words come first. */
function narrowed(all: readonly Said[], slot: Said): Said {
  const same = all.filter(
    (said) => !said.rejected && !said.vague && said.turn <= slot.turn + 4 && (agree(said, slot) || said === slot),
  );
  // A weekday alone means the date that was named with it.
  const dated =
    slot.weekday === undefined
      ? undefined
      : same.findLast((said) => said.weekday === undefined && said.values.length === 1);
  let values = dated?.values ?? slot.values;
  for (const said of same) {
    const both = values.filter((value) => said.values.includes(value));
    if (both.length > 0 && both.length < values.length && (said.exact || said.values.length < values.length))
      values = both;
  }
  const own =
    slot.role === 'business' ? slot : (same.findLast(({ role, question }) => role === 'business' && !question) ?? slot);
  return { ...own, values };
}

function agreed(read: readonly ReadTurn[], said: Said): Agreed {
  return { ...cite(read, said), values: said.values };
}

function cite(read: readonly ReadTurn[], { turn, at, end }: { turn: number; at: number; end: number }): Citation {
  const { role, message, at_seconds } = read[turn]!;
  return { text: message.slice(at, end).trim().slice(0, CITATION_MAX), role, turn, at_seconds };
}
