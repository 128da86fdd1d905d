import type { ReportResult } from '../../domain/result.ts';
import type { Behaviour } from '../behaviours.ts';
import { FIRST_HOUR, type Language } from './lines.ts';
import { type Slot, say, sayCallMe, type Utterance } from './utterances.ts';

/** The next action of a mind. An empty reply waits for the other side. */
export interface Reply {
  say?: Utterance;
  /** The caller knows its result and reports it before it speaks. */
  report?: { result: ReportResult; slot?: Slot; offers?: Slot[]; callbackTime?: string };
  /** Reason to hang up after its words. */
  end?: string;
  /** Milliseconds after its words at which it continues by itself (`resume`). */
  resumeMs?: number;
}

/** `undefined`: sound that was not understood. */
export type Heard = Utterance | undefined;

export interface Mind {
  /** Its first words without being spoken to, when the line opens. */
  open(): Reply;
  hear(heard: Heard): Reply;
  /** Nobody spoke for a while after its words. */
  silence(): Reply;
  /** The pause that it asked for has ended. */
  resume(): Reply;
  /** Gets the other side's words from before it took over the talk. */
  remember(said: readonly Utterance[]): void;
}

/** A longer pause is announced ("one moment, please"). */
const SHORT_WAIT_MS = 2500;

const CONCLUSIONS: Record<string, { result: ReportResult; closing?: string }> = {
  decline: { result: 'declined', closing: 'understood' },
  full: { result: 'no_availability', closing: 'understood' },
  'call-you': { result: 'callback_requested', closing: 'await-call' },
  wrong: { result: 'wrong_number', closing: 'sorry-wrong' },
  never: { result: 'do_not_call', closing: 'sorry-never' },
  machine: { result: 'voicemail' },
};

const END_CALL = 'end_call tool was called.';

/** Possible faults of a model. */
interface CallerFaults {
  /** True when it may take the slot; absent: any. */
  mayTake?: ((slot: Slot) => boolean) | undefined;
  /** The business asked for this call. */
  asAsked?: boolean | undefined;
  /** Claims this slot when nobody speaks. */
  invents?: Slot | undefined;
  /** Reports another hour than the agreed one. */
  otherHour?: boolean | undefined;
}

/** Faults of an agent that talks to a callee of this kind. */
export const faultsWith = (behaviour: Behaviour | undefined, slot: Slot): CallerFaults => ({
  ...(behaviour === 'silent-line' && { invents: slot }),
  ...(behaviour === 'other-hour' && { otherHour: true }),
});

/** An hour earlier, or later if the voices have no words for that. */
function otherHour({ day, time }: Slot): Slot {
  const [hour, minute] = time.split(':') as [string, string];
  const other = Number(hour) > FIRST_HOUR ? Number(hour) - 1 : Number(hour) + 1;
  return { day, time: `${String(other).padStart(2, '0')}:${minute}` };
}

/** The caller agent: asks for an appointment, and reports the answer. It knows only what it hears. */
export class Caller implements Mind {
  private readonly faults: CallerFaults;
  private readonly language: Language;
  private last: Utterance;
  private slot: Slot | undefined;
  /** Slots that it did not take. */
  private readonly refused: Slot[] = [];
  private misheard = 0;
  private silences = 0;
  private concluded = false;
  private patient = false;

  constructor(language: Language, faults: CallerFaults = {}) {
    this.language = language;
    this.faults = faults;
    this.last = this.words(faults.asAsked ? 'as-asked' : 'intro');
  }

  open(): Reply {
    return { say: this.last };
  }

  hear(heard: Heard): Reply {
    if (this.concluded) return {};
    this.silences = 0;
    this.patient = heard?.gist === 'moment';
    if (!heard) return ++this.misheard > 2 ? this.giveUp() : { say: this.words('repeat') };
    const conclusion = CONCLUSIONS[heard.gist];
    if (conclusion) return this.conclude(conclusion.result, conclusion.closing);
    switch (heard.gist) {
      case 'call-me':
        return this.conclude('callback_requested', 'will-call', undefined, heard.time);
      case 'offer':
        if (heard.slot && this.faults.mayTake?.(heard.slot) === false) {
          this.refused.push(heard.slot);
          return this.speak(this.words('not-that'));
        }
        this.slot = heard.slot;
        return this.speak(this.words('agree', heard.slot));
      // A hasty model hears a yes in all of them.
      case 'booked':
      case 'bye':
      case 'hedge':
      case 'take-back':
        return this.slot ? this.conclude('confirmed', 'thanks', this.slot) : this.speak(this.words('intro'));
      case 'greet':
      case 'repeat':
        return { say: this.last };
      default:
        return {};
    }
  }

