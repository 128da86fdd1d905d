import { normal } from './normal.ts';

/** A part of a turn with one statement, as far as punctuation and small words show. Offsets into the turn's text. */
export interface Clause {
  at: number;
  end: number;
  /** Its words, normalised. */
  text: string;
  question: boolean;
  /** A question follows without a stop: this part may belong to it. */
  runsIntoQuestion?: boolean;
}

/** The end of a sentence. A full stop between digits, or after a single letter, does not end one. */
const SENTENCE_END = /(?<![0-9]|\b[ap])\.(?:\s|$)|(?<=[0-9])\.(?:\s|$)|[?!;]+|\.\.\.|…|—|\s-\s/g;
const TAG =
  /^(?:no|si|verdad|cierto|eh|ah|ok|vale|no es cierto|right|yeah|yes|ok|okay|isn't it|is it|was it|correct)[ ,]*(?:me )?(?:dice|dijo|dijiste|verdad)?$/;
const OPENED = /[¿]/g;

/** The sentences of a turn, without sounds in brackets. */
export function sentencesOf(message: string): Clause[] {
  const text = normal(message).replace(/\[[^\]]*\]?/g, (sound) => ' '.repeat(sound.length));
  const marks: { at: number; end: number; question: boolean }[] = [];
  for (const match of text.matchAll(SENTENCE_END)) {
    marks.push({ at: match.index, end: match.index + match[0].length, question: match[0].includes('?') });
  }
  for (const match of text.matchAll(OPENED)) marks.push({ at: match.index, end: match.index + 1, question: false });
  marks.sort((a, b) => a.at - b.at);
  const sentences: Clause[] = [];
  let from = 0;
  for (const mark of [...marks, { at: text.length, end: text.length, question: false }]) {
    const opened = from > 0 && text[from - 1] === '¿';
    add(sentences, text, from, mark.at, mark.question || opened);
    from = mark.end;
  }
  // "el martes a las nueve, ¿no?" is a question, and so is a part that runs into one without a stop.
  for (const [i, sentence] of sentences.entries()) {
    const next = sentences[i + 1];
    if (!next?.question || sentence.question) continue;
    const between = text.slice(sentence.end, next.at);
    if (TAG.test(next.text) && !/[.!;]/.test(between)) sentence.question = true;
    else if (!/[,.!;:]/.test(text.slice(sentence.end - 1, next.at))) sentence.runsIntoQuestion = true;
  }
  return sentences;
}

function add(sentences: Clause[], text: string, from: number, to: number, question: boolean): void {
  const words = text.slice(from, to);
  if (!/[\p{L}\p{N}]/u.test(words)) return;
  const at = from + (words.length - words.trimStart().length);
  sentences.push({ at, end: from + words.trimEnd().length, text: words.trim(), question });
}
