import { expect } from '@jest/globals';
import { claimsAtOnce } from '../support/claim.ts';
import { ONLY_BRIDGE, ONLY_NATIVE } from '../support/client.ts';
import { system } from '../support/shared-system.ts';

const claim = claimsAtOnce(system.tail);

const CHANNELS = [
  ['A', ONLY_NATIVE, '10'],
  ['B', ONLY_BRIDGE, '11'],
] as const;

/** What the sandbox's callees heard and did at this number. */
const callsTo = (number: string) => system.sandbox.log(number).calls;

for (const [channel, wish, end] of CHANNELS) {
  claim(`a menu is walked through by its keys and confirms, on ${channel}`, async () => {
    const number = `+5411432${end}070`;
    const { id, outcome, attempts } = await system.client.outcomeOf(number, wish);
    expect(outcome).toMatchObject({ result: 'confirmed' });
    expect(attempts).toHaveLength(1);
    expect(callsTo(number)).toMatchObject([{ keys: ['1'] }]);
    const turns = await system.client.transcript(id);
    expect(turns.map(({ message }) => message)).toEqual(
      expect.arrayContaining(['Para turnos, marque uno. Para otras consultas, marque dos.']),
    );
    expect(turns).toContainEqual(expect.objectContaining({ role: 'agent', keys: '1' }));
  });
}
