import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Words } from './en.ts';

/** The languages by their own names. */
export const LANGUAGES = { en: 'English', es: 'Español' };
export type Language = keyof typeof LANGUAGES;

/** The texts of a language, and its code for writing times. */
export type Spoken = Words & { language: Language };

/** Each language is a file that only its readers load. */
const LOADED = {
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
};

/** Loads the texts of a language. @throws TypeError without a connection */
export const loadWords = async (language: Language): Promise<Spoken> => ({ ...(await LOADED[language]()), language });

const KEPT = 'vocero-language';

const isLanguage = (text: string | null | undefined): text is Language => text === 'en' || text === 'es';

/** The language chosen here before, else the browser's first available language. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem(KEPT);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

export const keepLanguage = (language: Language): void => localStorage.setItem(KEPT, language);

const WordsContext = createContext<Spoken | undefined>(undefined);
export const WordsProvider = WordsContext.Provider;

/** The texts of the current language. */
export function useWords(): Spoken {
  const words = useContext(WordsContext);
  if (!words) throw new Error('no language is loaded');
  return words;
}

/** The word for a value from the server; an unknown value is shown unchanged. */
export function wordFor(table: object, value: string): string {
  const word: unknown = Object.hasOwn(table, value) ? (table as Record<string, unknown>)[value] : undefined;
  return typeof word === 'string' ? word : value;
}

function inLanguage(words: Spoken, table: Words['serverMessages'], message: string): { text: string; lang?: 'en' } {
  const text = translated(table, message);
  if (text !== undefined) return { text };
  return words.language === 'en' ? { text: message } : { text: message, lang: 'en' };
}

/** A message of the API in this language, if known; `lang: 'en'`: it is untranslated. */
export const serverMessage = (words: Spoken, message: string) => inLanguage(words, words.serverMessages, message);

/** The error of an attempt in this language, if it is the product's own; `lang: 'en'`: as a provider gave it. */
export const attemptError = (words: Spoken, message: string) => inLanguage(words, words.verdicts, message);

/** The note beside an outcome: the product's own reasons in this language, an agent's note unchanged. */
export const outcomeNote = (words: Words, note: string): string => translated(words.verdicts, note) ?? note;

function translated(table: Words['serverMessages'], message: string): string | undefined {
  const known = table.find(([pattern]) => pattern.test(message));
  return known && message.replace(known[0], known[1]);
}
