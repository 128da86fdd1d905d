const MARKS = /[\u0300-\u036f]/g;
/** What a database may refuse, and what nobody types. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to drop
const CONTROL = /[\u0000-\u001f\u007f]/g;

/** A text as it is searched: without case, accents and control characters, so that "clinica" finds "Clínica". */
export const searchText = (text: string): string =>
  text.normalize('NFD').replace(MARKS, '').replace(CONTROL, '').toWellFormed().toLowerCase().trim();
