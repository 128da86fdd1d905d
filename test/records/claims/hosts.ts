import { describe, expect, it } from '@jest/globals';
import { type Databases, records } from '../databases.ts';
import { accepted, attemptOf, snapshotOf } from '../samples.ts';

const NOON = Date.parse('2026-11-24T12:00:00.000Z');
const at = (seconds: number): string => new Date(NOON + seconds * 1000).toISOString();

export const hostingCalls = (databases: Databases) =>
  describe('hosting calls', () => {
    const open = records(databases, { now: () => NOON });
    const beat = (id: string, seconds: number, more: { live?: number; draining?: boolean; calls?: string[] } = {}) =>
      open().beatBridge({
        id,
        url: `wss://${id}.example`,
        live: 0,
        draining: false,
        calls: [],
        ...more,
        now: at(seconds),
      });
    const host = (call_id: string, seconds: number, again = false, here?: string) =>
      open()
        .hostCall({ call_id, now: at(seconds), again, here })
        .then((found) => found?.bridge_id);
    const token = (hash: string, call_id: string) => ({
      hash,
      call_id,
      call_sid: 'CA1',
      expires_at: at(60),
    });
    const take = (hash: string, callId: string) => open().takeStreamToken(hash, callId, 'CA1', at(1));

    it('goes to the bridge that has the fewest, stays there, and is told to it once', async () => {
      await beat('b-busy', 0, { live: 5 });
      await beat('b-free', 0, { live: 1 });
      expect(await host('bk_hostedone.1', 1)).toBe('b-free');
      expect((await beat('b-free', 1, { live: 9 })).prepare).toEqual(['bk_hostedone.1']);
      expect(await host('bk_hostedone.1', 1)).toBe('b-free');
      expect((await beat('b-busy', 1)).prepare).toEqual([]);
      expect((await beat('b-free', 1)).prepare).toEqual([]);
      await open().leaveBridge('b-busy');
      await open().leaveBridge('b-free');
    });

    it('is not told to the bridge that chose it for itself, nor when it is over', async () => {
      await beat('b-own', 0);
      expect(await host('bk_hostedown.1', 0, false, 'b-own')).toBe('b-own');
      expect(await host('bk_hostedown.2', 0)).toBe('b-own');
      await open().callOver('bk_hostedown.2');
      const heard = await beat('b-own', 1, { calls: ['bk_hostedown.1', 'bk_hostedown.2', 'bk_hostednone.1'] });
      expect(heard.prepare).toEqual([]);
      expect(heard.calls.toSorted((a, b) => a.call_id.localeCompare(b.call_id))).toEqual([
        { call_id: 'bk_hostedown.1', over: false, epoch: 0 },
        { call_id: 'bk_hostedown.2', over: true, epoch: 0 },
      ]);
      await open().leaveBridge('b-own');
    });

    it('knows whether the callee has heard the first words, of that call', async () => {
      await open().issueStreamToken(token('opened-hash', 'bk_hostedopen.1'));
      await open().issueStreamToken(token('unopened-hash', 'bk_hostedopen.2'));
      const heard = () => Promise.all([1, 2, 3].map((n) => open().openingHeard(`bk_hostedopen.${n}`)));
      expect(await heard()).toEqual([false, false, false]);
      await open().keepOpening('bk_hostedopen.1');
      expect(await heard()).toEqual([true, false, false]);
      // A new stream's token changes nothing about what was heard.
      await open().issueStreamToken(token('opened-again-hash', 'bk_hostedopen.1'));
      expect(await heard()).toEqual([true, false, false]);
    });

    it('is over once its workflow has written so, though the callback could not be written down', async () => {
      const order = await accepted(open());
      const call_id = `${order.id}.1`;
      await beat('b-waiting', 0);
      expect(await host(call_id, 0)).toBe('b-waiting');
      const ended = { channel: 'bridge' as const, status: 'no_answer' as const, ended_at: at(1) };
      await open().saveSnapshot(snapshotOf(order, 1, [], { attempts: [attemptOf(order.id, 1, ended)] }));
      const heard = await beat('b-waiting', 1, { calls: [call_id] });
      expect(heard).toEqual({ prepare: [], calls: [{ call_id, over: true, epoch: 0 }] });
      await open().leaveBridge('b-waiting');
    });

    it('goes to another bridge when its stream was lost, and back only where there is none', async () => {
      await beat('b-first', 0);
      expect(await host('bk_hostedlost.1', 0)).toBe('b-first');
      await beat('b-second', 0, { live: 100 });
      expect(await host('bk_hostedlost.1', 1, true)).toBe('b-second');
      await open().leaveBridge('b-first');
      expect(await host('bk_hostedlost.1', 1, true)).toBe('b-second');
      await open().leaveBridge('b-second');
      expect(await host('bk_hostedlost.1', 1, true)).toBeUndefined();
      expect(await open().hasBridge(at(1))).toBe(false);
    });

    it('is given to no bridge that is about to end, or that was not heard of for long', async () => {
      await beat('b-ending', 0, { draining: true });
      expect(await host('bk_hostedend.1', 0)).toBeUndefined();
      await beat('b-silent', 0);
      expect(await open().hasBridge(at(20))).toBe(true);
      expect(await host('bk_hostedend.1', 31)).toBeUndefined();
      await open().leaveBridge('b-ending');
      await open().leaveBridge('b-silent');
    });

    it('counts its streams: who has an older one has lost the call, and an older token is void', async () => {
      await open().issueStreamToken(token('first', 'bk_hostedepoch.1'));
      await open().issueStreamToken(token('second', 'bk_hostedepoch.1'));
      expect(await open().streamEpoch('bk_hostedepoch.1')).toBe(0);
      expect(await take('second', 'bk_hostedepoch.1')).toBe(2);
      expect(await open().streamEpoch('bk_hostedepoch.1')).toBe(2);
      expect(await take('first', 'bk_hostedepoch.1')).toBeUndefined();
      expect(await open().streamEpoch('bk_hostedepoch.1')).toBe(2);
      expect(await open().streamEpoch('bk_hostedunheard.1')).toBe(0);
    });
  });
