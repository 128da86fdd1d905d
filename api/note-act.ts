import type { FastifyRequest } from 'fastify';
import { iso } from '../domain/iso.ts';
import type { Act } from '../records/ports/operating.ts';
import type { Context } from './context.ts';

/** Characters of the owner hash that distinguish the keys of an installation. */
const KEY_LABEL_CHARACTERS = 8;

/** Distinguishes operator keys in records and in the log: the beginning of a keyed hash, never the key. */
export const keyLabel = ({ owner }: { owner: string }): string => owner.slice(0, KEY_LABEL_CHARACTERS);

/**
 * Keeps the name of the operator who did something. The deed is done by now, so a failure is logged and not answered. A client's key is
 * no operator's: nothing is kept.
 */
export async function noteAct(
  { records, now }: Pick<Context, 'records' | 'now'>,
  { principal, log }: Pick<FastifyRequest, 'principal' | 'log'>,
  act: Pick<Act, 'act'> & Partial<Pick<Act, 'booking_id' | 'subject'>>,
): Promise<void> {
  if (!principal.operator) return;
  const { name = null } = principal;
  try {
    await records.addAct({
      booking_id: null,
      subject: null,
      ...act,
      at: iso(now()),
      by: name,
      key: keyLabel(principal),
    });
  } catch (error) {
    log.error({ err: error, act: act.act }, 'could not keep the name of the operator');
  }
}
