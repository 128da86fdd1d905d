import { describe, expect, it } from '@jest/globals';
import { chooseBridge } from '../../records/hosts.ts';

describe('the choice of a bridge', () => {
  const bridge = (bridge_id: string, seen_ms: number, live = 0, draining = 0) => ({
    bridge_id,
    url: '',
    seen_ms,
    live,
    draining,
  });
  const choice = (all: ReturnType<typeof bridge>[], not?: string) => chooseBridge(all, 100_000, not)?.bridge_id;

  it('prefers one that was heard of just now, even to one with fewer calls', () => {
    expect(choice([bridge('old', 95_000), bridge('new', 99_900, 50)])).toBe('new');
  });

  it('prefers a silent other to nothing, but the one that lost the call to a silent other', () => {
    expect(choice([bridge('old', 95_000)], 'another')).toBe('old');
    expect(choice([bridge('same', 99_900), bridge('old', 95_000)], 'same')).toBe('same');
  });
});
