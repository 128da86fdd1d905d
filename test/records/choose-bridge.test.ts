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
  const choice = (all: ReturnType<typeof bridge>[], lost?: string) =>
    chooseBridge(all, 100_000, { host: lost, lost: true })?.bridge_id;

  it('prefers one that was heard of just now, even to one with fewer calls', () => {
    expect(choice([bridge('old', 95_000), bridge('new', 99_900, 50)])).toBe('new');
  });

  it('prefers a silent other to nothing, but the one that lost the call to a silent other', () => {
    expect(choice([bridge('old', 95_000)], 'another')).toBe('old');
    expect(choice([bridge('same', 99_900), bridge('old', 95_000)], 'same')).toBe('same');
  });

  it('stays with the host of the call, unless that one has fallen silent while the phone rang', () => {
    const hosted = (all: ReturnType<typeof bridge>[]) => chooseBridge(all, 100_000, { host: 'mine' })?.bridge_id;
    expect(hosted([bridge('mine', 99_900, 50), bridge('idle', 99_900)])).toBe('mine');
    expect(hosted([bridge('mine', 97_000), bridge('idle', 99_900)])).toBe('idle');
    expect(hosted([bridge('mine', 97_000), bridge('idle', 96_000)])).toBe('mine');
  });
});
