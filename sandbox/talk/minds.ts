import type { Reached } from '../../domain/reached.ts';
import type { ReportResult } from '../../domain/result.ts';
import type { Behaviour } from '../behaviours.ts';
import { FIRST_HOUR, type Language } from './lines.ts';
import { PATIENCE_MS } from './patience.ts';
import { TUNE_MS, TUNE_PAUSE_MS } from './tune.ts';
import { type Slot, say, sayCallMe, type Utterance } from './utterances.ts';

/** The next action of a mind. An empty reply waits for the other side. */
export interface Reply {
  say?: Utterance;
  /** The caller knows its result and reports it before it speaks. */
  report?: { result: ReportResult; slot?: Slot; reached?: Reached; offers?: Slot[]; callbackTime?: string };
  /** The caller presses these keys. */
  press?: string;
  /** The caller waits silently until it is spoken to. */
  wait?: true;
  /** Reason to hang up after its words. */
  end?: string;
  /** Milliseconds after its words at which it continues by itself (`resume`). */
  resumeMs?: number;
  /** That pause is a wait on hold, with or without music. */
  hold?: 'quiet' | 'music';
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
  /** The other side pressed keys. */
  press?(keys: string): Reply;
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

/** The caller agent's tools for the line, from its settings. */
export interface CallerTools {
  /** It can press keys. */
  keys: boolean;
  /** Natural time that its tool waits on hold, in ms; absent: it has no such tool. */
  holdMs?: number | undefined;
}

/** Rounds of a menu after which the caller gives up. */
const MENU_ROUNDS = 3;

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
  private readonly tools: CallerTools;
  /** Natural time that it has waited on hold, in ms. */
  private waitedMs = 0;
  private menus = 0;

  constructor(language: Language, faults: CallerFaults = {}, tools: CallerTools = { keys: true }) {
    this.language = language;
    this.faults = faults;
    this.tools = tools;
    this.last = this.words(faults.asAsked ? 'as-asked' : 'intro');
  }

  open(): Reply {
    return { say: this.last };
  }

  hear(heard: Heard): Reply {
    if (this.concluded) return {};
    if (heard?.gist === 'music') return this.waited(TUNE_MS + TUNE_PAUSE_MS);
    this.silences = 0;
    this.patient = heard !== undefined && WAITS.includes(heard.gist);
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
      case 'moment':
      case 'screen-wait':
        this.waitedMs = 0;
        return this.tools.holdMs === undefined ? {} : { wait: true };
      case 'menu':
        return this.choose();
      case 'screen':
        return { say: this.words('reason') };
      case 'screen-no':
        return this.reachedNobody('screener');
      default:
        return {};
    }
  }

  silence(): Reply {
    if (this.concluded) return { end: END_CALL };
    if (this.patient) return this.waited(PATIENCE_MS);
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

  /** The first option leads to appointments. A caller without keys waits for a person. */
  private choose(): Reply {
    if (++this.menus > MENU_ROUNDS) return this.reachedNobody('menu');
    return this.tools.keys ? { press: '1' } : {};
  }

  private waited(ms: number): Reply {
    this.patient = true;
    this.waitedMs += ms;
    const { holdMs } = this.tools;
    if (holdMs === undefined || this.waitedMs < holdMs) return {};
    return { ...this.reachedNobody('hold'), say: this.words('understood') };
  }

  private reachedNobody(reached: Reached): Reply {
    this.concluded = true;
    return { report: { result: 'voicemail', reached }, end: END_CALL };
  }

  private words(gist: string, slot?: Slot): Utterance {
    return say(this.language, 'agent', gist, slot);
  }

  private giveUp(): Reply {
    this.concluded = true;
    return { end: END_CALL };
  }
}

/** Words after which the caller waits. */
const WAITS = ['moment', 'screen-wait'];

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

