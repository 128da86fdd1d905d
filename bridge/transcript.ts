import type { TranscriptDigest } from '../domain/evidence.ts';
import { actText, type LineAct } from '../domain/line-acts.ts';
import type { TalkContext } from '../domain/talk/types.ts';
import { digestOf, hasWords } from '../providers/transcript.ts';
import type { StoredTurn } from '../records/ports/events.ts';

export type IndexedTurn = StoredTurn & { index: number };
type Role = StoredTurn['role'];

/** A longer turn is cut. A conversation with more turns is not a phone call. */
const MAX_TEXT = 8000;
const MAX_TURNS = 2000;

const clean = (text: string): string => text.trim().slice(0, MAX_TEXT);

/** About this part of a text, in whole words, with a sign that it was cut. */
function beginning(text: string, part: number): string {
  const most = Math.floor(text.length * part);
  if (most >= text.length) return text;
  const words = text.slice(0, text[most] === ' ' ? most : text.lastIndexOf(' ', most) + 1).trimEnd();
  return words === '' ? '…' : `${words} …`;
}

interface TranscriptSetup {
  /** Since the talk began. */
  seconds(): number;
  /** Gets each turn once, in order, when its text is final. */
  store(turn: IndexedTurn): void;
  /** Stored turns of the same call. */
  before?: StoredTurn[];
  /**
   * When an announced turn becomes final. `next_turn`: on the phone, where the agent learns of an interruption before anybody knows the
   * words. `own_next_turn`: between two agents, who announce before they speak.
   */
  final: 'next_turn' | 'own_next_turn';
}

/**
 * The turns of one talk. An announced turn is not final: after an interruption the agent corrects it to the words that were heard. So an
 * announced turn is stored with a delay, and all later turns wait for it.
 */
export class Transcript {
  readonly #setup: TranscriptSetup;
  readonly #turns: StoredTurn[];
  readonly #open = new Map<Role, StoredTurn>();
  /** Full texts of turns that were cut off. */
  readonly #cut = new Map<StoredTurn, string>();
  /** Number of turns examined for storing, and the index of the next stored one. */
  #passed: number;
  #index: number;

  constructor(setup: TranscriptSetup) {
    this.#setup = setup;
    this.#turns = [...(setup.before ?? [])];
    this.#passed = this.#turns.length;
    this.#index = this.#turns.length;
  }

  /** An agent is about to say this. */
  announced(role: Role, text: string): void {
    this.#settle(role);
    const turn = this.#add(role, clean(text));
    if (turn) this.#open.set(role, turn);
  }

  /** The agent was interrupted after this part (0 to 1) of its words. An estimate, until the agent reports the words itself. */
  cutOff(role: Role, heard: number): void {
    const turn = this.#open.get(role);
    if (!turn || this.#cut.has(turn)) return;
    this.#cut.set(turn, turn.message);
    turn.message = beginning(turn.message, heard);
  }

  /** Replaces an announced text by the words that the agent said before it was interrupted. */
  corrected(role: Role, original: string | undefined, text: string): void {
    const turn = this.#open.get(role);
    if (!turn) return;
    const whole = this.#cut.get(turn) ?? turn.message;
    if (original === undefined || clean(original) === whole) turn.message = clean(text);
  }

  /** One side has said this. */
  heard(role: Role, text: string): void {
    if (!hasWords(text)) return;
    this.#settle(role);
    this.#add(role, clean(text));
    this.#flush();
  }

  /** The agent did this on the line. */
  acted(act: LineAct): void {
    this.#settle('agent');
    this.#add('agent', actText(act), act);
    this.#flush();
  }

  /** Stores the remaining turns. */
  close(): void {
    this.#open.clear();
    this.#flush();
  }

  turns(): StoredTurn[] {
    return this.#turns.filter((turn) => turn.message !== '').map((turn) => ({ ...turn }));
  }

  /** @param context reads the agreement too, from the turns as they are stored */
  digest(context?: TalkContext): TranscriptDigest {
    return digestOf(this.turns(), context);
  }

  #settle(role: Role): void {
    if (this.#setup.final === 'next_turn') this.#open.clear();
    else this.#open.delete(role);
    this.#flush();
  }

  #flush(): void {
    const open = new Set(this.#open.values());
    for (let turn = this.#turns[this.#passed]; turn && !open.has(turn); turn = this.#turns[this.#passed]) {
      this.#passed++;
      if (turn.message !== '') this.#setup.store({ ...turn, index: this.#index++ });
    }
  }

  #add(role: Role, message: string, act: LineAct = {}): StoredTurn | undefined {
    if (this.#turns.length >= MAX_TURNS) return undefined;
    const turn = { role, message, at_seconds: Math.round(this.#setup.seconds() * 10) / 10, ...act };
    this.#turns.push(turn);
    return turn;
  }
}
