import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../../domain/result.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, attemptOf, callStatus, newId, orderOf, snapshotOf, turn, viewOf } from '../samples.ts';

const AT = '2026-11-25T10:00:00.000Z';
const confirmed: Outcome = {
  result: 'confirmed',
  channel: 'native',
  simulated: false,
  confirmed_date: '2026-11-25',
  confirmed_time: '16:00',
  notes: 'con la Dra. Paz',
  evidence: ['report_result'],
  proof: null,
  offers: [],
  callback_at: null,
};

export const erasing = (databases: Databases) =>
  describe('erasing a booking', () => {
    const open = records(databases);

    /** A booking that ended at `updated_at`, with a trace in every table. */
    const ended = async ({ at = AT, idempotency = {} as { key?: string } } = {}): Promise<string> => {
      const order = orderOf(newId());
      const key = idempotency.key === undefined ? undefined : { key: idempotency.key, body_hash: 'h' };
      await open().acceptBooking({ order, owner: 'owner-e', idempotency: key });
      const { id } = order;
      const attempts = [attemptOf(id, 1, { call_sid: `CA-${id}`, conversation_id: `conv-${id}` })];
      const done = { status: 'completed' as const, outcome: confirmed, updated_at: at, attempts };
      await open().saveSnapshot(
        snapshotOf(order, 1, [{ key: 'f', event: { type: 'final', at, outcome: confirmed } }], done),
      );
      await open().addEvidence({ ...callStatus(id, `e-${id}`), call_sid: `CA2-${id}` } as never);
      await open().addTurn(`${id}.2`, turn(0));
      await open().putRecording({ call_id: `${id}.1`, path: 'p', content_type: 'audio/mpeg', bytes: 1 });
      await open().linkAttempt(`${id}.1`, { conversation_id: `conv2-${id}` });
      await open().noteConversation(`${id}.1`, `conv3-${id}`);
      await open().issueStreamToken({ hash: `t-${id}`, call_id: `${id}.1`, call_sid: `CA-${id}`, expires_at: AT });
      await open().putMessage({
        id: `msg_${id}_final`,
        booking_id: id,
        type: 'booking.final',
        timestamp: at,
        data: viewOf(order),
      });
      return id;
    };
    const begin = (id: string) => open().beginErasure(id, { at: AT });

    it('begins only with an outcome, and hides the booking at once', async () => {
      const going = await accepted(open());
      expect(await begin(going.id)).toBe('not_final');
      expect(await begin('bk_nowhere')).toBe('unknown');
      expect(await open().erasure(going.id)).toBeUndefined();
      const id = await ended();
      expect(await begin(id)).toBe('begun');
      expect(await begin(id)).toBe('begun');
      expect(await open().booking(id)).toBeUndefined();
      const listed = await open().listBookings({ owner: 'owner-e', limit: 100 });
      expect(listed.map((view) => view.id)).not.toContain(id);
      expect(await open().erasure(id)).toEqual({
        booking_id: id,
        owner: 'owner-e',
        requested_at: AT,
        erased_at: null,
        left_at_providers: 0,
      });
    });

    it('leaves no row of it, and every id that the providers must be told of', async () => {
      const id = await ended();
      await begin(id);
      await open().forgetBooking(id);
      expect(await open().evidence(id)).toEqual([]);
      expect(await open().eventsAfter(id, 0, 10)).toEqual([]);
      expect(await open().transcript(id)).toBeUndefined();
      expect(await open().recording(id)).toBeUndefined();
      expect(await open().messages(id)).toEqual([]);
      expect(await open().findAttempt({ call_sid: `CA-${id}`, conversation_id: `conv2-${id}` })).toBeUndefined();
      expect(
        await open().takeStreamToken(`t-${id}`, `${id}.1`, `CA-${id}`, '2026-11-25T09:00:00.000Z'),
      ).toBeUndefined();
      expect((await open().tracesLeft(id)).traces).toEqual([
        { kind: 'call_sid', provider_id: `CA-${id}` },
        { kind: 'call_sid', provider_id: `CA2-${id}` },
        { kind: 'conversation_id', provider_id: `conv-${id}` },
        { kind: 'conversation_id', provider_id: `conv2-${id}` },
        { kind: 'conversation_id', provider_id: `conv3-${id}` },
      ]);
      expect(await open().callNumbersOf(id)).toEqual([1, 2]);
      // Again, as a retry does.
      await open().forgetBooking(id);
      expect((await open().tracesLeft(id)).traces).toHaveLength(5);
      expect(await open().callNumbersOf(id)).toEqual([1, 2]);
    });

    it('lets nothing be stored of it any more', async () => {
      const id = await ended();
      await begin(id);
      await open().forgetBooking(id);
      const refused = `there is no booking ${id}`;
      await expect(open().addEvidence(callStatus(id, 'late'))).rejects.toThrow(refused);
      await expect(open().addTurn(`${id}.1`, turn(0))).rejects.toThrow(refused);
      await expect(
        open().putRecording({ call_id: `${id}.1`, path: 'p', content_type: 'audio/mpeg', bytes: 1 }),
      ).rejects.toThrow(refused);
      // A call's ids may come from who looked for the booking a moment before.
      await open().linkAttempt(`${id}.1`, { call_sid: `CA-late-${id}`, conversation_id: `conv-late-${id}` });
      await open().noteConversation(`${id}.1`, `conv-later-${id}`);
      expect(await open().findAttempt({ call_sid: `CA-late-${id}` })).toBeUndefined();
      expect(await open().findAttempt({ conversation_id: `conv-late-${id}` })).toBeUndefined();
      await open().saveSnapshot(snapshotOf(orderOf(id), 9, [], { outcome: confirmed, status: 'completed' }));
      expect(await open().booking(id)).toBeUndefined();
    });

    it('knows its ids again, without having them', async () => {
      const id = await ended();
      expect(await open().isErased({ booking_id: id, call_sid: `CA-${id}` })).toBe(false);
      await begin(id);
      expect(await open().isErased({ booking_id: id })).toBe(true);
      await open().forgetBooking(id);
      for (const { kind, provider_id } of (await open().tracesLeft(id)).traces) {
        await open().traceGone(id, { kind, provider_id });
        expect(await open().isErased({ [kind]: provider_id })).toBe(true);
      }
      expect(await open().isErased({ call_sid: 'CA-other', conversation_id: 'conv-other' })).toBe(false);
      expect(await open().isErased({})).toBe(false);
      await open().finishErasure(id, AT);
      await open().finishErasure(id, '2027-01-01T00:00:00.000Z');
      expect(await open().erasure(id)).toMatchObject({ erased_at: AT, left_at_providers: 0 });
    });

    it('takes evidence along that nobody had claimed', async () => {
      const id = await ended();
      const item = { kind: 'conversation', source: 'post_call', id: `u-${id}`, at: AT, status: 'done' } as never;
      await open().addUnclaimed({ conversation_id: `conv3-${id}`, at: AT, evidence: item });
      await begin(id);
      await open().forgetBooking(id);
      expect(await open().claim({ conversation_id: `conv3-${id}` })).toEqual([]);
    });

    it('gives its Idempotency-Key to no other booking', async () => {
      const id = await ended({ idempotency: { key: 'mine' } });
      const again = () =>
        open().acceptBooking({
          order: orderOf(newId()),
          owner: 'owner-e',
          idempotency: { key: 'mine', body_hash: 'h' },
        });
      expect(await again()).toMatchObject({ how: 'repeated' });
      await begin(id);
      expect(await again()).toEqual({ how: 'erased', booking_id: id });
      await open().forgetBooking(id);
      expect(await again()).toEqual({ how: 'erased', booking_id: id });
    });

    it('is never done to what was not begun', async () => {
      const id = await ended();
      await expect(open().forgetBooking(id)).rejects.toThrow('has not begun');
      expect((await open().booking(id))?.view.id).toBe(id);
    });
  });

