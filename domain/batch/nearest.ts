/** Longer names are compared by their beginning: the work grows with both lengths. */
const MAX_COMPARED = 40;

/** The number of letters to change, add or leave out to turn one text into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const kept = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(kept, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The candidate that is most like the text; of equals the first. A candidate that the text contains is like it. */
export function nearest(text: string, candidates: readonly string[]): string {
  const short = text.slice(0, MAX_COMPARED);
  let best = { candidate: candidates[0] ?? '', far: Number.POSITIVE_INFINITY };
  for (const candidate of candidates) {
    const part = short.length >= 4 && candidate.length >= 4 && (short.includes(candidate) || candidate.includes(short));
    const far = part && short !== candidate ? 1 : distance(short, candidate);
    if (far < best.far) best = { candidate, far };
  }
  return best.candidate;
}
