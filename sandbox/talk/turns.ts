import { joined } from '../audio/formats.ts';
import { Ear } from './ear.ts';
import { understand } from './hearing.ts';
import type { Speaker } from './lines.ts';
import type { Heard, Mind, Reply } from './minds.ts';
import { beforeTail, GAP_MS, patience } from './play.ts';
import { say, type Utterance, vocabulary } from './utterances.ts';

/** The actions that a speaker's body carries out for its mind. */
export interface Body {
  /** Says it. Returns the duration in milliseconds. */
  speak(utterance: Utterance): number;
  /** The other side finished a turn; undefined: sound that was not understood. */
  heard(heard: Heard): void;
  /** The other side interrupted its words. True stops them. */
  interrupted(): boolean;
  report(report: NonNullable<Reply['report']>): Promise<void>;
  /** Presses keys, as far as it can. */
  press?(keys: string): Promise<void>;
  /** Waits by its tool. */
  wait?(): void;
  /** Plays music from the end of its words until it continues. */
  playMusic?(on: boolean): void;
  hangUp(reason: string): void;
  /** A mind that makes the other side wait continues when this resolves. */
  waited?(): Promise<void>;
  /** True while the call is held: nobody loses patience. */
  standsStill?(): boolean;
  /** The other side has begun to make a sound. */
  stirred?(): void;
}

export interface Turns {
  mind: Mind;
  body: Body;
  /** The speaker whose words it understands. */
  listensTo: Speaker;
  pace: number;
  /** Silence after which it speaks unasked. */
  patienceMs?: number;
  /** Interrupts the other side's confirmation, as busy receptionists do. */
  cutsIn?: boolean;
  /** Its line delivers sound all the time, including silence: a line without any sound is stuck, and that is not silence of a person. */
  steadyLine?: boolean;
}

/** A steady line delivers sound every 20 ms; after this long without any it is stuck. */
const STUCK_MS = 300;

/** An interruption begins this much sooner: its words may be late on a busy machine, and must reach a speaker who still speaks. */
const LATE_MS = 150;

/** A speaker in a conversation: hears sound, takes turns, says its mind's words. */
export class TurnTaker {
  private readonly options: Turns;
  private readonly ear: Ear;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly patienceMs: number;
  private impatience: NodeJS.Timeout | undefined;
  private closing: NodeJS.Timeout | undefined;
  private after: NodeJS.Timeout | undefined;
  private speakingUntil = 0;
  /** Duration of its last words. */
  private lastMs = 0;
  private lastSound = performance.now();
  /** Time at which a stuck line continued. */
  private wentOn = Number.NEGATIVE_INFINITY;
  private unclear: Int16Array[] = [];
  private giveUp: NodeJS.Timeout | undefined;
  private cutIn: NodeJS.Timeout | undefined;
  private lastSaid: Utterance | undefined;
  private deaf = false;
  private over = false;

  constructor(options: Turns) {
    this.options = options;
    this.patienceMs = options.patienceMs ?? patience(options.pace);
    this.ear = new Ear(options.pace, { started: () => this.started(), finished: (samples) => this.finished(samples) });
  }

  open(): void {
    void this.act(this.options.mind.open());
  }

  hear(samples: Int16Array): void {
    if (this.over) return;
    const now = performance.now();
    if (now - this.lastSound > STUCK_MS) this.wentOn = now;
    this.lastSound = now;
    this.ear.push(samples);
  }

  /** Words that arrived as text. */
  read(heard: Heard): void {
    this.understood(heard);
  }

  /** Earlier words of the other side, as another agent transcribed them. */
  remind(text: string): void {
    const { mind, listensTo } = this.options;
    const said = vocabulary(listensTo).filter((utterance) => text.includes(utterance.text));
    mind.remember(said.sort((one, other) => text.lastIndexOf(one.text) - text.lastIndexOf(other.text)));
  }

  /** The other side pressed keys. */
  pressed(keys: string): void {
    clearTimeout(this.impatience);
    this.later(GAP_MS / this.options.pace, () => void this.act(this.options.mind.press?.(keys) ?? {}));
  }

