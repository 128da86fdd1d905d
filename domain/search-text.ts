const MARKS = /[\u0300-\u036f]/g;
/** Characters that a database may refuse and that nobody types. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to drop
const CONTROL = /[\u0000-\u001f\u007f]/g;

/** The text in the form for searches: without case, accents and control characters, so that "clinica" finds "Clínica". */
export const searchText = (text: string): string =>
  text.normalize('NFD').replace(MARKS, '').replace(CONTROL, '').toWellFormed().toLowerCase().trim();
