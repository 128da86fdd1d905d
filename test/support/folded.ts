import type { Fact } from '../../domain/fact.ts';
import { fold } from '../../domain/fold.ts';
import type { BookingState } from '../../domain/state.ts';

/** The booking after all of it, each at its time (Unix ms). */
export const folded = (state: BookingState, facts: readonly [at: number, fact: Fact][]): BookingState =>
  facts.reduce((before, [at, fact]) => fold(before, fact, at), state);
