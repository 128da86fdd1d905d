import { failed, talkCampaign } from './campaign.ts';
import { play } from './check.ts';
import { generateTalk, KINDS } from './generate.ts';
import { campaignLines, failureLines, talkLines } from './report.ts';

export interface TalkOptions {
  talks: number;
  /** The first seed. */
  seed: number;
  /** Talks of this kind only. */
  kind?: string | undefined;
  /** Print those of this kind that went wrong, or were left to a person though given. */
  show?: string | undefined;
}

const SHOWN = 5;
const PROGRESS_EVERY = 1_000;

export const isKind = (name: string): boolean => Object.hasOwn(KINDS, name);
export const kindNames = (): string => Object.keys(KINDS).join(', ');

/** Plays talks of the adversary and prints the figures. Returns the exit code: 1 when one was confirmed wrongly, or not read. */
export function runTalks({ talks, seed, kind, show }: TalkOptions): number {
  if (talks === 1) {
    const played = play(generateTalk(seed, kind));
    console.log(talkLines(played).join('\n'));
    return played.failure ? 1 : 0;
  }
  const started = performance.now();
  const campaign = talkCampaign(seed, talks, kind, (done) => {
    if (done % PROGRESS_EVERY === 0 && process.stderr.isTTY) console.error(`  ${done} of ${talks}`);
  });
  console.log(`seeds ${seed} to ${seed + talks - 1}`);
  console.log(campaignLines(campaign, (performance.now() - started) / 1000).join('\n'));
  const wrong = campaign.failures.filter((one) => show === undefined || one.talk.kind === show);
  for (const one of wrong.slice(0, SHOWN)) console.log(['', ...failureLines(one)].join('\n'));
  const missed = show === undefined ? [] : (campaign.missed.get(show) ?? []);
  for (const one of missed.slice(0, SHOWN)) console.log(['', ...talkLines(one)].join('\n'));
  return failed(campaign) > 0 ? 1 : 0;
}
