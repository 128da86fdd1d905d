import { msOf } from '../audio/formats.ts';
import type { Mind, Reply } from './minds.ts';
import { soundOfUtterance, type Utterance } from './utterances.ts';

/** Duration of a booking's talk at pace 1; a test checks it. */
export const NATURAL_MS = 14_500;
/** Between the end of one speaker's words and the other's, at pace 1. */
export const GAP_MS = 300;
/** After this much silence the caller speaks again, at pace 1. */
export const PATIENCE_MS = 5000;

export const patience = (pace: number): number => Math.max(1000, PATIENCE_MS / pace);

/** An event of a talk, `at` milliseconds after its start. */
export type Step =
  | { at: number; kind: 'line'; utterance: Utterance; ms: number; interrupted: boolean }
  | { at: number; kind: 'report'; report: NonNullable<Reply['report']> }
  | { at: number; kind: 'end'; by: 'agent' | 'callee'; reason: string };

/** The part of an `agree` that is heard before the business interrupts. */
export const beforeTail = (utterance: Utterance, pace: number): number =>
  msOf(soundOfUtterance({ ...utterance, clips: utterance.clips.slice(0, -1) }, pace)) + 200 / pace;

/** The whole talk of two minds on a perfect line, computed in advance; for calls whose audio nobody transports. */
export function planTalk(caller: Mind, business: Mind, pace: number): Step[] {
  const steps: Step[] = [];
  const gap = GAP_MS / pace;
  let at = 0;
  const speak = (utterance: Utterance, ms = msOf(soundOfUtterance(utterance, pace)), interrupted = false): void => {
    steps.push({ at, kind: 'line', utterance, ms, interrupted });
    at += ms + (interrupted ? 0 : gap);
  };
  let turn = caller.open();
  const pickedUp = business.open();
  if (pickedUp.say && turn.say) {
    speak(turn.say, 900 / pace, true);
    speak(pickedUp.say);
    turn = caller.hear(pickedUp.say);
  }
  for (let n = 0; n < 40; n++) {
    if (turn.report) steps.push({ at, kind: 'report', report: turn.report });
    if (turn.say) {
      const cutIn = turn.say.gist === 'agree';
      speak(turn.say, cutIn ? beforeTail(turn.say, pace) : undefined, cutIn);
    }
    if (turn.end !== undefined) return [...steps, { at, kind: 'end', by: 'agent', reason: turn.end }];
    let answer = turn.say ? business.hear(turn.say) : {};
    if (answer.say) speak(answer.say);
    if (answer.resumeMs !== undefined) {
      if (answer.say) caller.hear(answer.say);
      at += answer.resumeMs;
      answer = business.resume();
      if (answer.say) speak(answer.say);
    }
    if (answer.end !== undefined)
      return [...steps, { at, kind: 'end', by: 'callee', reason: 'Call ended by remote party' }];
    if (!answer.say) at += patience(pace);
    turn = answer.say ? caller.hear(answer.say) : caller.silence();
  }
  return [...steps, { at, kind: 'end', by: 'agent', reason: 'Conversation reached its turn limit' }];
}

/** The heard part of an interrupted text. */
export const heardText = (text: string, fraction: number): string => {
  const words = text.split(' ');
  const kept = Math.max(1, Math.floor(words.length * fraction));
  return kept >= words.length ? text : `${words.slice(0, kept).join(' ')}...`;
};
