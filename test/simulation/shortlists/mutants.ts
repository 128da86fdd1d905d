import type { ShortlistActivities } from '../../../activities/interface.ts';
import type { Ending } from '../../../domain/shortlist/state.ts';
import type { Records } from '../../../records/interface.ts';
import type { ShortlistGuarantee } from './check.ts';
import type { Bug } from './world.ts';

/** A bug planted into the product, and the guarantees of which at least one must be seen to fall. */
export interface ShortlistMutant {
  name: string;
  /** A seed at which it is caught, where that is far from the first: tried before them. */
  seen?: number;
  bug: () => Bug;
  falls: ShortlistGuarantee[];
}

const changed = <T extends object>(real: T, change: Partial<T>): T =>
  new Proxy(real, { get: (target, name) => change[name as keyof T] ?? target[name as keyof T] });

/** Each booking stands alone: the records' fence sees no other. */
const unfenced = (real: Records): Records =>
  changed(real, {
    acceptBooking: async (booking) => {
      const { shortlist } = booking.order;
      const alone = shortlist && { ...shortlist, id: `${shortlist.id} ${booking.order.id}` };
      const accepted = await real.acceptBooking({ ...booking, order: { ...booking.order, shortlist: alone } });
      return 'order' in accepted ? { ...accepted, order: { ...accepted.order, shortlist } } : accepted;
    },
  });

const reading =
  (change: (ending: Ending) => Ending) =>
  (real: ShortlistActivities): ShortlistActivities =>
    changed(real, {
      candidateEnding: async (input) => {
        const ending = await real.candidateEnding(input);
        return ending && change(ending);
      },
    });

const as =
  (from: string, to: 'declined' | 'confirmed') =>
  (ending: Ending): Ending => ({ ...ending, result: ending.result === from ? to : ending.result });

export const SHORTLIST_MUTANTS: ShortlistMutant[] = [
  {
    name: 'a placing whose answer was lost makes another booking',
    bug: () => {
      let tries = 0;
      return {
        records: unfenced,
        activities: (real) =>
          changed(real, {
            placeCandidate: (input) => real.placeCandidate({ ...input, turn: input.turn + 10 * tries++ }),
          }),
      };
    },
    falls: ['one_phone_at_a_time', 'asked_once', 'nobody_after_an_appointment'],
  },
  {
    name: 'a doubt counts as a refusal',
    bug: () => ({ records: unfenced, activities: reading(as('needs_review', 'declined')) }),
    falls: ['nobody_after_an_appointment'],
  },
  {
    name: 'an appointment counts as a refusal',
    bug: () => ({ records: unfenced, activities: reading(as('confirmed', 'declined')) }),
    falls: ['nobody_after_an_appointment'],
  },
  {
    name: 'an unreachable business counts as an appointment',
    bug: () => ({ activities: reading(as('unreachable', 'confirmed')) }),
    falls: ['confirmed_is_true'],
  },
  {
    name: 'a business that rings back with an appointment is not heard',
    seen: 101,
    bug: () => ({
      records: (real) =>
        changed(unfenced(real), {
          booking: async (id) => {
            const stored = await real.booking(id);
            return stored && { ...stored, view: { ...stored.view, follow_ups: [] } };
          },
        }),
    }),
    falls: ['nobody_after_an_appointment'],
  },
  {
    name: 'a cancel reaches no booking',
    seen: 67,
    bug: () => ({
      records: (real) =>
        changed(real, { cancelShortlist: async (...given) => (await real.cancelShortlist(...given)) && [] }),
      activities: (real) => changed(real, { cancelCandidate: async () => undefined }),
    }),
    falls: ['cancel_is_obeyed'],
  },
  {
    name: 'decide_by is forgotten',
    seen: 175,
    bug: () => ({
      records: (real) =>
        changed(real, {
          shortlist: async (id) => {
            const stored = await real.shortlist(id);
            return stored && { ...stored, order: { ...stored.order, decide_by: undefined } };
          },
        }),
    }),
    falls: ['decide_by_is_obeyed'],
  },
  {
    name: 'a call that was asked for comes at once',
    bug: () => ({
      activities: reading((ending) => (ending.callback_at === undefined ? ending : { ...ending, callback_at: 0 })),
    }),
    falls: ['asked_once'],
  },
  {
    name: 'a run that is gone is not looked for',
    bug: () => ({ records: (real) => changed(real, { unfinishedShortlists: async () => [] }) }),
    falls: ['always_ends', 'told_once'],
  },
  {
    name: 'a write that is repeated drops its events',
    bug: () => {
      let writes = 0;
      return {
        records: (real) =>
          changed(real, {
            saveShortlist: (input) => real.saveShortlist(writes++ % 3 === 2 ? { ...input, events: [] } : input),
          }),
      };
    },
    falls: ['events_agree'],
  },
  {
    name: 'the client is told nothing',
    bug: () => ({ activities: (real) => changed(real, { tellShortlistClient: async () => 'delivered' as const }) }),
    falls: ['told_once'],
  },
];
