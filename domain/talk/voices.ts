import type { Automaton } from '../reached.ts';
import { automatonIn } from './automata.ts';
import type { Language } from './language.ts';
import type { ReadTurn } from './turns.ts';
import type { Voices } from './types.ts';

/** An automaton may speak either language, whichever the talk is in. */
const LANGUAGES: readonly Language[] = ['es', 'en'];

/** "Gracias. Un momento.": an automaton's words as well, if one spoke before. */
const FILLING =
  /^(?:(?:muchas )?gracias(?: por (?:su )?(?:llamada|llamar|esperar|espera|comunicarse))?|thanks(?: for (?:calling|waiting|holding))?|thank you(?: for (?:calling|waiting|holding|your patience))?|un momento|one moment|espere(?: en (?:la )?linea)?|permanezca en (?:la )?linea|(?:please )?(?:hold|wait|stay on the line)|adios|hasta luego|chau|goodbye|bye|por favor|please|[ ,])+$/;

/** The kind of an automaton's turn. `whole`: nothing follows its words that a person may have said. */
function automatonOf({ sentences, text }: ReadTurn): { kind: Automaton; whole: boolean } | undefined {
  const kinds = sentences.map((sentence) => automatonIn(sentence.text, LANGUAGES));
  const last = kinds.findLastIndex((kind) => kind !== undefined);
  const kind = kinds[last] ?? automatonIn(text, LANGUAGES);
  return kind && { kind, whole: sentences.slice(last + 1).every((sentence) => FILLING.test(sentence.text)) };
}

/**
 * The voices of a talk; undefined: no automaton was heard. Words before an automaton's, and words that answer nobody, prove no person: a
 * recording may come in parts.
 */
export function voicesIn(read: readonly ReadTurn[]): Voices | undefined {
  let heard: Pick<Voices, 'automaton' | 'turn'> | undefined;
  let only = true;
  let answers = 0;
  let isAsked = false;
  for (const turn of read) {
    if (!turn.spoken) continue;
    if (turn.role === 'agent') {
      isAsked = true;
      continue;
    }
    const found = automatonOf(turn);
    if (found) {
      heard = { automaton: found.kind, turn: turn.turn };
      only &&= found.whole;
      answers = 0;
      isAsked = false;
    } else if (!(heard && turn.sentences.every(({ text }) => FILLING.test(text)))) {
      only = false;
      if (heard && isAsked) answers++;
    }
  }
  return heard && { ...heard, ...(only ? { only } : {}), ...(answers > 0 ? { answers } : {}) };
}

/** True when somebody, after the agent's first words, asked it to wait in a turn that is no automaton's. */
export function asksToWait(read: readonly ReadTurn[]): boolean {
  const first = read.findIndex(({ role, spoken }) => role === 'agent' && spoken);
  return read.some((turn) => {
    if (turn.role !== 'business' || !turn.spoken || turn.turn < first || automatonOf(turn)) return false;
    const cues = turn.sentences.flatMap((sentence) => sentence.cues);
    return cues.some(({ kind }) => kind === 'wait') && !cues.some(({ kind }) => kind === 'no_person');
  });
}
