import { describe, expect, it } from '@jest/globals';
import type { StoredTurn } from '../../../records/ports/events.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, STRANGE_TEXT, turn } from '../samples.ts';

const said = (...messages: string[]): StoredTurn[] =>
  messages.map((message, i) => ({ role: i % 2 === 0 ? 'agent' : 'business', message, at_seconds: i + 0.25 }));
const messages = (turns: StoredTurn[] | undefined) => turns?.map((one) => one.message);

export const keepingTranscripts = (databases: Databases) =>
  describe('keeping transcripts', () => {
    const open = records(databases);

    it('keeps live turns in their order, each also as an event', async () => {
      const order = await accepted(open());
      for (const index of [1, 0, 2]) await open().addTurn(`${order.id}.1`, turn(index));
      const { index: _, at: __, ...first } = turn(0);
      expect(messages(await open().turnsOf(`${order.id}.1`))).toEqual(['turn 0', 'turn 1', 'turn 2']);
      expect((await open().turnsOf(`${order.id}.1`))[0]).toEqual(first);
      const events = await open().eventsAfter(order.id, 0, 10);
      expect(events.map(({ event }) => event.type === 'turn' && event.message)).toEqual(['turn 1', 'turn 0', 'turn 2']);
      expect(events[1]?.event).toEqual({ type: 'turn', at: turn(0).at, call_id: `${order.id}.1`, ...first });
    });

    it('adds a repeated turn once, also at the same moment', async () => {
      const order = await accepted(open());
      await Promise.all(Array.from({ length: 8 }, () => open().addTurn(`${order.id}.1`, turn(0))));
      expect(await open().turnsOf(`${order.id}.1`)).toHaveLength(1);
      expect(await open().eventsAfter(order.id, 0, 100)).toHaveLength(1);
    });

    it("replaces the live turns with the provider's transcript, of that call and once", async () => {
      const order = await accepted(open());
      for (const index of [0, 1, 2]) await open().addTurn(`${order.id}.1`, turn(index));
      await open().addTurn(`${order.id}.2`, turn(0, 'of the second call'));
      await open().putTranscript(`${order.id}.1`, said('Hola', 'Buenas'), 'attempt');
      expect(await open().turnsOf(`${order.id}.1`)).toEqual(said('Hola', 'Buenas'));
      await open().putTranscript(`${order.id}.1`, said('something else'), 'attempt');
      await open().addTurn(`${order.id}.1`, turn(9, 'late'));
      expect(messages(await open().turnsOf(`${order.id}.1`))).toEqual(['Hola', 'Buenas']);
      expect(messages(await open().turnsOf(`${order.id}.2`))).toEqual(['of the second call']);
    });

    it('keeps what was heard when the provider has no words', async () => {
      const order = await accepted(open());
      await open().addTurn(`${order.id}.1`, turn(0));
      await open().putTranscript(`${order.id}.1`, [], 'attempt');
      expect(messages(await open().turnsOf(`${order.id}.1`))).toEqual(['turn 0']);
    });

    it("does not mix a live turn into the provider's transcript when both arrive at once", async () => {
      for (let round = 0; round < 5; round++) {
        const order = await accepted(open());
        await Promise.all([
          open().addTurn(`${order.id}.1`, turn(7, 'live')),
          open().putTranscript(`${order.id}.1`, said('provider'), 'attempt'),
          open().addTurn(`${order.id}.1`, turn(8, 'live')),
        ]);
        expect(messages(await open().turnsOf(`${order.id}.1`))).toEqual(['provider']);
      }
    });

    it('keeps what was heard live, when one conversation’s record comes: it may be a part of the talk', async () => {
      const order = await accepted(open());
      const callId = `${order.id}.1`;
      await open().addTurn(callId, turn(0));
      await open().putTranscript(callId, said('Hola', 'Buenas'), 'conversation');
      await open().addTurn(callId, turn(1));
      expect(await open().turnsOf(callId)).toHaveLength(2);
      // Where nothing was heard live, as in a call that the provider placed, it is all there is.
      await open().putTranscript(`${order.id}.2`, said('Hola', 'Buenas'), 'conversation');
      expect(await open().turnsOf(`${order.id}.2`)).toHaveLength(2);
    });

    it('keeps what is heard live after one conversation’s record: the call went on with another conversation', async () => {
      const order = await accepted(open());
      const callId = `${order.id}.1`;
      await open().putTranscript(callId, said('Hola'), 'conversation');
      for (const index of [0, 1]) await open().addTurn(callId, turn(index));
      expect(messages(await open().turnsOf(callId))).toEqual(['Hola', 'turn 0', 'turn 1']);
    });

    it('gives the transcript of the last attempt that has one, by number', async () => {
      const order = await accepted(open());
      expect(await open().transcript(order.id)).toBeUndefined();
      await open().putTranscript(`${order.id}.10`, said('tenth'), 'attempt');
      await open().putTranscript(`${order.id}.9`, said('ninth'), 'attempt');
      await open().addTurn(`${order.id}.2`, turn(0, 'second'));
      expect(messages((await open().transcript(order.id))?.turns)).toEqual(['tenth']);
      await open().addTurn(`${order.id}.11`, turn(0, 'eleventh'));
      expect(messages((await open().transcript(order.id))?.turns)).toEqual(['eleventh']);
    });

    it('gives every text back as it came, and long talks whole', async () => {
      const order = await accepted(open());
      const long = said(...Array.from({ length: 2500 }, (_, i) => `${i} ${STRANGE_TEXT}`));
      await open().putTranscript(`${order.id}.1`, long, 'attempt');
      expect((await open().transcript(order.id))?.turns).toEqual(long);
    });

    it('says clearly that a booking is unknown', async () => {
      await expect(open().addTurn('bk_nowhere.1', turn(0))).rejects.toThrow('there is no booking bk_nowhere');
      await expect(open().putTranscript('bk_nowhere.1', said('x'), 'attempt')).rejects.toThrow(
        'there is no booking bk_nowhere',
      );
    });
  });
