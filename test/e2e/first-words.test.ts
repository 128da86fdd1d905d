import { expect, it } from '@jest/globals';
import { ONLY_BRIDGE } from './support/client.ts';
import { firstHeard } from './support/sound.ts';
import { runSystem } from './support/system.ts';

const system = runSystem({ env: { FIRST_WORDS: 'callee' } });

it('lets a callee say hello first, and speaks by itself to one that says nothing', async () => {
  const { client } = system;
  const [polite, silent] = await Promise.all([
    client.outcomeOf('+541143213566', ONLY_BRIDGE),
    client.outcomeOf('+541143213590', ONLY_BRIDGE),
  ]);
  expect(polite.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  const [ofPolite, ofSilent] = await Promise.all([polite, silent].map(({ id }) => client.recording(id)));
  const [hello, answer] = firstHeard(ofPolite!.sound);
  expect(answer).toBeGreaterThan(hello);
  const [nobody, intro] = firstHeard(ofSilent!.sound);
  expect(nobody).toBe(Number.POSITIVE_INFINITY);
  expect(intro).toBeLessThan(Number.POSITIVE_INFINITY);
  const metrics = await fetch(`${system.url}/metrics`).then((body) => body.text());
  expect(metrics).toContain('vocero_first_words_seconds_count{media="bridge"} 2');
}, 180_000);
