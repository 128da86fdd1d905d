import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/until.ts';
import { release, type Subject } from './phases.ts';
import type { Pair, Rig, Victim } from './rig.ts';

/** A process that is killed, or a piece of network that is cut (RST) or swallows everything, for so many milliseconds. */
export type Disaster = { kill: Victim } | { cut: Pair; ms: number } | { hole: Pair; ms: number };

export function nameOf(disaster: Disaster): string {
  const [[how, what]] = Object.entries(disaster) as [[string, string]];
  return `${how} ${what}`;
}

/**
 * Lets a disaster happen to bookings that are held in their phases. `early` ones go on while it lasts, the others when it is
 * over: what happens to a booking meanwhile differs as much as that.
 */
export async function strike(
  rig: Rig,
  disaster: Disaster,
  subjects: readonly Subject[],
  early: readonly Subject[],
): Promise<void> {
  if ('kill' in disaster) {
    const restart = await rig.kill(disaster.kill);
    release(rig, early);
    await restart();
  } else {
    const wire = rig.wire('cut' in disaster ? disaster.cut : disaster.hole);
    const before = wire.hit;
    if ('cut' in disaster) wire.cut();
    else wire.hole();
    try {
      release(rig, early);
      // The fault's own duration, and at least until somebody has felt it.
      await Promise.all([pause(disaster.ms), until(() => wire.hit > before, 60_000, `${wire.name} to be felt`)]);
    } finally {
      wire.heal();
    }
  }
  release(rig, subjects);
}
