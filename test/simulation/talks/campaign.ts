import { type Played, play } from './check.ts';
import { generateTalk } from './generate.ts';
import type { Language } from './types.ts';

export interface KindCount {
  talks: number;
  /** Talks that are to be confirmed, and those of them that are. */
  due: number;
  confirmed: number;
  wrongly: number;
  unread: number;
  left: number;
}

export interface Campaign {
  talks: number;
  kinds: Map<string, KindCount>;
  languages: Record<Language, KindCount>;
  /** Why appointments that were given were left to a person, and how often. */
  reasons: Map<string, number>;
  failures: Played[];
  /** Given appointments that were left to a person, by kind. */
  missed: Map<string, Played[]>;
}

const MAX_KEPT = 20;
const empty = (): KindCount => ({ talks: 0, due: 0, confirmed: 0, wrongly: 0, unread: 0, left: 0 });

/** The words before the quotation. */
const reason = (why: string | null): string => (why ?? '').split(/: «|\.(?: |$)/)[0]!;

const keep = <T>(list: T[], one: T): void => {
  if (list.length < MAX_KEPT) list.push(one);
};

function at<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

/** Plays the talks of so many seeds, all of one kind where one is wanted. */
export function talkCampaign(from: number, seeds: number, kind?: string, progress?: (done: number) => void): Campaign {
  const campaign: Campaign = {
    talks: seeds,
    kinds: new Map(),
    languages: { es: empty(), en: empty() },
    reasons: new Map(),
    failures: [],
    missed: new Map(),
  };
  for (let seed = from; seed < from + seeds; seed++) {
    note(campaign, play(generateTalk(seed, kind)));
    progress?.(seed - from + 1);
  }
  return campaign;
}

function note(campaign: Campaign, played: Played): void {
  const { talk, judgement, failure } = played;
  const due = talk.reported_rightly;
  for (const count of [at(campaign.kinds, talk.kind, empty), campaign.languages[talk.language]]) {
    count.talks += 1;
    if (judgement.result === 'needs_review') count.left += 1;
    if (failure) count[failure] += 1;
    if (due) count.due += 1;
    if (due && judgement.result === 'confirmed' && !failure) count.confirmed += 1;
  }
  if (failure) keep(campaign.failures, played);
  if (!due || judgement.result === 'confirmed') return;
  keep(
    at(campaign.missed, talk.kind, () => []),
    played,
  );
  const why = reason(judgement.why);
  campaign.reasons.set(why, (campaign.reasons.get(why) ?? 0) + 1);
}

const sum = (campaign: Campaign, of: keyof KindCount): number =>
  Object.values(campaign.languages).reduce((total, count) => total + count[of], 0);

export const failed = (campaign: Campaign): number => sum(campaign, 'wrongly') + sum(campaign, 'unread');

/** Of the appointments that were given and reported rightly, the part that is confirmed. */
export const confirmedShare = (campaign: Campaign): number => sum(campaign, 'confirmed') / sum(campaign, 'due');
