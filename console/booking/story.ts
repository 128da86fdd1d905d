import type { Evidence, Problem } from '../../domain/evidence.ts';
import type { AttemptStatus, AttemptView, BookingEvent, Waiting } from '../../domain/view.ts';
import type { Turn } from '../api/answers.ts';

export interface StoredEvent {
  seq: number;
  event: BookingEvent;
}

/** One fact about an attempt. */
export type Line =
  | { seq: number; at: string; status: AttemptStatus; error: Problem | null }
  | { seq: number; at: string; evidence: Evidence };

/** A booking's escalation, in the order in which it became known. */
export type Chapter =
  | { kind: 'attempt'; call_id: string; at: string; attempt: AttemptView | undefined; lines: Line[] }
  | {
      kind: 'wait';
      seq: number;
      at: string;
      why: Waiting['waiting_for'];
      until: string | undefined;
      over: boolean /** Attempts before it. */;
      after: number;
    };

export interface Story {
  chapters: Chapter[];
  /** Turns by attempt. */
  turns: Map<string, Turn[]>;
  /** The attempt with the latest turn. */
  speaking: string | undefined;
}

type AttemptChapter = Extract<Chapter, { kind: 'attempt' }>;

/** Turns a booking's events into its story. Events may come twice, and must be in order. */
export function storyOf(events: readonly StoredEvent[]): Story {
  const story: Story = { chapters: [], turns: new Map(), speaking: undefined };
  const attempts = new Map<string, AttemptChapter>();
  let waiting: Extract<Chapter, { kind: 'wait' }> | undefined;

  const endWait = () => {
    if (waiting) waiting.over = true;
    waiting = undefined;
  };
  const chapterOf = (call_id: string, at: string): AttemptChapter => {
    let chapter = attempts.get(call_id);
    if (!chapter) {
      chapter = { kind: 'attempt', call_id, at, attempt: undefined, lines: [] };
      attempts.set(call_id, chapter);
      story.chapters.push(chapter);
    }
    return chapter;
  };

  for (const { seq, event } of events) {
    switch (event.type) {
      case 'status':
        if (!event.waiting_for) endWait();
        else if (waiting?.why === event.waiting_for) waiting.until = event.until;
        else {
          endWait();
          const { waiting_for: why, until, after_attempts: after = 0 } = event;
          waiting = { kind: 'wait', seq, at: event.at, why, until, over: false, after };
          story.chapters.push(waiting);
        }
        break;
      case 'attempt': {
        endWait();
        const { attempt } = event;
        const chapter = chapterOf(attempt.call_id, attempt.started_at);
        if (chapter.attempt?.status !== attempt.status) {
          chapter.lines.push({ seq, at: event.at, status: attempt.status, error: attempt.error });
        }
        chapter.attempt = attempt;
        break;
      }
      case 'evidence':
        chapterOf(event.evidence.call_id, event.at).lines.push({ seq, at: event.at, evidence: event.evidence });
        break;
      case 'turn': {
        const { call_id, role, message, at_seconds, keys, on_hold } = event;
        const turns = story.turns.get(call_id) ?? [];
        turns.push({ role, message, at_seconds, ...(keys !== undefined && { keys }), ...(on_hold && { on_hold }) });
        story.turns.set(call_id, turns);
        story.speaking = call_id;
        break;
      }
      case 'final':
        endWait();
    }
  }
  return story;
}
