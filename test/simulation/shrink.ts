import { quietDial, quietSchedule, type Schedule } from './schedule.ts';

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

/** Drops one disaster after the other as long as the schedule still fails: what is left is why it fails. */
export function shrink(schedule: Schedule, fails: (schedule: Schedule) => boolean): Schedule {
  let smallest = schedule;
  for (let again = true; again; ) {
    again = false;
    for (const step of simpler(smallest)) {
      if (!fails(step)) continue;
      smallest = step;
      again = true;
      break;
    }
  }
  return smallest;
}

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
