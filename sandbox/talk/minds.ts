import type { ReportResult } from '../../domain/result.ts';
import type { Behaviour } from '../behaviours.ts';
import { type Slot, say, type Utterance } from './utterances.ts';

/** What a mind does next; an empty reply waits for the other side. */
export interface Reply {
  say?: Utterance;
  /** The caller knows its result, and reports it before it says anything. */
  report?: { result: ReportResult; slot?: Slot };
  /** Hangs up after what it says; the reason. */
  end?: string;
  /** Milliseconds after its words at which it goes on unasked (`resume`). */
  resumeMs?: number;
}

/** `undefined`: sound that was not understood. */
export type Heard = Utterance | undefined;

export interface Mind {
  /** What it says without being spoken to, when the line opens. */
  open(): Reply;
  hear(heard: Heard): Reply;
  /** Nobody spoke for a while after its own words. */
  silence(): Reply;
  /** The wait it asked for is over. */
  resume(): Reply;
  /** Is told what the other side has said before it took the talk over. */
  remember(said: readonly Utterance[]): void;
}

/** A wait longer than this is announced ("one moment, please"). */
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

/** Vocero: asks for an appointment, and reports what it was told. It knows only what it hears. */
export class Caller implements Mind {
  private readonly inventsSlot: Slot | undefined;
  private last = say('agent', 'intro');
  private slot: Slot | undefined;
  private misheard = 0;
  private silences = 0;
  private concluded = false;
  private patient = false;

  /** `inventsSlot`: claims this slot when nobody speaks, as a hallucinating model would. */
  constructor(inventsSlot?: Slot) {
    this.inventsSlot = inventsSlot;
  }

  open(): Reply {
    return { say: this.last };
  }

  hear(heard: Heard): Reply {
    if (this.concluded) return {};
    this.silences = 0;
    this.patient = heard?.gist === 'moment';
    if (!heard) return ++this.misheard > 2 ? this.giveUp() : { say: say('agent', 'repeat') };
    const conclusion = CONCLUSIONS[heard.gist];
    if (conclusion) return this.conclude(conclusion.result, conclusion.closing);
    switch (heard.gist) {
      case 'offer':
        this.slot = heard.slot;
        return this.speak(say('agent', 'agree', heard.slot));
      case 'booked':
        return this.slot ? this.conclude('confirmed', 'thanks', this.slot) : this.speak(say('agent', 'intro'));
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
    if (this.inventsSlot) return this.conclude('confirmed', 'thanks', this.inventsSlot);
    return ++this.silences > 1 ? this.giveUp() : { say: say('agent', 'hello') };
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

  private conclude(result: ReportResult, closing?: string, slot?: Slot): Reply {
    this.concluded = true;
    return { report: { result, ...(slot && { slot }) }, ...(closing && { say: say('agent', closing) }), end: END_CALL };
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

/** The business's side: a receptionist, a wrong number, an answering machine, or nobody. */
export class Business implements Mind {
  private readonly behaviour: Behaviour;
  private readonly slot: Slot;
  private last: Utterance | undefined;
  private misheard = 0;
  private waitMs: number;

  /** `waitMs`: how long it keeps the caller waiting before it answers. */
  constructor(behaviour: Behaviour, slot: Slot, waitMs = 0) {
    this.behaviour = behaviour;
    this.slot = slot;
    this.waitMs = waitMs;
  }

  open(): Reply {
    return this.behaviour === 'voicemail' ? { say: say('business', 'machine') } : {};
  }

  hear(heard: Heard): Reply {
    if (this.behaviour === 'voicemail' || this.behaviour === 'silent-line') return {};
    if (!heard) return ++this.misheard > 2 ? {} : { say: say('business', 'repeat') };
    switch (heard.gist) {
      case 'intro':
        return this.keepWaiting() ?? this.answer();
      case 'agree':
        return this.speak(say('business', 'booked'));
      case 'repeat':
      case 'hello':
        return this.last ? { say: this.last } : this.speak(say('business', 'greet'));
      default:
        return {};
    }
  }

  /** A person who hears nothing says hello. */
  silence(): Reply {
    if (this.last || this.behaviour === 'voicemail' || this.behaviour === 'silent-line') return {};
    return this.speak(say('business', 'greet'));
  }

  resume(): Reply {
    return this.answer();
  }

  /** Nobody takes over a person's side. */
  remember(): void {}

  private keepWaiting(): Reply | undefined {
    const resumeMs = this.waitMs;
    this.waitMs = 0;
    if (resumeMs === 0) return undefined;
    return { resumeMs, ...(resumeMs > SHORT_WAIT_MS && { say: say('business', 'moment') }) };
  }

  private answer(): Reply {
    const gist = ANSWERS[this.behaviour];
    if (!gist) return this.speak(say('business', 'offer', this.slot));
    const reply = this.speak(say('business', gist));
    return this.behaviour === 'hangup-midcall' ? { ...reply, end: 'callee' } : reply;
  }

  private speak(utterance: Utterance): Reply {
    this.last = utterance;
    return { say: utterance };
  }
}
