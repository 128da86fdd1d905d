import { isReaction, isYes } from './affirm.ts';
import { conditionsIn } from './conditions.ts';
import type { ReadTurn } from './turns.ts';
import type { DoubtCode } from './types.ts';

/** Something that the business said for or against the appointment. */
export interface Move {
  kind: 'given' | 'met' | 'unheard' | 'cut_off' | 'listed' | 'sorry' | 'let_down' | 'not_here' | DoubtCode;
  turn: number;
  at: number;
  end: number;
  /** Of `given`: how plainly. `written`: it says that it is done; `restated`: the slot said again; `yes`: a yes to the agent's words. */
  how?: 'written' | 'restated' | 'yes';
}

/** They are doubts wherever they are said. */
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

/** It begins in the middle: not said to us. */
const OVERHEARD = /^\s*(?:\[[^\]]*\]\s*)?(?:\.\.\.|…)/;

/** They do not keep the same sentence from giving the slot: they are about another one, or are looked at later. */
const LET_PASS: ReadonlySet<string> = new Set([
  'denied',
  'taken_back',
  'unheard',
  'two_slots',
  'listed',
  'sorry',
  'not_here',
]);

/** The line went dead, or somebody hung up, in the midst of a turn. */
const CUT_OFF =
  /\[[^\]]*(?:click|line dead|line goes|hangs? up|hung up|disconnect|call ends|cuelga|cuelgan|colgar|colgo|corta|cortan|corto|cortó|colgó)[^\]]*\]?/i;

const MET =
  /(?<![a-zñ])(?:ya (?:lo |la |los |las |le |se |me )*(?:mand\w+|envi\w+|pag\w+|deposit\w+|transfir\w+|hizo|tiene|traj\w+|llego|entro|cayo|tengo|esta|sali\w+)|pagad[oa]|recibid[oa]|acreditad[oa]|(?:aqui|aca|ahi) (?:esta|lo tengo|la tengo|me sale|me aparece|veo)|(?:lo|la) (?:tengo|veo) (?:aqui|aca|ya)|si hay|con eso|entonces si|acaba de (?:caer|llegar|entrar)|me (?:acaba de )?(?:llego|entro|cayo|aparecio)|con \w+ si|ya cayo|activ[oa]|ya me (?:dejo|salio)|me dejo|aparece|dijo que si|dice que si|said (?:of course|yes|fine|ok|okay|sure|he can|she can|that'?s)|they are|he is|she is|it'?s here|got it|here (?:it|he|she) is|there (?:it|he|she) is|i (?:can )?see (?:it|him|her|that)|(?:came|come|gone|went|just) (?:through|in)|paid|received|on file|already|(?:she|he|it|they) (?:sent|has|have|did|said yes|says yes)|found (?:it|him|her)|in stock|on the shelf|says? (?:yes|that'?s fine|go ahead|it'?s fine)|then (?:i'?m|we'?re|he'?s|she'?s|you'?re|that'?s)|in that case|cleared|popped up|that'?s landed|landed|there you go|there we go)(?![a-zñ])/g;

/** What the business's turn does, sentence by sentence. `answers`: the agent had just named a day or an hour, or asked whether it was done; `toTheErrand`: in its
 * first words. */
export function movesOf(read: ReadTurn, answers: boolean, toTheErrand: boolean): Move[] {
  const moves: Move[] = [];
  for (const sentence of read.sentences) {
    const add = (kind: Move['kind'], at: number, end: number, how?: Move['how']): void => {
      moves.push({ kind, turn: read.turn, at, end, ...(how ? { how } : {}) });
    };
    const doubts = sentence.cues.filter(({ kind }) => (AGAINST as readonly string[]).includes(kind));
    for (const { kind, at, end } of doubts) add(kind as Move['kind'], at, end);
    const ofSlot =
      sentence.days.length > 0 || sentence.times.length > 0 || sentence.cues.some(({ kind }) => kind === 'commit');
    const conditions = conditionsIn(
      sentence.text,
      ofSlot,
      (at) => read.message[sentence.at + at + 1] !== 'í',
      answers && sentence === read.sentences[0],
    );
    for (const { at, end } of conditions) add('conditional', sentence.at + at, sentence.at + end);
    for (const match of sentence.text.matchAll(MET))
      add('met', sentence.at + match.index, sentence.at + match.index + match[0].length);
    if (sentence.question || conditions.length > 0) continue;
    if (doubts.some(({ kind }) => !LET_PASS.has(kind))) continue;
    const written = sentence.cues.findLast(({ kind }) => kind === 'commit');
    const farewell = sentence.cues.find(({ kind }) => kind === 'farewell');
    if (written) add('given', written.at, written.end, 'written');
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

/** The agent hears that there is nothing, or asks for something else. */
const LET_DOWN =
  /(?<![a-zñ])(?:oh dear|oh no|what a (?:pity|shame)|that's (?:a (?:pity|shame)|too bad|unfortunate)|sorry to hear|any ?thing else then|(?:is there|could (?:it|there) be|do you have) (?:an )?(?:other|exception|any other)|another (?:day|time|artist|doctor|slot)|some other (?:day|time)|what does that mean|que (?:lastima|pena|contrariedad|macana|mala suerte)|vaya\.|lo lamento|otro (?:dia|horario|turno)|otra (?:hora|cita|fecha)|y otr[oa]|alguna otra)(?![a-zñ])/;

export function letDown(read: ReadTurn): Move | undefined {
  const match = LET_DOWN.exec(read.text);
  return match ? { kind: 'let_down', turn: read.turn, at: match.index, end: match.index + match[0].length } : undefined;
}
