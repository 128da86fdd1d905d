import type { RowReason } from '../../domain/batch/reasons.ts';
import type { Words } from '../language/en.ts';
import { type Language, serverMessage, wordFor } from '../language/language.ts';

/** A problem of a table or a row; `settled`: where its settings cannot be chosen any more. */
export function problemWords(
  words: Words & { language: Language },
  message: string,
  settled: boolean,
): { text: string; lang?: 'en' } {
  const told = serverMessage(words, message);
  return settled ? { ...told, text: told.text.replace(words.batches.settingsRemedy, '') } : told;
}

/** A reason of a row in this language; `lang: 'en'`: there are no words for it here. */
export function reasonWords(
  words: Words & { language: Language },
  { code, field, message, result }: RowReason,
): { text: string; lang?: 'en' } {
  const { reasons, reviewed, says } = words.batches;
  if (field !== undefined) {
    const told = problemWords(words, message, true);
    return { ...told, text: says(field, told.text) };
  }
  if (code === 'reviewed' && result) return { text: reviewed(wordFor(words.result, result)) };
  const word = wordFor(reasons, code);
  if (word !== code) return { text: word };
  return words.language === 'en' ? { text: message } : { text: message, lang: 'en' };
}
