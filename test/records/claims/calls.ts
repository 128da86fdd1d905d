import { describe, expect, it } from '@jest/globals';
import { type Databases, records } from '../databases.ts';
import { accepted } from '../samples.ts';

export const keepingRecordings = (databases: Databases) =>
  describe('keeping recordings', () => {
    const open = records(databases);
    const wav = (call_id: string, bytes = 1000) => ({
      call_id,
      path: `${call_id}.wav`,
      content_type: 'audio/wav',
      bytes,
    });

    it('gives that of the last attempt that has one, by number', async () => {
      const order = await accepted(open());
      expect(await open().recording(order.id)).toBeUndefined();
      await open().putRecording(wav(`${order.id}.10`));
      await open().putRecording(wav(`${order.id}.9`));
      expect(await open().recording(order.id)).toEqual(wav(`${order.id}.10`));
    });

    it('replaces that of the same attempt, however big', async () => {
      const order = await accepted(open());
      await open().putRecording(wav(`${order.id}.1`));
      await open().putRecording(wav(`${order.id}.1`, 5_000_000_000));
      expect(await open().recording(order.id)).toEqual(wav(`${order.id}.1`, 5_000_000_000));
    });

    it('says clearly that a booking is unknown', async () => {
      await expect(open().putRecording(wav('bk_nowhere.1'))).rejects.toThrow('there is no booking bk_nowhere');
    });
  });

export const streamTokens = (databases: Databases) =>
  describe('stream tokens', () => {
    let clock = Date.parse('2026-11-24T10:00:00Z');
    const open = records(databases, { now: () => clock });
    const now = '2026-11-24T10:00:00.000Z';
    const token = (hash: string) => ({
      hash,
      call_id: 'bk_stream.1',
      call_sid: 'CA1',
      expires_at: '2026-11-24T10:01:00.000Z',
    });

    it('are taken once', async () => {
      await open().issueStreamToken(token('once'));
      expect(await open().takeStreamToken('once', 'bk_stream.1', 'CA1', now)).toBeGreaterThan(0);
      expect(await open().takeStreamToken('once', 'bk_stream.1', 'CA1', now)).toBeUndefined();
    });

    it('are taken by one of many at once', async () => {
      await open().issueStreamToken(token('race'));
      const taken = await Promise.all(
        Array.from({ length: 10 }, () => open().takeStreamToken('race', 'bk_stream.1', 'CA1', now)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    it('serve no other call, attempt or token, and are not used up by trying', async () => {
      await open().issueStreamToken(token('mine'));
      expect(await open().takeStreamToken('mine', 'bk_stream.1', 'CA2', now)).toBeUndefined();
      expect(await open().takeStreamToken('mine', 'bk_stream.2', 'CA1', now)).toBeUndefined();
      expect(await open().takeStreamToken('other', 'bk_stream.1', 'CA1', now)).toBeUndefined();
      expect(await open().takeStreamToken('mine', 'bk_stream.1', 'CA1', now)).toBeGreaterThan(0);
    });

    it('expire at their moment', async () => {
      await open().issueStreamToken(token('early'));
      await open().issueStreamToken(token('late'));
      expect(await open().takeStreamToken('late', 'bk_stream.1', 'CA1', '2026-11-24T10:01:00.000Z')).toBeUndefined();
      expect(await open().takeStreamToken('early', 'bk_stream.1', 'CA1', '2026-11-24T10:00:59.999Z')).toBeGreaterThan(
        0,
      );
    });

    it('are forgotten an hour after they expired, and not before', async () => {
      await open().issueStreamToken(token('kept'));
      clock = Date.parse('2026-11-24T11:00:59Z');
      await open().issueStreamToken({ ...token('a'), expires_at: '2026-11-24T11:05:00.000Z' });
      expect(await open().takeStreamToken('kept', 'bk_stream.1', 'CA1', now)).toBeGreaterThan(0);
      await open().issueStreamToken(token('dropped'));
      clock = Date.parse('2026-11-24T11:01:01Z');
      await open().issueStreamToken({ ...token('b'), expires_at: '2026-11-24T11:05:00.000Z' });
      expect(await open().takeStreamToken('dropped', 'bk_stream.1', 'CA1', now)).toBeUndefined();
    });
  });

export const doNotCallList = (databases: Databases) =>
  describe('the do-not-call list', () => {
    const open = records(databases);
    const entry = (phone_hash: string, at = '2026-11-24T10:00:00.000Z') => ({
      phone_hash,
      phone_masked: '+54 … 1234',
      booking_id: 'bk_asked',
      at,
    });
    /** As a dial finds it, which asks together with the line. */
    const isForbidden = async (...phone_hashes: string[]): Promise<boolean> => {
      const { at } = entry('any');
      const line = { line_id: 'line-forbidden', booking_id: 'bk_asked', now: at, until: at };
      return (await open().takeLine({ ...line, phone_hashes })).forbidden === true;
    };

    it('holds a number until an operator lifts it', async () => {
      expect(await isForbidden('h1')).toBe(false);
      await open().forbidNumber(entry('h1'));
      expect(await isForbidden('h1')).toBe(true);
      expect(await isForbidden('h2')).toBe(false);
      expect(await isForbidden('h2', 'h1')).toBe(true);
      expect(await isForbidden('h2', 'h3')).toBe(false);
      expect(await open().allowNumber('h1')).toEqual({ phone_masked: '+54 … 1234', booking_id: 'bk_asked' });
      expect(await open().allowNumber('h1')).toBeUndefined();
      expect(await isForbidden('h1')).toBe(false);
    });

    it('keeps the first entry of a number, and lists the newest first', async () => {
      await open().forbidNumber(entry('a', '2026-11-24T10:00:01.000Z'));
      await open().forbidNumber(entry('a', '2026-11-24T10:00:09.000Z'));
      await open().forbidNumber(entry('b', '2026-11-24T10:00:02.000Z'));
      expect(await open().forbidden('2026-11-24T11:00:00.000Z')).toEqual([
        entry('b', '2026-11-24T10:00:02.000Z'),
        entry('a', '2026-11-24T10:00:01.000Z'),
      ]);
    });

    it('holds a number until the end of its entry, which only a later end, or none, replaces', async () => {
      const of = (booking_id: string, expires_at?: string) => ({ ...entry('ending'), booking_id, expires_at });
      const at = (now: string) => open().prohibitionOf(['other', 'ending'], now);
      await open().forbidNumber({ ...of('', '2026-11-24T10:30:00.000Z'), reason: 'by mail' });
      expect(await at('2026-11-24T10:29:59.999Z')).toMatchObject({
        reason: 'by mail',
        expires_at: '2026-11-24T10:30:00.000Z',
      });
      expect(await at('2026-11-24T10:30:00.000Z')).toBeUndefined();
      const ends = (await open().forbidden('2026-11-24T10:30:00.000Z')).map(({ phone_hash }) => phone_hash);
      expect(ends).not.toContain('ending');
      await open().forbidNumber(of('', '2026-11-24T10:20:00.000Z'));
      expect(await at('2026-11-24T10:25:00.000Z')).toMatchObject({ expires_at: '2026-11-24T10:30:00.000Z' });
      await open().forbidNumber(of('bk_heard'));
      expect(await at('2030-01-01T00:00:00.000Z')).toEqual({ ...entry('ending'), booking_id: 'bk_heard' });
      await open().forbidNumber(of('', '2031-01-01T00:00:00.000Z'));
      expect(await at('2040-01-01T00:00:00.000Z')).toMatchObject({ booking_id: 'bk_heard' });
      expect(await isForbidden('ending')).toBe(true);
    });
  });
