import { expect } from '@jest/globals';
import type { Citation } from '../../../domain/talk/types.ts';
import { claimsAtOnce } from '../support/claim.ts';
import { ONCE_BRIDGED, ONCE_NATIVE, type Wish } from '../support/client.ts';
import { system } from '../support/shared-system.ts';

const claim = claimsAtOnce(system.tail);

/** Books, and returns the outcome. Each citation must be words of the transcript, at their place in it. */
async function booked(number: string, wish: Wish) {
  const { client } = system;
  const { id, status, outcome } = await client.outcomeOf(number, wish);
  const turns = await client.transcript(id);
  const { proof, doubts = [] } = outcome!;
  const cites = [proof?.date, proof?.time, proof?.agreement, ...doubts.flatMap((doubt) => doubt.cites)];
  for (const cite of cites) if (cite) expect(cite).toEqual(asIn(turns[cite.turn], cite));
  return { id, status, outcome: outcome!, doubts: doubts.map(({ code, cites: [cite] }) => [code, cite?.text]) };
}

type Turns = Awaited<ReturnType<typeof system.client.transcript>>;

const asIn = (turn: Turns[number] | undefined, cite: Citation) => ({
  ...cite,
  role: turn?.role,
  text: turn?.message.includes(cite.text) ? cite.text : turn?.message,
  at_seconds: turn?.at_seconds,
});

for (const [name, number, wish, said] of [
  ['native, in Spanish', '+541143210801', ONCE_NATIVE, 'dieciséis'],
  ['bridge, in English', '+541143210802', { ...ONCE_BRIDGED, language: 'en' }, 'four in the afternoon'],
] as const) {
  claim(`${name}: an appointment that the business gives is confirmed with its words`, async () => {
    const { outcome } = await booked(number, wish);
    expect(outcome).toMatchObject({
      result: 'confirmed',
      proof: {
        level: 'stated',
        date: { value: outcome.confirmed_date, role: 'business' },
        time: { value: '16:00', role: 'business', text: said },
        agreement: { role: 'business' },
      },
    });
  });
}

for (const [name, number, wish] of [
  ['native', '+541143210082', ONCE_NATIVE],
  ['bridge', '+541143210182', ONCE_BRIDGED],
] as const) {
  claim(`${name}: what the words leave open is confirmed by the analysis of the talk`, async () => {
    const { outcome } = await booked(number, wish);
    expect(outcome).toMatchObject({ result: 'confirmed', proof: { level: 'analyzed', agreement: null } });
  });
}

for (const [name, number, wish, doubt] of [
  ['native: who hedges', '+541143210083', ONCE_NATIVE, ['hedged', 'Creo que sí']],
  ['bridge: who hedges', '+541143210183', ONCE_BRIDGED, ['hedged', 'Creo que sí']],
  ['native: who takes it back', '+541143210084', ONCE_NATIVE, ['taken_back', 'me equivoqué']],
  ['bridge: who takes it back', '+541143210184', { ...ONCE_BRIDGED, language: 'en' }, ['taken_back', 'my mistake']],
  ['native: who gives another hour than is reported', '+541143210085', ONCE_NATIVE, ['other_hour', 'dieciséis']],
] as const) {
  claim(`${name} is left to a person, with the words that decided, and rung once`, async () => {
    const { status, outcome, doubts } = await booked(number, wish);
    expect(status).toBe('needs_review');
    expect(outcome).toMatchObject({ result: 'needs_review', confirmed_date: null, confirmed_time: null, proof: null });
    expect(doubts).toContainEqual(doubt);
    expect(outcome.notes).toContain(`«${doubt[1]}»`);
    const { calls, conversations } = system.sandbox.log(number);
    expect(conversations[0]).toMatchObject({ result: 'confirmed' });
    expect(calls).toHaveLength(1);
  });
}
