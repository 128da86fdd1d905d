/** A pattern over plain text, and the meaning of a match; null where it is no mention after all. */
export interface Rule<T> {
  pattern: RegExp;
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

/** Stretches that are spoken for, so that no word is read twice. */
export class Taken {
  private readonly stretches: [number, number][] = [];

  add(at: number, end: number): void {
    this.stretches.push([at, end]);
  }

  has(at: number, end: number): boolean {
    return this.stretches.some(([from, to]) => at < to && end > from);
  }
}

/** A word's pattern: `body` with no letter or digit on either side. Groups named `lead` are words before the mention. */
export const rule = <T>(body: string, read: Rule<T>['read']): Rule<T> => ({
  pattern: new RegExp(`(?<![a-z0-9])(?:${body})(?![a-z0-9])`, 'g'),
  read,
});

/** All matches, rule by rule: the first rules win. */
export function findAll<T>(rules: readonly Rule<T>[], text: string, taken: Taken): Found<T>[] {
  const found: Found<T>[] = [];
  for (const { pattern, read } of rules) {
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