export const keepingForATime = (databases: Databases) =>
  describe('keeping bookings for a time', () => {
    const open = records(databases);
    const endedAt = async (at: string): Promise<string> => {
      const order = await accepted(open(), orderOf(newId(), '2026-01-01T00:00:00.000Z'));
      await open().saveSnapshot(snapshotOf(order, 1, [], { status: 'completed', outcome: confirmed, updated_at: at }));
      return order.id;
    };
    const due = (more: object = {}) =>
      open().dueForErasure({
        final_before: '2026-03-01T00:00:00.000Z',
        begun_before: '2026-01-01T00:00:00.000Z',
        limit: 100,
        ...more,
      });

    it('finds those that ended before, whenever they began; not those that go on', async () => {
      const old = await endedAt('2026-02-01T00:00:00.000Z');
      const fresh = await endedAt('2026-03-02T00:00:00.000Z');
      const going = await accepted(open(), orderOf(newId(), '2026-01-01T00:00:00.000Z'));
      const found = await due();
      expect(found).toContain(old);
      expect(found).not.toContain(fresh);
      expect(found).not.toContain(going.id);
      expect(await due({ limit: 0 })).toEqual([]);
      expect(await due({ final_before: undefined })).toEqual([]);
    });

    it('counts from the outcome, however often it is written', async () => {
      const order = await accepted(open());
      for (const [version, at] of [
        [1, '2026-02-01T00:00:00.000Z'],
        [2, '2026-12-01T00:00:00.000Z'],
      ] as const) {
        await open().saveSnapshot(
          snapshotOf(order, version, [], { status: 'completed', outcome: confirmed, updated_at: at }),
        );
      }
      expect(await due()).toContain(order.id);
    });

    it('finds what was accepted and never started', async () => {
      const lost = orderOf(newId(), '2026-01-05T00:00:00.000Z');
      await open().acceptBooking({ order: lost, owner: 'owner-a' });
      expect(await due()).toContain(lost.id);
      expect(await open().beginErasure(lost.id, { at: AT })).toBe('not_final');
      expect(await open().beginErasure(lost.id, { at: AT, unstarted: true })).toBe('begun');
    });

    it('finds erasures that came to nothing, until they have', async () => {
      const id = await endedAt('2026-12-01T00:00:00.000Z');
      await open().beginErasure(id, { at: '2026-11-25T10:00:00.000Z' });
      const lost = { final_before: undefined, begun_before: '2026-11-25T10:10:00.000Z' };
      expect(await due(lost)).toContain(id);
      expect(await due({ ...lost, begun_before: '2026-11-25T09:00:00.000Z' })).toEqual([]);
      await open().forgetBooking(id);
      expect(await due(lost)).not.toContain(id);
    });

    it('says which bookings are in no row', async () => {
      const { id } = await accepted(open());
      expect(await open().unknownAmong([id, 'bk_gone00001'])).toEqual(['bk_gone00001']);
      expect(await open().unknownAmong([])).toEqual([]);
    });
  });

export const forgettingUnclaimed = (databases: Databases) =>
  describe('forgetting what nobody claims', () => {
    let clock = Date.parse(AT);
    const open = records(databases, { now: () => clock });

    it('happens after two days, without anything new coming in', async () => {
      const keep = (id: string) =>
        open().addUnclaimed({
          conversation_id: id,
          at: AT,
          evidence: { kind: 'conversation', source: 'post_call', id, at: AT, status: 'done' } as never,
        });
      await keep('conv_a');
      clock += 47 * 3_600_000;
      await open().forgetUnclaimed();
      await keep('conv_b');
      clock += 2 * 3_600_000;
      await open().forgetUnclaimed();
      expect(await open().claim({ conversation_id: 'conv_a' })).toEqual([]);
      expect(await open().claim({ conversation_id: 'conv_b' })).toHaveLength(1);
    });
  });
