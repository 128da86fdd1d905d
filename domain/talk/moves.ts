import { isReaction, isYes } from './affirm.ts';
import { conditionsIn } from './conditions.ts';
import type { Cue } from './cues.ts';
import type { Place, ReadTurn, Sentence } from './turns.ts';
import type { DoubtCode } from './types.ts';

/** A statement of the business for or against the appointment. */
export interface Move extends Place {
  kind: 'given' | 'unheard' | 'cut_off' | 'listed' | 'sorry' | 'let_down' | 'breaks_in' | 'not_here' | DoubtCode;
  /**
   * `denied`, `unwritten`: it says that it is not done. For `given`, its strength: `written`: it says that it is done; `restated`: it
   * repeats the slot; `yes`: it agrees to the agent's words.
   */
  how?: 'written' | 'restated' | 'yes' | 'unwritten';
}

/** Doubts anywhere in a talk. */
const AGAINST = [
  'denied',
  'taken_back',
  'hedged',
  'tentative',
  'conditional',
  'waiting_list',
  'call_back',
  'elsewhere',
  'two_slots',
  'not_meant',
  'no_person',
  'unheard',
  'listed',
  'sorry',
  'not_here',
] as const;

/** A payment or a paper that is not required. */
const WAIVED =
  /(?<![a-zñ])(?:no hace falta|sin necesidad|no necesita|no tiene que|no es necesario|no need|don't need|doesn't need|doesn't have to|don't have to|no deposit|without any)(?![a-zñ])/;

/** An answer to the question whether it is done. */
const DONE_ANSWER =
  /^(?:(?:si|sí|yes|yeah|yep|yup|ya|ok|okay|claro|aye|'?tis|sure)[,. ]*)?(?:queda|quedo|quedan|fixed|kept|saved|booked|reserved|done|sorted|all set|all sorted|locked in|in (?:the|t') book|in't book|he's on it|she's on it|(?:anot|apunt|agend|reserv|guard|separ|apart|confirm|registr)(?:ad[oa]|ao))(?: [a-zñ']+){0,2}[.!]?$/;

/** It begins in the middle: not addressed to us. */
const OVERHEARD = /^\s*(?:\[[^\]]*\]\s*)?(?:\.\.\.|…)/;

/** Doubts that do not keep the same sentence from giving the slot: they are about another one, or are checked later. */
const LET_PASS: ReadonlySet<string> = new Set([
  'denied',
  'taken_back',
  'unheard',
  'two_slots',
  'listed',
  'sorry',
  'not_here',
]);

/** After such a word the sentence may revoke the slot. */
export const TURNS_AROUND =
  /(?<![a-zñ'])(?:but|pero|though|aunque|except|sino|in case|por si|por las dudas|was there|habia|gave it|three ahead|ahead|falta (?:ver|que|saber|definir|confirmar)|need the day|just need|no day|under (?!him~|her|them|the)|instead|en vez|en lugar|sin mesa|the last one|el ultimo|la ultima|lo que tengo|what i have|what we have|ya lo di|ya lo dimos|ya lo dieron|se l[oa] (?:acaban|llevaron|llevo)|just went|given away|some day|one of these|alguno de estos|alguno de esos)(?![a-zñ])/;

/** The line broke, or somebody hung up, in the middle of a turn. */
const CUT_OFF =
  /\[[^\]]*(?:click|line dead|line goes|hangs? up|hung up|disconnect|call ends|cuelga|cuelgan|colgar|colgo|tono|dial tone|corta|cortan|corto|cortó|colgó)[^\]]*\]?/i;

