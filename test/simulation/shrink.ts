import { quietDial, quietSchedule, type Schedule } from './schedule.ts';
import { smallestOf } from './smallest.ts';

type Tree = Record<string, unknown>;

/** What of this differs from the quiet one. */
const oddities = (value: Tree, calm: Tree): string[] =>
  Object.keys(calm).filter(
    (key) => !['seed', 'dials', 'broken'].includes(key) && JSON.stringify(value[key]) !== JSON.stringify(calm[key]),
  );

/** Every schedule that is one step closer to the quiet one, the big steps first. */
function* simpler(schedule: Schedule): Generator<Schedule> {
  const calm = quietSchedule() as unknown as Tree;
  for (let keep = 1; keep < schedule.dials.length; keep++) {
    yield { ...schedule, dials: schedule.dials.slice(0, keep) };
  }
  for (const key of oddities(schedule as unknown as Tree, calm)) yield { ...schedule, [key]: calm[key] };
  const still = quietDial() as unknown as Tree;
  for (const [index, dial] of schedule.dials.entries()) {
    for (const key of oddities(dial as unknown as Tree, still)) {
      yield { ...schedule, dials: schedule.dials.with(index, { ...dial, [key]: still[key] }) };
    }
  }
}

/** The schedule without all that it fails without. */
export const shrink = (schedule: Schedule, fails: (schedule: Schedule) => boolean): Promise<Schedule> =>
  smallestOf(schedule, simpler, fails);

const differences = (value: Tree, calm: Tree): string =>
  oddities(value, calm)
    .map((key) => `${key}: ${JSON.stringify(value[key])}`)
    .join(', ');

/** What a schedule has that the quiet one has not, in lines. */
export function scheduleLines(schedule: Schedule): string[] {
  const general = differences(schedule as unknown as Tree, quietSchedule() as unknown as Tree);
  const dials = schedule.dials.map(
    (dial, i) =>
      `dial ${i + 1}: ${differences(dial as unknown as Tree, quietDial() as unknown as Tree) || 'nothing odd'}`,
  );
  return [`booking: ${general || 'nothing odd'}`, ...dials];
}

/** What happened, in order, in seconds after the start. */
export const storyLines = (story: readonly { at: number; text: string }[], start: number): string[] =>
  story.map(({ at, text }) => `${((at - start) / 1000).toFixed(1).padStart(9)}  ${text}`);
