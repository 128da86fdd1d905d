import { msOf } from '../audio/formats.ts';
import type { Mind, Reply } from './minds.ts';
import { PATIENCE_MS } from './patience.ts';
import { soundOfUtterance, type Utterance } from './utterances.ts';

/** Duration of a booking's talk at pace 1; a test checks it. */
export const NATURAL_MS = 14_500;
/** Between the end of one speaker's words and the other's, at pace 1. */
export const GAP_MS = 300;
export const patience = (pace: number): number => Math.max(1000, PATIENCE_MS / pace);

/** An event of a talk, `at` milliseconds after its start. */
export type Step =
  | { at: number; kind: 'line'; utterance: Utterance; ms: number; interrupted: boolean }
  | { at: number; kind: 'report'; report: NonNullable<Reply['report']> }
  | { at: number; kind: 'keys'; keys: string }
  | { at: number; kind: 'wait' }
  | { at: number; kind: 'music'; ms: number }
  | { at: number; kind: 'end'; by: 'agent' | 'callee'; reason: string };

/** The part of an `agree` that is heard before the business interrupts. */
export const beforeTail = (utterance: Utterance, pace: number): number =>
  msOf(soundOfUtterance({ ...utterance, clips: utterance.clips.slice(0, -1) }, pace)) + 200 / pace;

/** Longer than any talk of the table of numbers. */
const MAX_TURNS = 60;

/**
 * The whole talk of two minds on a perfect line, computed in advance; for calls whose audio nobody transports.
 * @param silenceMs time after which the provider ends a silent call, unless its agent waits by its tool; default: never
 */
export function planTalk(caller: Mind, business: Mind, pace: number, silenceMs = Infinity): Step[] {
  const steps: Step[] = [];
  const gap = GAP_MS / pace;
  let at = 0;
  const speak = (utterance: Utterance, ms = msOf(soundOfUtterance(utterance, pace)), interrupted = false): void => {
    steps.push({ at, kind: 'line', utterance, ms, interrupted });
    at += ms + (interrupted ? 0 : gap);
  };
  const ended = (by: 'agent' | 'callee', reason: string): Step[] => [...steps, { at, kind: 'end', by, reason }];
  /** The caller's turn, until the business can react. */
  const act = ({ report, press, wait, say }: Reply): void => {
    if (report) steps.push({ at, kind: 'report', report });
    if (wait) steps.push({ at, kind: 'wait' });
    if (press) steps.push({ at, kind: 'keys', keys: press });
    if (!say) return;
    const cutIn = say.gist === 'agree';
    speak(say, cutIn ? beforeTail(say, pace) : undefined, cutIn);
  };
  /** The caller's turn if it ended the wait; undefined: it waited to the end. `hung_up`: the provider ended the silence. */
  const waitOut = (ms: number, isWaiting: boolean, hold: Reply['hold']): Reply | 'hung_up' | undefined => {
    const from = at;
    const until = at + ms;
    const music = hold === 'music';
    if (music) steps.push({ at, kind: 'music', ms });
    for (let next = at + patience(pace); hold && next < until; next += patience(pace)) {
      if (!isWaiting && !music && next - from > silenceMs) {
        at = from + silenceMs;
        return 'hung_up';
      }
      at = next;
      const reply = caller.silence();
      if (reply.say || reply.end !== undefined) return reply;
    }
    at = until;
    return undefined;
  };
  let turn = caller.open();
  const pickedUp = business.open();
  if (pickedUp.say && turn.say) {
    speak(turn.say, 900 / pace, true);
    speak(pickedUp.say);
    turn = caller.hear(pickedUp.say);
  }
  for (let n = 0; n < MAX_TURNS; n++) {
    act(turn);
    if (turn.end !== undefined) return ended('agent', turn.end);
    let answer = turn.press ? (business.press?.(turn.press) ?? {}) : turn.say ? business.hear(turn.say) : {};
    if (!turn.press && !turn.say) answer = business.silence();
    if (answer.say) speak(answer.say);
    if (answer.resumeMs !== undefined) {
      const meanwhile = answer.say ? caller.hear(answer.say) : {};
      act(meanwhile);
      const early = waitOut(answer.resumeMs, meanwhile.wait === true, answer.hold);
      if (early === 'hung_up') return ended('agent', 'Call ended due to silence');
      if (early) {
        turn = early;
        continue;
      }
      answer = business.resume();
      if (answer.say) speak(answer.say);
    }
    if (answer.end !== undefined) return ended('callee', 'Call ended by remote party');
    if (!answer.say) at += patience(pace);
    turn = answer.say ? caller.hear(answer.say) : caller.silence();
  }
  return ended('agent', 'Conversation reached its turn limit');
}

/** The heard part of an interrupted text. */
export const heardText = (text: string, fraction: number): string => {
  const words = text.split(' ');
  const kept = Math.max(1, Math.floor(words.length * fraction));
  return kept >= words.length ? text : `${words.slice(0, kept).join(' ')}...`;
};
