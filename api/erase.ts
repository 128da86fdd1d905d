import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { erasureSchema } from '../domain/schemas/erasure.ts';
import type { Principal } from './authentication.ts';
import type { Context } from './context.ts';
import { keyLabel, noteAct } from './note-act.ts';
import { problems } from './openapi.ts';

type Shown = z.output<typeof erasureSchema>;

/** How one kind of thing is erased. */
interface Erasing {
  /** Its erasure as it stands, if this principal could have seen the thing. */
  known(id: string, principal: Principal): Promise<Shown | undefined>;
  /** Begins its erasure: from then on nobody can read it. @throws Problem 404, 409, 410 */
  begin(id: string, principal: Principal): Promise<void>;
  /** Starts the run of an erasure that has begun, unless it is there. @throws Unavailable */
  start(id: string): Promise<void>;
  /** Its kind, for the log. */
  thing: 'booking' | 'batch';
}

/** The answers of a route that erases. */
export const erasureAnswers = {
  200: erasureSchema.describe('All of it is gone'),
  202: erasureSchema.describe('It is being erased'),
  ...problems(409, 410),
};

/** Begins to erase something, or tells how far that is. */
export async function erase(
  context: Pick<Context, 'records' | 'now'>,
  request: Pick<FastifyRequest, 'principal' | 'log'> & { params: { id: string } },
  reply: Pick<FastifyReply, 'code'>,
  { known, begin, start, thing }: Erasing,
): Promise<Shown> {
  const { principal, params } = request;
  const { id } = params;
  const before = await known(id, principal);
  if (before?.erased_at) return before;
  if (!before) {
    await begin(id, principal);
    request.log.info({ id, key: keyLabel(principal) }, `began to erase a ${thing}`);
    await noteAct(
      context,
      request,
      thing === 'booking' ? { act: 'erase', booking_id: id } : { act: 'erase_batch', subject: id },
    );
  }
  // The erasure is stored already: a repeat, or the next hourly look, makes up for a lost start.
  await start(id);
  const erasure = await known(id, principal);
  if (!erasure) throw new Error(`the erasure of a ${thing} is not in the database`);
  if (!erasure.erased_at) reply.code(202);
  return erasure;
}
