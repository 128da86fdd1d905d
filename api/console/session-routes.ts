import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isPhoneChannel } from '../../domain/channels.ts';
import { iso } from '../../domain/iso.ts';
import { isOpen, keyHolders, sessionHolders } from '../authentication.ts';
import type { App, Context } from '../context.ts';
import { Problem } from '../problem.ts';
import type { KeyGuard } from '../wrong-keys.ts';
import { refuseForeignNames, refuseForeignPages } from './same-origin.ts';
import { hashOfSession, SESSION_SECONDS, sessionCookie } from './session-cookie.ts';

const REVIEW = '/v1/bookings/:id/review';

/** The session at the console, and the features that this installation offers there. */
export function sessionRoutes(app: App, context: Context, guarded: KeyGuard): void {
  const { settings, records, now } = context;
  const cookie = sessionCookie(settings.publicUrl);
  const open = isOpen(settings);
  const holderOfKey = keyHolders(settings);
  const holderOfSession = sessionHolders(settings, records);

  app.route({
    method: 'GET',
    url: '/console/session',
    schema: { hide: true },
    async handler(request) {
      if (open) refuseForeignNames(request);
      const principal = open ? undefined : await holderOfSession(request, now());
      return {
        open,
        signed_in: open || principal !== undefined,
        sees_all: open || principal?.seesAll === true,
        ...((open || principal) && {
          sandbox: settings.accounts.mode === 'sandbox',
          telephony: settings.booking.available.some(isPhoneChannel),
          temporal_ui: settings.temporalUi ?? null,
          reviews: app.hasRoute({ method: 'POST', url: REVIEW }),
          name: principal?.name ?? null,
        }),
      };
    },
  });

  app.route({
    method: 'POST',
    url: '/console/session',
    schema: { hide: true, body: z.strictObject({ key: z.string().max(1_000) }) },
    async handler(request, reply) {
      refuseForeignPages(request, settings.publicUrl, false);
      const key = request.body.key.trim();
      // Counted together with the keys of requests, so that guessing is as slow here as there.
      const principal = guarded(request.ip, `Bearer ${key}`, () => {
        const holder = holderOfKey(key);
        if (!holder) throw new Problem(401, 'This installation does not know this key.');
        return holder;
      });
      if (!principal.operator)
        throw new Problem(403, 'This key may place bookings, but not sign in: use an operator key.');
      const id = randomBytes(32).toString('base64url');
      const at = now();
      await records.openSession({
        hash: hashOfSession(id),
        owner: principal.owner,
        now: iso(at),
        until: iso(at + SESSION_SECONDS * 1_000),
      });
      request.log.info({ operator: principal.owner.slice(0, 8) }, 'an operator signed in at the console');
      return reply.code(204).header('set-cookie', cookie.opening(id)).serializer(String).send('');
    },
  });

  app.route({
    method: 'DELETE',
    url: '/console/session',
    schema: { hide: true },
    async handler(request, reply) {
      refuseForeignPages(request, settings.publicUrl, true);
      const hash = cookie.hashOf(request);
      if (hash) await records.closeSession(hash);
      return reply.code(204).header('set-cookie', cookie.closing()).serializer(String).send('');
    },
  });
}
