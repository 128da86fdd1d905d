import { expect } from '@jest/globals';
import type { AttemptView, BookingView } from '../../../domain/view.ts';
import { claimsAtOnce } from '../support/claim.ts';
import { ONCE_NATIVE, ONLY_BRIDGE, ONLY_NATIVE, type Wish } from '../support/client.ts';
import { readEvents } from '../support/event-stream.ts';
import { system } from '../support/shared-system.ts';

const claim = claimsAtOnce(system.tail);

/** Time for a talk with a wait in it, which a busy machine makes longer. */
const LONG_MS = 90_000;

const CHANNELS: readonly (readonly [string, Wish, string])[] = [
  ['A', ONLY_NATIVE, '1'],
  ['B', ONLY_BRIDGE, '2'],
];

const callsTo = (number: string) => system.sandbox.log(number).calls;

async function outcomeOf(number: string, wish: Wish): Promise<BookingView> {
  return system.client.final((await system.client.book(number, wish)).id, LONG_MS);
}

for (const [channel, wish, digit] of CHANNELS) {
  claim(`a menu is walked through by its keys and confirms, on ${channel}`, async () => {
    const number = `+541143210${digit}70`;
    const { id, outcome, attempts } = await outcomeOf(number, wish);
    expect(outcome).toMatchObject({ result: 'confirmed' });
    expect(attempts).toHaveLength(1);
    expect(callsTo(number)).toMatchObject([{ keys: ['1'] }]);
    const turns = await system.client.transcript(id);
    const words = turns.map(({ message }) => message);
    const [menu, keys] = [words.findIndex((said) => said.includes('marque uno')), words.indexOf('[keys: 1]')];
    expect([menu >= 0, menu < keys]).toEqual([true, true]);
    expect(turns[keys]).toMatchObject({ role: 'agent', keys: '1' });
  });

  claim(`a quiet hold longer than the old limit ends in a confirmation, and is shown, on ${channel}`, async () => {
    const number = `+541143210${digit}72`;
    const { id } = await system.client.book(number, wish);
    const held: string[] = [];
    await readEvents(`${system.url}/v1/bookings/${id}/events`, {
      until: ({ event, data }) => {
        const { on_hold_since, status } = (data.attempt ?? {}) as Partial<AttemptView>;
        if (on_hold_since && status) held.push(status);
        return event === 'final';
      },
    });
    const { outcome, attempts } = await system.client.final(id, LONG_MS);
    expect(outcome).toMatchObject({ result: 'confirmed' });
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).not.toHaveProperty('on_hold_since');
    // Our bridge hears it at once; a talk that the provider carries is looked at now and then.
    if (channel === 'B') expect(held).toContain('in_progress');
    const turns = await system.client.transcript(id);
    const hold = turns.findIndex(({ message }) => message === '[on hold]');
    expect(turns[hold]).toMatchObject({ role: 'agent', on_hold: true });
    const { at_seconds: next } = turns.slice(hold).find(({ role }) => role === 'business')!;
    expect(next - turns[hold]!.at_seconds).toBeGreaterThanOrEqual(2);
  });

  claim(`hold music is no talk: the agent waits, and confirms with the person, on ${channel}`, async () => {
    const { id, outcome } = await outcomeOf(`+541143210${digit}73`, wish);
    expect(outcome).toMatchObject({ result: 'confirmed' });
    const asked = (await system.client.transcript(id)).filter(({ message }) => /repetir|me escucha/.test(message));
    expect(asked).toEqual([]);
  });

  claim(`a screener is told name and reason, and passes the call on, on ${channel}`, async () => {
    const { id, outcome, attempts } = await outcomeOf(`+541143210${digit}74`, wish);
    expect(outcome).toMatchObject({ result: 'confirmed' });
    expect(attempts).toHaveLength(1);
    const words = (await system.client.transcript(id)).map(({ message }) => message);
    const asks = words.findIndex((said) => said.includes('Diga su nombre'));
    expect(words.slice(asks)).toContain('Soy Vocero y llamo para pedir un turno.');
  });

  claim(`a screener that declines reached nobody: the number is redialed, on ${channel}`, async () => {
    const number = `+541143210${digit}75`;
    const { outcome, attempts } = await outcomeOf(number, wish);
    expect(attempts).toHaveLength(2);
    expect(callsTo(number).map(({ behaviour }) => behaviour)).toEqual(['screener-declines', 'answer-and-book']);
    expect(outcome).toMatchObject({ result: 'confirmed' });
  });
}

claim('a menu without a person is no machine that keeps a message, and nobody was reached', async () => {
  const number = '+541143210371';
  const { outcome } = await outcomeOf(number, ONCE_NATIVE);
  expect(outcome).toMatchObject({ result: 'unreachable' });
  expect(callsTo(number)).toMatchObject([{ answered_by: 'machine_start', keys: ['1', '1', '1'] }]);
});