/** Words of the automaton that answers before, or instead of, a person. */
const FRONTS: Partial<Record<Behaviour, string>> = {
  voicemail: 'machine',
  menu: 'menu',
  'menu-only': 'menu',
  screener: 'screen',
  'screener-declines': 'screen',
};

/** An automaton to which nobody reacts repeats itself this often, then hangs up. */
const FRONT_ROUNDS = 4;
/** Natural time from a screener's "stay on the line" to its owner. */
const PUT_THROUGH_MS = 3000;

/** Natural time that a callee keeps the caller on hold, in ms; 0: it does not. */
export const holdMsOf = (behaviour: Behaviour): number =>
  behaviour === 'hold-forever' ? 3_600_000 : behaviour === 'hold' || behaviour === 'hold-music' ? 40_000 : 0;

/** How a business answers. */
interface Manner {
  /** Time that it makes the caller wait before its answer. */
  waitMs?: number;
  pace?: number;
  /** HH:MM: when it wants to be called, if it does. */
  callMeAt?: string | undefined;
}

/**
 * The business's side: a receptionist, a wrong number, an answering machine, or nobody. It speaks its country's language until it hears
 * another one.
 */
export class Business implements Mind {
  private readonly behaviour: Behaviour;
  private readonly slot: Slot;
  private readonly pace: number;
  private language: Language;
  private last: [gist: string, slot?: Slot] | undefined;
  private misheard = 0;
  private waitMs: number;
  /** Words of the automaton that the caller still talks to. */
  private front: string | undefined;
  private rounds = 0;
  private readonly callMeAt: string | undefined;

  constructor(language: Language, behaviour: Behaviour, slot: Slot, { waitMs = 0, pace = 1, callMeAt }: Manner = {}) {
    this.callMeAt = behaviour === 'call-me-at' ? callMeAt : undefined;
    this.language = language;
    this.behaviour = behaviour;
    this.slot = slot;
    this.pace = pace;
    this.waitMs = waitMs + holdMsOf(behaviour) / pace;
    this.front = FRONTS[behaviour];
  }

  open(): Reply {
    if (this.behaviour === 'hello-first') return this.speak('greet');
    return this.front ? { say: this.words(this.front) } : {};
  }

  hear(heard: Heard): Reply {
    if (this.front === 'screen') return heard ? this.screen(heard) : {};
    if (this.front || this.behaviour === 'silent-line') return {};
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

  /** A person who hears nothing says hello. A menu or a screener begins again. */
  silence(): Reply {
    if (this.front === 'menu' || this.front === 'screen') {
      return ++this.rounds >= FRONT_ROUNDS ? { end: 'callee' } : { say: this.words(this.front) };
    }
    if (this.last || this.front || this.behaviour === 'silent-line') return {};
    return this.speak('greet');
  }

  resume(): Reply {
    if (this.front !== 'screen') return this.answer();
    this.front = undefined;
    return this.speak('greet');
  }

  press(keys: string): Reply {
    if (this.front !== 'menu') return {};
    if (this.behaviour === 'menu-only' || !keys.endsWith('1')) return { say: this.words('menu') };
    this.front = undefined;
    return this.speak('greet');
  }

  /** Nobody takes over a person's side of a talk. */
  remember(): void {}

  private screen({ gist, language }: Utterance): Reply {
    this.language = language;
    if (gist !== 'reason') return { say: this.words('screen') };
    if (this.behaviour === 'screener-declines') return { say: this.words('screen-no') };
    return { say: this.words('screen-wait'), resumeMs: PUT_THROUGH_MS / this.pace };
  }

  private keepWaiting(): Reply | undefined {
    const resumeMs = this.waitMs;
    this.waitMs = 0;
    if (resumeMs === 0) return undefined;
    const isHold = holdMsOf(this.behaviour) > 0;
    return {
      resumeMs,
      ...(isHold && { hold: this.behaviour === 'hold-music' ? 'music' : 'quiet' }),
      ...((isHold || resumeMs > SHORT_WAIT_MS) && { say: this.words('moment') }),
    };
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
