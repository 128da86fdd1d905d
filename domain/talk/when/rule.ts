/** A pattern for plain text, and the meaning of a match; null when it is not a mention. */
export interface Rule<T> {
  pattern: RegExp;
  /** Matches every text that the pattern can match, and is much faster. */
  needs?: RegExp | undefined;
  read(groups: Record<string, string | undefined>, match: Match): T | null;
}

export interface Match {
  text: string;
  at: number;
  end: number;
}

export interface Found<T> {
  at: number;
  end: number;
  value: T;
}

/** Parts of a text that are already read, so that no word is read twice. */
export class Taken {
  private readonly stretches: [number, number][] = [];

  add(at: number, end: number): void {
    this.stretches.push([at, end]);
  }

  has(at: number, end: number): boolean {
    return this.stretches.some(([from, to]) => at < to && end > from);
  }
}

/**
 * A rule for whole words: `body` with no letter or digit on either side. A group named `lead` at its beginning is not part of the mention.
 */
export const rule = <T>(body: string, read: Rule<T>['read']): Rule<T> => ({
  pattern: new RegExp(`(?<![a-z0-9])(?:${body})(?![a-z0-9])`, 'g'),
  read,
});

/** Rules that apply only where `needs` matches. */
export const needing = <T>(needs: RegExp, rules: readonly Rule<T>[]): Rule<T>[] =>
  rules.map((each) => ({ ...each, needs }));

/** All matches, rule by rule: the first rules win. */
export function findAll<T>(rules: readonly Rule<T>[], text: string, taken: Taken): Found<T>[] {
  const found: Found<T>[] = [];
  const there = new Map<RegExp, boolean>();
  const lacks = (needs: RegExp) => {
    if (!there.has(needs)) there.set(needs, needs.test(text));
    return !there.get(needs);
  };
  for (const { pattern, read, needs } of rules) {
    if (needs && lacks(needs)) continue;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const groups = match.groups ?? {};
      const end = match.index + match[0].length;
      const at = match.index + (groups.lead?.length ?? 0);
      const value = taken.has(at, end) ? null : read(groups, { text, at: match.index, end });
      if (value === null) {
        // Another mention may begin inside.
        pattern.lastIndex = match.index + 1;
        continue;
      }
      taken.add(at, end);
      found.push({ at, end, value });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}
