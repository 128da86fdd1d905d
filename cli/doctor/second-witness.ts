import { ASKED_FIELDS } from '../../providers/index.ts';
import { type Check, callerOf, inside, KEY, ok, PROVISION, warn } from './check.ts';

/** The questions of the agent's analysis after each call: it decides where the words of a talk leave an appointment open. */
export const SECOND_WITNESS: Check = {
  name: 'analysis',
  fix: KEY,
  async look(patient) {
    const asked = inside(await callerOf(patient), 'platform_settings.data_collection');
    const lacks = Object.entries(ASKED_FIELDS).flatMap(([name, type]) =>
      inside(asked, `${name}.type`) === type ? [] : [`${name} (${type})`],
    );
    if (lacks.length === 0) return ok('after each call ElevenLabs says which appointment it heard');
    return warn(
      `ElevenLabs’ analysis is not asked for ${lacks.join(', ')}: if the words of a talk leave the appointment open, a person has to decide`,
      PROVISION,
    );
  },
};
