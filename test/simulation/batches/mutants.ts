import type { GuaranteeId } from './truth.ts';
import type { Mutation } from './world.ts';

/** A bug planted into what the batches stand on, and the guarantees of which at least one must be seen to fall. */
export interface Mutant {
  name: string;
  /** The first seed of those that are tried: near one at which it was caught. */
  from: number;
  mutation: Mutation;
  falls: GuaranteeId[];
}

const recordsWith = (change: NonNullable<Mutation['records']>): Mutation => ({ records: change });

export const MUTANTS: Mutant[] = [
  {
    name: 'rows that were taken when a process died are taken by nobody again',
    from: 22,
    mutation: recordsWith((records) => {
      // Whoever took a row has it for good.
      const taken = new Set<string>();
      return {
        async takeRows(batchId, limit, now) {
          const rows = await records.takeRows(batchId, limit, now);
          const fresh = rows.filter(({ position }) => !taken.has(`${batchId} ${position}`));
          for (const { position } of fresh) taken.add(`${batchId} ${position}`);
          return fresh;
        },
      };
    }),
    falls: ['no_row_lost'],
  },
  {
    name: 'each acceptance of a row makes another booking',
    from: 116,
    mutation: {
      deps: ({ children }) => {
        let times = 0;
        const accept: NonNullable<typeof children>['accept'] = (request) => {
          const { parent } = request;
          if (!parent || !('batch' in parent)) return children!.accept(request);
          times += 1;
          const { batch, ...more } = { batch: parent.batch, key: `again ${times}` };
          return children!.accept({
            ...request,
            parent: undefined as never,
            ...more,
            request: { ...request.request, metadata: { key: batch.key } },
          });
        };
        return { children: { accept, cancel: children!.cancel } };
      },
    },
    falls: ['no_row_lost', 'one_booking'],
  },
  {
    name: 'a row that has ended becomes a booking all the same',
    from: 390,
    mutation: recordsWith((records) => ({
      async acceptBooking(booking) {
        const accepted = await records.acceptBooking(booking);
        if (accepted.how !== 'not_wanted') return accepted;
        const { batch: _, ...order } = booking.order;
        const made = await records.acceptBooking({ ...booking, order });
        return 'order' in made ? { ...made, order: booking.order } : made;
      },
    })),
    falls: ['one_booking', 'canceled', 'no_row_lost', 'report'],
  },
  {
    name: 'the gate stays open when a batch is paused or canceled',
    from: 13,
    mutation: recordsWith((records) => ({
      async takeSlots(places) {
        const full = await records.takeSlots(places);
        const wanted = places.wanted.filter(({ gate }) => gate !== full);
        return full?.startsWith('batch:') ? records.takeSlots({ ...places, wanted }) : full;
      },
    })),
    falls: ['paused', 'canceled', 'max_concurrent'],
  },
  {
    name: 'the gate is not opened again after a pause',
    from: 1,
    mutation: recordsWith((records) => {
      const opened = new Set<string>();
      return {
        async openGate(batchId) {
          if (opened.has(batchId)) return { places: 0, handed: [] };
          opened.add(batchId);
          return records.openGate(batchId);
        },
      };
    }),
    falls: ['no_row_lost'],
  },
  {
    name: 'a cancel forgets the bookings that rows have become',
    from: 10,
    mutation: recordsWith(() => ({ openRowsOf: async () => [] })),
    falls: ['no_row_lost'],
  },
  {
    name: 'a place is not given on when its call has ended',
    from: 41,
    mutation: recordsWith((records) => ({
      saveSnapshot: async (snapshot) => {
        await records.saveSnapshot(snapshot);
        return [];
      },
      mindPlaces: async () => [],
    })),
    falls: ['no_row_lost'],
  },
  {
    name: 'providers have one place more than they have',
    from: 34,
    mutation: {
      deps: ({ callsAtOnce }) => ({
        callsAtOnce: Object.fromEntries(
          Object.entries(callsAtOnce ?? {}).map(([provider, most]) => [provider, most && most + 1]),
        ),
      }),
    },
    falls: ['places'],
  },
  {
    name: 'a lost batch is not woken by the hourly look',
    from: 31,
    mutation: recordsWith(() => ({ batchesToWake: async () => [] })),
    falls: ['no_row_lost'],
  },
  {
    name: 'the line is given to whoever asks for it',
    from: 15,
    mutation: recordsWith((records) => ({
      async takeLine(line) {
        const answer = await records.takeLine(line);
        return answer.waits_for === 'number' ? { taken: true, of_key: 1 } : answer;
      },
      claimDial: ({ line_id: _, ...dial }) => records.claimDial(dial),
    })),
    falls: ['one_call'],
  },
  {
    name: 'nobody tells the client that its batch is completed',
    from: 3,
    mutation: { deps: () => ({ callbacks: undefined }) },
    falls: ['told'],
  },
  {
    name: 'the counts forget that a row is not in progress any more',
    from: 1,
    mutation: recordsWith((records, memory) => ({
      async saveSnapshot(snapshot) {
        const handed = await records.saveSnapshot(snapshot);
        const { outcome, batch } = snapshot.view;
        if (outcome && batch)
          memory.all(
            "update batch_counts set count = count + 1 where batch_id = ? and status = 'in_progress'",
            batch.id,
          );
        return handed;
      },
    })),
    falls: ['counts'],
  },
  {
    name: 'an erased batch leaves its events',
    from: 2,
    mutation: recordsWith((_records, memory) => ({
      async forgetBatch(batchId) {
        memory.all('delete from batches where id = ?', batchId);
        return true;
      },
    })),
    falls: ['erased'],
  },
];
