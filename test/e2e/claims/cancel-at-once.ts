import { expect } from '@jest/globals';
import { claimOf } from '../support/claim.ts';
import { ONLY_NATIVE } from '../support/client.ts';
import { system } from '../support/shared-system.ts';

const claim = claimOf(system.tail);

claim(
  'canceled in the same breath as booked: each ends as canceled, stays so, and leaves its number free',
  async () => {
    const { client, sandbox } = system;
    const numbers = Array.from({ length: 16 }, (_, i) => `+5411432104${String(i + 10)}`);
    const ids = await Promise.all(
      numbers.map(async (number) => {
        const { id } = await client.book(number, ONLY_NATIVE);
        const answer = await client.send('POST', `/v1/bookings/${id}/cancel`);
        expect(answer.status).toBe(202);
        return id;
      }),
    );
    // An outcome that was published may not be taken back, so it is read again after the next bookings.
    const first = await Promise.all(ids.map((id) => client.final(id, 60_000)));
    expect(first.map((view) => view.outcome?.result)).toEqual(ids.map(() => 'canceled'));
    const again = await Promise.all(numbers.slice(0, 4).map((number) => client.book(number, ONLY_NATIVE)));
    const booked = await Promise.all(again.map(({ id }) => client.final(id, 60_000)));
    expect(booked.map((view) => view.outcome?.result)).toEqual(again.map(() => 'confirmed'));
    for (const [index, id] of ids.entries()) expect((await client.booking(id)).outcome).toEqual(first[index]!.outcome);
    for (const number of numbers) expect(sandbox.log(number).overlaps).toEqual([]);
  },
);
