/** Kinds of callees that may answer a call. All but `person` are automata: they speak for nobody. */
export const REACHED = ['person', 'voicemail', 'menu', 'hold', 'screener'] as const;
export type Reached = (typeof REACHED)[number];

/** `hold`: music or a recorded wait; `screener`: an assistant that asks who calls before it rings its owner. */
export type Automaton = Exclude<Reached, 'person'>;
