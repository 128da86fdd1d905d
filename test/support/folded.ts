import { fold } from '../../domain/fold.ts';
import type { Happening } from '../../domain/happening.ts';
import type { BookingState } from '../../domain/state.ts';

/** The booking after all of it, each at its time (Unix ms). */
export const folded = (state: BookingState, happenings: readonly [at: number, happening: Happening][]): BookingState =>
  happenings.reduce((before, [at, happening]) => fold(before, happening, at), state);
