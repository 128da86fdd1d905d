import { join } from 'node:path';
import { Lock } from '../../provision/lock.ts';
import { provision } from '../../provision/run.ts';
import type { ProvisionSettings } from '../../provision/settings.ts';
import { type Check, fail, KEY, off, ok, type Patient, PROVISION, warn } from './check.ts';

/** At most this many differences are named. */
const NAMED = 6;

const settingsOf = ({ config }: Patient): ProvisionSettings => ({
  publicUrl: config.publicUrl,
  elevenlabs: config.elevenlabs!,
  twilio: config.twilio,
  folder: join(config.dataDir, 'provision'),
});

/** Everything that provision sets, field by field; the other checks tell what of it matters most, and to whom. */
export const SET_UP: Check = {
  name: 'set-up',
  fix: KEY,
  async look(patient) {
    const settings = settingsOf(patient);
    if (Lock.open(settings.folder, settings.elevenlabs.apiKey).empty)
      return off('not made by vocero provision on this data folder');
    const { steps, failed } = await provision({ settings, dryRun: true, adopt: false, tell() {} });
    if (failed) return fail(`${failed.what}: ${failed.message}`, 'vocero provision --dry-run shows more.');
    const fields = steps.flatMap(({ name, changes }) => changes.map(({ field }) => `${name}: ${field}`));
    if (fields.length === 0) return ok('all as the files in provision/ have it');
    const more = fields.length > NAMED ? ` and ${fields.length - NAMED} more` : '';
    return warn(
      `not as the files in provision/ have it: ${fields.slice(0, NAMED).join(', ')}${more}`,
      `Somebody changed it at the provider, or the files here. vocero provision --dry-run shows both. ${PROVISION}`,
    );
  },
};
