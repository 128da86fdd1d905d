import { storyLines } from '../shrink.ts';
import { violationsOf } from './check.ts';
import { quietCandidate, quietPlan, type ShortlistPlan } from './plan.ts';
import { shrinkPlan } from './shrink.ts';
import type { Store } from './store.ts';
import { type Played, playShortlist } from './world.ts';

const differences = (value: object, calm: object): string =>
  Object.entries(value)
    .filter(
      ([key, given]) =>
        !['seed', 'candidates', 'bookings'].includes(key) &&
        JSON.stringify(given) !== JSON.stringify((calm as Record<string, unknown>)[key]),
    )
    .map(([key, given]) => `${key}: ${JSON.stringify(given)}`)
    .join(', ');

const planLines = (plan: ShortlistPlan): string[] => [
  `shortlist: ${differences(plan, quietPlan()) || 'nothing odd'}`,
  ...plan.candidates.map((one, i) => `candidate ${i + 1}: ${differences(one, quietCandidate()) || 'nothing odd'}`),
];

/** What happened, in seconds after the acceptance, and what its bookings really came to. */
export function storyOf(played: Played): string[] {
  const { plan, beginning, story, children, stored } = played;
  const calls = children.flatMap(({ id, legs }) =>
    legs.flatMap(({ n, rang_at, ended_at }) =>
      rang_at === undefined
        ? []
        : [
            { at: rang_at, text: `  the phone rings for ${id} (${n})` },
            ...(ended_at ? [{ at: ended_at, text: `  it is over for ${id} (${n})` }] : []),
          ],
    ),
  );
  const all = [...story, ...calls].sort((a, b) => a.at - b.at);
  return [...planLines(plan), ...storyLines(all, beginning), `in the end: ${JSON.stringify(stored?.progress)}`];
}

/** A failing plan, shrunk to what makes it fail. */
export async function failureLines(plan: ShortlistPlan, guarantee: string, store: Store): Promise<string[]> {
  const fails = async (one: ShortlistPlan): Promise<boolean> =>
    violationsOf(await playShortlist(one, store)).some((violation) => violation.guarantee === guarantee);
  const small = await shrinkPlan(plan, fails);
  return [
    `seed ${plan.seed} breaks ${guarantee}; again: npm run simulate -- --shortlist-seed ${plan.seed}`,
    '  shrunk to:',
    ...storyOf(await playShortlist(small, store)).map((line) => `    ${line}`),
  ];
}
