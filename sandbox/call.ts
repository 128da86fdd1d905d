import { randomBytes } from 'node:crypto';
import { Track } from './audio/recording.ts';
import type { Behaviour } from './behaviours.ts';

export type Status =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'canceled';

export const newSid = (prefix: string): string => prefix + randomBytes(16).toString('hex');

/** New instructions for a live call, from the REST API. */
export interface Redirect {
  url?: string | undefined;
  method?: string | undefined;
  twiml?: string | undefined;
}

/** One phone call, of ours to a number or of that number to ours. Its own code ends it; others request that by `hangUp`. */
export class PhoneCall {
  readonly sid = newSid('CA');
  /** The business's number and ours, in calls of either to the other. */
  readonly to: string;
  readonly from: string;
  direction: 'outbound' | 'inbound' = 'outbound';
  /** Keys (`answers`) and words with which a caller answers a <Gather>. */
  answers = '';
  words = '';
  /** The answer to the last <Gather>, for the next request. */
  gathered: [string, string][] = [];
  readonly via: 'native' | 'twilio';
  readonly behaviour: Behaviour;
  readonly placed = new Date();
  status: Status = 'queued';
  callId = '';
  bookingId = '';
  conversationId = '';
  dialed: Date | undefined;
  answered: Date | undefined;
  ended: Date | undefined;
  endedBy: string | undefined;
  answeredBy: string | undefined;
  /** True when Twilio was asked to record it. */
  record = false;
  /** Deleted by its account: the provider no longer shows it or its recording. */
  deleted = false;
  recordingDeleted = false;
  streams = 0;
  drops = 0;
  clears = 0;
  marks = 0;
  streamUrl = '';
  /** Keys that the callee heard, in order. */
  keys: string[] = [];
  /** Texts of TwiML's <Say> for the callee. */
  said: string[] = [];
  /** Called once, at its end. */
  onEnded: () => void = () => {};
  readonly recorded = { caller: new Track(), callee: new Track() };
  limitSeconds: number | undefined;
  private cap: NodeJS.Timeout | undefined;
  private asked: string | undefined;
  private readonly waiting = new Set<() => void>();
  private instructions: Redirect | undefined;

  constructor(to: string, from: string, via: 'native' | 'twilio', behaviour: Behaviour) {
    this.to = to;
    this.from = from;
    this.via = via;
    this.behaviour = behaviour;
  }

  get live(): boolean {
    return this.ended === undefined;
  }

  /** The side that requested the end, before it is carried out. */
  get hungUpBy(): string | undefined {
    return this.asked;
  }

  /** Twilio ends the call so many seconds after its answer; a later limit replaces this one. */
  limit(seconds: number): void {
    clearTimeout(this.cap);
    this.limitSeconds = seconds;
    const begun = this.answered?.getTime() ?? Date.now();
    this.cap = setTimeout(() => this.hangUp('time-limit'), Math.max(0, begun + seconds * 1000 - Date.now()));
    this.cap.unref();
  }

  hangUp(by: string): void {
    if (this.asked !== undefined) return;
    this.asked = by;
    this.wake();
  }

  redirect(instructions: Redirect): void {
    this.instructions = instructions;
    this.wake();
  }

  takeRedirect(): Redirect | undefined {
    const taken = this.instructions;
    this.instructions = undefined;
    return taken;
  }

  get disturbed(): boolean {
    return this.asked !== undefined || this.instructions !== undefined;
  }

  /** Calls `wake` at the next hang-up or redirect. Returns a function that cancels this. */
  onDisturbed(wake: () => void): () => void {
    if (this.disturbed) queueMicrotask(wake);
    this.waiting.add(wake);
    return () => this.waiting.delete(wake);
  }

  /** Waits; false when a hang-up or redirect ended the wait early. */
  pause(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const stop = this.onDisturbed(() => finish(false));
      const timer = setTimeout(() => finish(true), ms);
      const finish = (whole: boolean): void => {
        clearTimeout(timer);
        stop();
        resolve(whole && !this.disturbed);
      };
    });
  }

  /** Closes the call once. Later ends have no effect. */
  end(status: Status, by: string): void {
    if (this.ended) return;
    clearTimeout(this.cap);
    this.ended = new Date();
    this.status = status;
    this.endedBy = by;
    this.onEnded();
  }

  /** Whole seconds from the answer to the end. */
  get seconds(): number {
    return this.answered && this.ended
      ? Math.max(1, Math.round((this.ended.getTime() - this.answered.getTime()) / 1000))
      : 0;
  }

  private wake(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