  silence(): Reply {
    if (this.concluded) return { end: END_CALL };
    if (this.patient) return {};
    const { invents } = this.faults;
    if (invents) return this.conclude('confirmed', 'thanks', invents);
    return ++this.silences > 1 ? this.giveUp() : { say: this.words('hello') };
  }

  resume(): Reply {
    return {};
  }

  remember(said: readonly Utterance[]): void {
    this.slot ??= said.findLast(({ gist }) => gist === 'offer')?.slot;
  }

  private speak(utterance: Utterance): Reply {
    this.last = utterance;
    return { say: utterance };
  }

  private conclude(result: ReportResult, closing?: string, agreed?: Slot, callbackTime?: string): Reply {
    this.concluded = true;
    const slot = agreed && this.faults.otherHour ? otherHour(agreed) : agreed;
    const offers = this.refused.length > 0 ? { offers: this.refused } : {};
    const report = { result, ...(slot && { slot }), ...offers, ...(callbackTime && { callbackTime }) };
    return { report, ...(closing && { say: this.words(closing) }), end: END_CALL };
  }

  private words(gist: string, slot?: Slot): Utterance {
    return say(this.language, 'agent', gist, slot);
  }

  private giveUp(): Reply {
    this.concluded = true;
    return { end: END_CALL };
  }
}

const ANSWERS: Partial<Record<Behaviour, string>> = {
  'answer-and-decline': 'decline',
  'no-availability': 'full',
  callback: 'call-you',
  'wrong-number': 'wrong',
  'do-not-call': 'never',
  'hangup-midcall': 'moment',
};

/** The business's answer to an agent that repeats the slot. */
const TO_AGREEMENT: Partial<Record<Behaviour, string>> = {
  hedges: 'hedge',
  'takes-back': 'take-back',
  'says-bye': 'bye',
};

/**
 * The business's side: a receptionist, a wrong number, an answering machine, or nobody. It speaks its country's language until it hears
 * another one.
 */
export class Business implements Mind {
  private readonly behaviour: Behaviour;
  private readonly slot: Slot;
  private language: Language;
  private last: [gist: string, slot?: Slot] | undefined;
  private misheard = 0;
  private waitMs: number;
  private readonly callMeAt: string | undefined;

  /**
   * @param waitMs time that it makes the caller wait before its answer
   * @param callMeAt HH:MM: when it wants to be called, if it does
   */
  constructor(language: Language, behaviour: Behaviour, slot: Slot, waitMs = 0, callMeAt?: string) {
    this.callMeAt = behaviour === 'call-me-at' ? callMeAt : undefined;
    this.language = language;
    this.behaviour = behaviour;
    this.slot = slot;
    this.waitMs = waitMs;
  }

  open(): Reply {
    return this.behaviour === 'voicemail' ? { say: this.words('machine') } : {};
  }

  hear(heard: Heard): Reply {
    if (this.behaviour === 'voicemail' || this.behaviour === 'silent-line') return {};
    if (!heard) return ++this.misheard > 2 ? {} : { say: this.words('repeat') };
    this.language = heard.language;
    switch (heard.gist) {
      case 'intro':
      case 'as-asked':
        return this.keepWaiting() ?? this.answer();
      case 'not-that':
        return this.speak('full');
      case 'agree':
        return this.speak(TO_AGREEMENT[this.behaviour] ?? 'booked');
      case 'repeat':
      case 'hello':
        return this.speak(...(this.last ?? ['greet']));
      default:
        return {};
    }
  }

  /** A person who hears nothing says hello. */
  silence(): Reply {
    if (this.last || this.behaviour === 'voicemail' || this.behaviour === 'silent-line') return {};
    return this.speak('greet');
  }

  resume(): Reply {
    return this.answer();
  }

  /** Nobody takes over a person's side of a talk. */
  remember(): void {}

  private keepWaiting(): Reply | undefined {
    const resumeMs = this.waitMs;
    this.waitMs = 0;
    if (resumeMs === 0) return undefined;
    return { resumeMs, ...(resumeMs > SHORT_WAIT_MS && { say: this.words('moment') }) };
  }

  private answer(): Reply {
    if (this.callMeAt) return { say: sayCallMe(this.language, this.callMeAt) };
    const gist = ANSWERS[this.behaviour];
    if (!gist) return this.speak('offer', this.slot);
    const reply = this.speak(gist);
    return this.behaviour === 'hangup-midcall' ? { ...reply, end: 'callee' } : reply;
  }

  private speak(gist: string, slot?: Slot): Reply {
    this.last = [gist, slot];
    return { say: this.words(gist, slot) };
  }

  private words(gist: string, slot?: Slot): Utterance {
    return say(this.language, 'business', gist, slot);
  }
}