const NEGATED =
  /(?<![a-zñ'])(?:no|not|don't|didn't|haven't|hasn't|isn't|aren't|won't|can't|cannot|never|nobody|nunca|todavia no|aun no|sin) (?:(?:se|te|le|les|lo|la|los|las|me|it|him~*|her|them|yet|get|have|has|been|be|got|esta|estan|queda|quedo|puedo|podemos|puede|haber) ){0,3}$/;
const NOT_YET =
  /(?<![a-zñ'])(?:when|once|until|till|unless|before|as soon as|soon as|cuando|hasta que|apenas|en cuanto|una vez que|ni bien) (?:[a-zñ'~]+ ){0,4}$/;

/** "When she's in": in the house, not in the book. */
const ARRIVED = /^(?:he|she|they|you|it|that)(?:'s|'re| is| are) in$/;

/** The slot is written down for somebody else. */
const TAKEN_BY_OTHERS =
  /(?<![a-zñ'])(?:(?:fully|already|solidly|completely|all|double) (?:booked|reserved|taken)|booked (?:up|solid|out|until|till)|(?:by|for|to|in) (?:another|someone else|somebody else|members)|(?:someone|somebody) else|(?:another|other) (?:patients?|clients?|customers?|person|people|party)|everything(?:'s| is)|nothing|dd? is (?:booked|reserved|taken)|(?:para|a|con) (?:otr[oa]s?|los socios|las socias)(?! (?:dia|cosa))|otr[oa]s? (?:paciente|pacientes|cliente|clientes|clienta|persona|personas|señora)|tod[oa]s? (?:reservad|agendad|tomad|ocupad|vendid)\w*|hasta fin de|ya esta (?:todo )?(?:reservad|tomad|ocupad)\w*|ya (?:lo|la) tengo (?:anotad|reservad|dad)\w* a |no puedo|nada)(?![a-zñ'])/;
/** It would be written down, or something else is. */
const NOT_SAID_SO =
  /(?<![a-zñ'])(?:barring|as a backup|as a request|as a message|i guess|i suppose|kidding|that you (?:called|rang)|i'd have|we'd have|would have|would be|could be|automated message|recording|podria|quedaria|estaria|seria|estaba|mentira|(?:su|tu|el) (?:pedido|mensaje|recado|solicitud)|tomo nota|grabacion|por (?:\w+ )?horas|se libera|si (?:quiere|quieren|queres|quieres|es que|no)|en caso)(?![a-zñ'])/;

const isNegated = ({ text, at }: Pick<Sentence, 'text' | 'at'>, cue: Pick<Cue, 'at'>): boolean =>
  NEGATED.test(text.slice(0, cue.at - at));

/** The effect of the words around a commitment: it is denied, or still to come. */
function undone({ text, at: from }: Sentence, { at, end }: Cue): 'denied' | 'conditional' | undefined {
  const before = text.slice(0, at - from);
  if (isNegated({ text, at: from }, { at }) || TAKEN_BY_OTHERS.test(text)) return 'denied';
  if (NOT_SAID_SO.test(text)) return 'conditional';
  return NOT_YET.test(before) && !ARRIVED.test(text.slice(at - from, end - from)) ? 'conditional' : undefined;
}

/**
 * The moves of the business's turn, sentence by sentence. `answers`: the agent had just named a day or an hour, or asked whether it was
 * done; `toTheErrand`: in its first words.
 */
export function movesOf(read: ReadTurn, answers: boolean, toTheErrand: boolean): Move[] {
  const moves: Move[] = [];
  for (const sentence of read.sentences) {
    const add = (kind: Move['kind'], at: number, end: number, how?: Move['how']): void => {
      moves.push({ kind, turn: read.turn, at, end, ...(how ? { how } : {}) });
    };
    const doubts = sentence.cues.filter(({ kind }) => (AGAINST as readonly string[]).includes(kind));
    const waived = WAIVED.test(sentence.text);
    for (const { kind, at, end } of doubts) if (!(waived && kind === 'conditional')) add(kind as Move['kind'], at, end);
    const ofSlot =
      sentence.days.length > 0 || sentence.times.length > 0 || sentence.cues.some(({ kind }) => kind === 'commit');
    let written: Cue | undefined;
    for (const cue of sentence.cues) {
      if (cue.kind !== 'commit') continue;
      const turned = undone(sentence, cue);
      if (turned) add(turned, cue.at, cue.end, isNegated(sentence, cue) ? 'unwritten' : undefined);
      else written = cue;
    }
    const conditions = conditionsIn(
      sentence.text,
      ofSlot,
      (at) => read.message[sentence.at + at + 1] !== 'í',
      answers && sentence === read.sentences[0],
    );
    for (const { at, end } of conditions) add('conditional', sentence.at + at, sentence.at + end);
    if (sentence.question || conditions.length > 0) continue;
    if (doubts.some(({ kind }) => !LET_PASS.has(kind)) || TURNS_AROUND.test(sentence.text)) continue;
    const farewell = sentence.cues.find(({ kind }) => kind === 'farewell');
    const done = answers && sentence === read.sentences[0] && DONE_ANSWER.test(sentence.text);
    if (done) add('given', sentence.at, sentence.end, 'written');
    else if (written) add('given', written.at, written.end, 'written');
    else if (farewell) add('given', farewell.at, farewell.end, 'yes');
    else if (
      answers &&
      sentence === read.sentences[0] &&
      isYes(read, sentence) &&
      !OVERHEARD.test(read.message) &&
      !(toTheErrand && isReaction(sentence.text))
    )
      add('given', sentence.at, sentence.end, 'yes');
  }
  const cut = CUT_OFF.exec(read.message);
  if (cut) moves.push({ kind: 'cut_off', turn: read.turn, at: cut.index, end: cut.index + cut[0].length });
  return moves.sort((a, b) => a.at - b.at);
}

const BREAKS_IN =
  /^(?:[^a-zñ]*(?:(?:no|ay|uy|ah|oh|eh|er|um|uf|huy|hey|but|pero|and|y|ostras|jolin|pucha|chuta|so)[,. ]+)*)(?:wait|hang on|hold on|hold up|sorry|actually|oops|whoops|shoot|dang|oh no|ooh|uh oh|hmm|ugh|no wait|one sec\w*|before you go|listen|look|espera\w*|espere\w*|pare|para|pera|perdon\w*|disculp\w*|que pena|lo siento|aguard\w*|momento|fijese|fijate|oiga|oye|mire|mira|le iba a decir|te iba a decir|me (?:acaban|estan|avisan|cambiaron|dicen|equivoque)|va a tener que|me fije mal|mire mal|vi mal|yeah no|uh no|no no|let's|lets|it'?ll have to|we'?ll have to|i'?ll have to)(?![a-zñ])/;
const UNDOES =
  /(?<![a-zñ'])(?:no|not|nobody|no one|nothing|never|won't|can't|cannot|isn't|aren't|doesn't|don't|wasn't|ain't|cancel\w*|anul\w*|borr\w*|delet\w*|cross\w*|scratch\w*|remov\w*|quit\w*|sac[ao]\w*|ignor\w*|olvid\w*|forget|away|gone|off|other|otr[oa]s?|mistake|equivo\w*|wrong|mov\w*|change\w*|cambi\w*|correr?|pasar?|later|earlier|instead|tarde|temprano|nadie|ningun\w*|ni|ya lo|cerr\w+|closed?|feriado|lleno|full|ocupad\w*|taken)(?![a-zñ])/;

/** A turn that interrupts and undoes. Its beginning together with an undoing word distinguishes it from small talk. */
export function breaksIn({ sentences, turn, text }: ReadTurn): Move | undefined {
  const sentence = sentences.findLast((one) => BREAKS_IN.test(one.text) && UNDOES.test(text.slice(one.at)));
  return sentence && { kind: 'breaks_in', turn, at: sentence.at, end: sentence.end };
}

/** The agent learns that there is nothing, or asks for something else. */
const LET_DOWN =
  /(?<![a-zñ])(?:oh dear|oh no|what a (?:pity|shame)|that's (?:a (?:pity|shame)|too bad|unfortunate)|sorry to hear|any ?thing else then|(?:is there|could (?:it|there) be|do you have) (?:an )?(?:other|exception|any other)|another (?:day|time|artist|doctor|slot)|some other (?:day|time)|what does that mean|que (?:lastima|pena|contrariedad|macana|mala suerte)|vaya\.|lo lamento|otro (?:dia|horario|turno)|otra (?:hora|cita|fecha)|y otr[oa]|alguna otra|cuando (?:se sabria|se sabe|lo sabe|sabria|avisan|avisa|confirman?|le dice|les dice|dicen)|when (?:will|would|do) (?:you|we|he|she|they|it) (?:know|hear|find out|be sure|be confirmed)|and (?:what )?if|y si (?:no|la|el|se))(?![a-zñ])/;

export function letDown(read: ReadTurn): Move | undefined {
  const match = LET_DOWN.exec(read.text);
  return match ? { kind: 'let_down', turn: read.turn, at: match.index, end: match.index + match[0].length } : undefined;
}
