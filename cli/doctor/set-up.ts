import { join } from 'node:path';
import { Lock } from '../../provision/lock.ts';
import { provision } from '../../provision/run.ts';
import type { ProvisionSettings } from '../../provision/settings.ts';
import { type Check, fail, KEY, off, ok, type Patient, PROVISION, warn } from './check.ts';

/** At most this many differences are listed. */
const NAMED = 6;

const settingsOf = ({ config }: Patient): ProvisionSettings => ({
  publicUrl: config.publicUrl,
  elevenlabs: config.elevenlabs!,
  twilio: config.twilio,
  holdSeconds: config.holdSeconds,
  inboundCalls: config.inboundCalls,
  folder: join(config.dataDir, 'provision'),
});

/** Everything that provision sets, field by field; the other checks explain the most important fields. */
export const SET_UP: Check = {
  name: 'set-up',
  fix: KEY,
  async look(patient) {
    const settings = settingsOf(patient);
    if (Lock.open(settings.folder, settings.elevenlabs.apiKey).empty)
      return off('vocero provision was not run on this data folder');
    const { steps, failed } = await provision({ settings, dryRun: true, adopt: false, tell() {} });
    if (failed) return fail(`${failed.what}: ${failed.message}`, 'vocero provision --dry-run shows more.');
    const fields = steps.flatMap(({ name, changes }) => changes.map(({ field }) => `${name}: ${field}`));
    if (fields.length === 0) return ok('everything is as in the files in provision/');
    const more = fields.length > NAMED ? ` and ${fields.length - NAMED} more` : '';
    return warn(
      `differs from the files in provision/: ${fields.slice(0, NAMED).join(', ')}${more}`,
      `The settings at the provider, or the files here, were changed. vocero provision --dry-run shows both. ${PROVISION}`,
    );
  },
};
