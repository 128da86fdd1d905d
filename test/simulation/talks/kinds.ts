import type { RecordedTalk } from '../../../domain/judge.ts';
import type { Wanted } from './scene.ts';
import type { Script } from './script.ts';
import type { DayStyle } from './tongue.ts';
import type { Slot } from './types.ts';

export type NoiseLevel = 'clean' | 'recognised' | 'bad';

/** What a kind of talk comes to. Left out: the business gives the scene’s slot, and the agent reports it. */
export interface Ending {
  /** null: no appointment. */
  truth?: Slot | null;
  report?: Slot;
  /** Of the report and of what else is known, where it is more than day and hour. */
  more?: Partial<Pick<RecordedTalk, 'report' | 'analysis' | 'called_on'>>;
}

export interface Kind {
  wanted?: Wanted;
  day_style?: DayStyle;
  hour_words?: boolean;
  noise?: NoiseLevel;
  /** Nobody could read it: it has no words, or none in a language that is read. */
  unreadable?: boolean;
  /** Words of the business speak against it: an analysis that was misled as the agent was must not carry it. */
  spoken_against?: boolean;
  play(script: Script): void;
}
