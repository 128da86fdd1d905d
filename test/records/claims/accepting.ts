import { describe, expect, it } from '@jest/globals';
import { openRecords } from '../../../records/open.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, newId, orderOf, STRANGE_TEXT, snapshotOf } from '../samples.ts';

export const accepting = (databases: Databases) =>
  describe('accepting a booking', () => {
    const open = records(databases);

    it('shows it as queued, and not to anybody before it is started', async () => {
      const order = orderOf();
      const view = {
        id: order.id,
        status: 'queued',
        channel: null,
        simulated: false,
        outcome: null,
        review: null,
        attempts: [],
        waiting_for: null,
        waiting_until: null,
        follow_ups: [],
        cancel_requested: false,
        metadata: { order: '42' },
        created_at: order.created_at,
        updated_at: order.created_at,
      };
      expect(await open().acceptBooking({ order, owner: 'fresh' })).toEqual({
        how: 'created',
        order,
        view,
        started: false,
      });
      expect(await open().booking(order.id)).toEqual({
        order,
        owner: 'fresh',
        sandbox: false,
        started: false,
        view,
      });
      expect(await open().listBookings({ owner: 'fresh', limit: 10 })).toEqual([]);

      await open().markStarted(order.id);
      expect((await open().booking(order.id))?.started).toBe(true);
      expect((await open().listBookings({ owner: 'fresh', limit: 10 })).map((view) => view.id)).toEqual([order.id]);
    });

    it('is known to be started by its first snapshot', async () => {
      const order = orderOf();
      await open().acceptBooking({ order, owner: 'owner-a' });
      await open().saveSnapshot(snapshotOf(order, 1));
      expect((await open().booking(order.id))?.started).toBe(true);
    });

    it('does not know a booking that was never made', async () => {
      expect(await open().booking('bk_nowhere')).toBeUndefined();
    });

    it('makes one booking of twenty simultaneous requests with one key', async () => {
      const idempotency = { key: 'key-1', body_hash: 'same' };
      const results = await Promise.all(
        Array.from({ length: 20 }, () => open().acceptBooking({ order: orderOf(), owner: 'twenty', idempotency })),
      );
      expect(results.map((result) => result.how).sort()).toEqual(['created', ...Array(19).fill('repeated')]);
      const ids = new Set(results.map((result) => ('order' in result ? result.order.id : result.how)));
      expect(ids.size).toBe(1);
    });

    it('says of a repeat whether its workflow is known to exist', async () => {
      const idempotency = { key: 'key-2', body_hash: 'same' };
      const order = orderOf();
      await open().acceptBooking({ order, owner: 'repeats', idempotency });
      const again = () => open().acceptBooking({ order: orderOf(), owner: 'repeats', idempotency });
      expect(await again()).toMatchObject({ how: 'repeated', order, view: { status: 'queued' }, started: false });
      await open().markStarted(order.id);
      expect(await again()).toMatchObject({ how: 'repeated', order, view: { status: 'queued' }, started: true });
      await open().saveSnapshot(snapshotOf(order, 1, [], { status: 'in_progress' }));
      expect(await again()).toMatchObject({ how: 'repeated', order, view: { status: 'in_progress' }, started: true });
    });

    it('calls another body under the same key a conflict, and stores nothing of it', async () => {
      const order = orderOf();
      const other = orderOf();
      await open().acceptBooking({ order, owner: 'conflicts', idempotency: { key: 'key-3', body_hash: 'one' } });
      expect(
        await open().acceptBooking({
          order: other,
          owner: 'conflicts',
          idempotency: { key: 'key-3', body_hash: 'two' },
        }),
      ).toEqual({ how: 'conflict', booking_id: order.id });
      expect(await open().booking(other.id)).toBeUndefined();
    });

    it('keeps the keys of two owners apart, and bookings without a key', async () => {
      const idempotency = { key: 'shared', body_hash: 'same' };
      const results = [
        await open().acceptBooking({ order: orderOf(), owner: 'left', idempotency }),
        await open().acceptBooking({ order: orderOf(), owner: 'right', idempotency }),
        await open().acceptBooking({ order: orderOf(), owner: 'left' }),
        await open().acceptBooking({ order: orderOf(), owner: 'left' }),
      ];
      expect(results.map((result) => result.how)).toEqual(['created', 'created', 'created', 'created']);
    });

    it('gives every text back as it came', async () => {
      const order = orderOf();
      order.business.name = STRANGE_TEXT;
      order.metadata = { [STRANGE_TEXT]: STRANGE_TEXT, '': '' };
      await accepted(open(), order);
      const stored = await open().booking(order.id);
      expect(stored?.order).toEqual(order);
      expect(stored?.view.metadata).toEqual(order.metadata);
    });

    it('is there again after a close', async () => {
      const databaseUrl = await databases.newDatabase();
      const first = await openRecords({ databaseUrl });
      await first.migrate();
      const order = await accepted(first, orderOf(newId()));
      await first.close();
      await expect(first.booking(order.id)).rejects.toThrow();

      const second = await openRecords({ databaseUrl });
      await second.migrate();
      expect((await second.booking(order.id))?.order).toEqual(order);
      await second.close();
    });

    it('stops at the bound of a key, and of a number of that key, but not for a repeated request', async () => {
      const bounds = { key: 5, number: 2 };
      const accept = (owner: string, phone_hash: string, key?: string) =>
        open().acceptBooking({
          order: orderOf(),
          owner,
          phone_hash,
          bounds,
          idempotency: key === undefined ? undefined : { key, body_hash: 'same' },
        });
      await accept('bound-a', 'n1', 'first');
      await accept('bound-a', 'n1');
      expect(await accept('bound-a', 'n1')).toEqual({ how: 'too_many', of: 'number', most: 2 });
      expect(await accept('bound-a', 'n1', 'first')).toMatchObject({ how: 'repeated' });
      for (const number of ['n2', 'n3', 'n4'])
        expect(await accept('bound-a', number)).toMatchObject({ how: 'created' });
      expect(await accept('bound-a', 'n5')).toEqual({ how: 'too_many', of: 'key', most: 5 });
      // Another key is not concerned, and what is final counts no more.
      expect(await accept('bound-b', 'n1')).toMatchObject({ how: 'created' });
      const over = orderOf();
      await open().acceptBooking({ order: over, owner: 'bound-c', phone_hash: 'n1', bounds: { key: 1, number: 1 } });
      const outcome = {
        result: 'canceled' as const,
        channel: null,
        simulated: false,
        evidence: [],
        proof: null,
        offers: [],
        callback_at: null,
      };
      const empty = { confirmed_date: null, confirmed_time: null, notes: null };
      const final = snapshotOf(over, 1);
      const view = { ...final.view, status: 'canceled' as const, outcome: { ...outcome, ...empty } };
      await open().saveSnapshot({ ...final, view });
      const after = { order: orderOf(), owner: 'bound-c', phone_hash: 'n1', bounds: { key: 1, number: 1 } };
      expect(await open().acceptBooking(after)).toMatchObject({ how: 'created' });
      // A start that was lost a while ago is nobody's booking.
      const later = orderOf(newId(), '2026-11-24T10:05:00.000Z');
      const bound = { owner: 'bound-c', phone_hash: 'n1', bounds: { key: 1, number: 1 } };
      expect(await open().acceptBooking({ ...bound, order: later })).toMatchObject({ how: 'created' });
    });
  });
