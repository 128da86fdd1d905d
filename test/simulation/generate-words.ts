import { Random } from './random.ts';
import type { Schedule } from './schedule.ts';

/** What is said of the appointment, and by whom it is written down. With chance of its own, so that a seed's other disasters stay what they were. */
export function addWordsTo(schedule: Schedule, heat: number): void {
  const random = new Random(schedule.seed ^ 0x5eed_1a1c);
  for (const dial of schedule.dials) {
    dial.words = random.weighted({
      gives: 8,
      hedges: 1,
      denies: 1,
      takes_back: 1,
      another_hour: 1,
      leaves_open: 2,
      not_read: 1,
    });
    if (random.chance(heat)) {
      dial.provider_words = random.pick(['gives', 'hedges', 'denies', 'another_hour', 'leaves_open', 'not_read']);
    }
    dial.withheld = random.chance(heat / 4);
    dial.analysis = random.weighted({ none: 3, agrees: 2, differs: 1 });
  }
  if (schedule.simulation === 'works' && random.chance(0.15)) schedule.simulation = 'hedges';
}
