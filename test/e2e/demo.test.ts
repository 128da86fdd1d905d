import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { vocero } from '../cli/support/vocero.ts';
import { claimOf, claimsAtOnce } from './support/claim.ts';
import { ONLY_NATIVE } from './support/client.ts';
import { mp3Of, sidesOf } from './support/sound.ts';
import { runSystem } from './support/system.ts';

// What a new user does: no settings, the body of the README, the numbers of the sandbox’s table.
const system = runSystem({ demo: true });
const claim = claimsAtOnce(system.tail);

async function tried(phone: string) {
  const { client } = system;
  const accepted = await client.send('POST', '/v1/bookings', {
    business: { name: 'Clínica Dental Sur', phone },
    request: { service_type: 'dentista', preferred_date: 'mañana', preferred_time: 'por la tarde', user_name: 'Mauro' },
  });
  expect(accepted.status).toBe(202);
  const booking = await client.final(String(accepted.body.id), 80_000);
  const roles = new Set((await client.transcript(booking.id)).map(({ role }) => role));
  return { booking, roles, recording: await client.recording(booking.id) };
}

claim('the first booking is confirmed on A, with a transcript and a recording', async () => {
  const { booking, roles, recording } = await tried('+541143211234');
  expect(booking.outcome).toMatchObject({ result: 'confirmed', channel: 'native', simulated: true });
  expect(roles).toEqual(new Set(['agent', 'business']));
  expect(mp3Of(recording.sound).heard).toBeGreaterThan(5);
});

claim('a number that A refuses ends on B', async () => {
  const { booking, roles, recording } = await tried('+541143216001');
  expect(booking.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge', simulated: true });
  expect(roles).toEqual(new Set(['agent', 'business']));
  for (const { heard } of sidesOf(recording.sound)) expect(heard).toBeGreaterThan(3);
});

claim('one that A and B refuse ends on C', async () => {
  const { booking, roles, recording } = await tried('+541143212001');
  expect(booking.outcome).toMatchObject({ result: 'confirmed', channel: 'simulation', simulated: true });
  expect(roles).toEqual(new Set(['agent', 'business']));
  for (const { heard } of sidesOf(recording.sound)) expect(heard).toBeGreaterThan(3);
});

claim(
  'provision sets up the sandbox that runs, changes nothing the second time, and doctor finds all well',
  async () => {
    const { folder, env } = system;
    const first = await vocero(['provision', '--json'], folder, env);
    expect(first.json()).toMatchObject({ failed: null, env: [] });
    const second = await vocero(['provision', '--json'], folder, env);
    expect(second.json()).toMatchObject({ failed: null, changed: 0 });
    // A restart would be a new sandbox, which knows nothing of it.
    expect((await vocero(['provision'], folder, env)).out).not.toMatch(/restart/i);
    const doctor = await vocero(['doctor', '--json'], folder, env);
    const { checks } = doctor.json() as { checks: { state: string }[] };
    expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(checks.length).toBeGreaterThan(20);
    // In the sandbox nothing may be written to .env: credentials there would ask for another mode.
    expect(existsSync(join(folder, '.env'))).toBe(false);
  },
);

claimOf(system.tail)('Ctrl-C ends it all', async () => {
  system.product.signal('SIGINT');
  expect(await system.product.ended).toBe(0);
});

claimOf(system.tail)(
  'the sandbox of the next start is set up like the first: provision converges, and what it made is believed',
  async () => {
    const { folder, env } = system;
    await system.start();
    const first = await vocero(['provision', '--json'], folder, env);
    expect(first.json()).toMatchObject({ failed: null });
    const actions = (first.json().steps as { action: string }[]).map(({ action }) => action);
    expect(actions).not.toContain('replaced');
    expect((await vocero(['provision', '--json'], folder, env)).json()).toMatchObject({ failed: null, changed: 0 });
    const { checks } = (await vocero(['doctor', '--json'], folder, env)).json() as { checks: { state: string }[] };
    expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
    // The post-call webhook, which a wrong secret would turn away as forged.
    const { outcome } = await system.client.outcomeOf('+541143211234', ONLY_NATIVE);
    expect(outcome?.evidence).toContain('post_call');
  },
);