  /** The line was silent from the start. */
  nobodySpoke(): void {
    if (!this.over && !this.lastSaid && !this.ear.hearing) void this.act(this.options.mind.silence());
  }

  get speaking(): boolean {
    return performance.now() < this.speakingUntil;
  }

  close(): void {
    this.over = true;
    this.ear.close();
    for (const timer of this.timers) clearTimeout(timer);
  }

  private started(): void {
    clearTimeout(this.impatience);
    clearTimeout(this.giveUp);
    const { body, cutsIn, pace } = this.options;
    body.stirred?.();
    if (this.speaking && body.interrupted()) {
      this.speakingUntil = 0;
      clearTimeout(this.after);
      // A speaker who has said goodbye hangs up, whatever is said then.
      if (this.closing) this.closing = this.later(GAP_MS / pace, () => body.hangUp('Call ended'));
    }
    const { slot, language } = this.lastSaid ?? {};
    if (cutsIn && slot && language) {
      const agree = say(language, 'agent', 'agree', slot);
      const ms = beforeTail(agree, pace);
      this.cutIn = this.later(Math.max(ms / 2, ms - LATE_MS), () => {
        this.deaf = true;
        this.understood(agree);
      });
    }
  }

  private finished(samples: Int16Array): void {
    clearTimeout(this.cutIn);
    if (this.deaf) {
      this.deaf = false;
      return;
    }
    const { listensTo, pace } = this.options;
    const whole = joined([...this.unclear, samples]);
    const heard =
      understand(whole, listensTo, pace) ??
      (this.unclear.length > 0 ? understand(samples, listensTo, pace) : undefined);
    if (heard) {
      this.understood(heard);
      return;
    }
    // Possibly only a part of a turn: more of it may follow.
    this.unclear.push(samples);
    this.giveUp = this.later(Math.max(400, 700 / pace), () => this.understood(undefined));
  }

  private understood(heard: Heard): void {
    clearTimeout(this.impatience);
    this.unclear = [];
    this.options.body.heard(heard);
    this.later(GAP_MS / this.options.pace, () => void this.act(this.options.mind.hear(heard)));
  }

  private async act(reply: Reply): Promise<void> {
    const { body, mind, pace } = this.options;
    if (this.over) return;
    if (reply.report) await body.report(reply.report);
    if (reply.press) await body.press?.(reply.press);
    if (this.over) return;
    if (reply.wait) body.wait?.();
    const ms = reply.say ? body.speak(reply.say) : 0;
    if (reply.say) {
      this.lastSaid = reply.say;
      this.lastMs = ms;
    }
    this.speakingUntil = Math.max(this.speakingUntil, performance.now() + ms);
    const { end, resumeMs } = reply;
    if (end !== undefined) {
      this.closing = this.later(ms + GAP_MS / pace, () => body.hangUp(end));
      return;
    }
    clearTimeout(this.after);
    this.after = this.later(ms, () => {
      if (resumeMs !== undefined) {
        body.playMusic?.(reply.hold === 'music');
        this.later(resumeMs, async () => {
          body.playMusic?.(false);
          await body.waited?.();
          void this.act(mind.resume());
        });
      } else if (!this.ear.hearing) this.waitForOther();
    });
  }

  private waitForOther(ms = this.patienceMs): void {
    clearTimeout(this.impatience);
    this.impatience = this.later(ms, () => {
      const more = this.options.body.standsStill?.() ? this.patienceMs : this.owed();
      if (more > 0) this.waitForOther(more);
      else void this.act(this.options.mind.silence());
    });
  }

  /** Patience to add: while a line was stuck, its own words were stuck as well, and are heard only when it continues. */
  private owed(): number {
    if (!this.options.steadyLine) return 0;
    const now = performance.now();
    if (now - this.lastSound > STUCK_MS) return this.patienceMs;
    return Math.max(0, this.wentOn + this.lastMs + this.patienceMs - now);
  }

  private later(ms: number, then: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.over) then();
    }, ms);
    this.timers.add(timer);
    return timer;
  }
}
