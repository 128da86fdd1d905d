import { Random } from '../random.ts';
import { spoken } from './generate.ts';
import { agree, close, open } from './given.ts';
import { heard } from './noise.ts';
import { makeScene } from './scene.ts';
import { Script } from './script.ts';
import type { AdversaryTalk, Language } from './types.ts';

/** A talk of so many turns, in which the appointment is agreed, moved and agreed again. */
export function longTalk(seed: number, language: Language, turns: number): AdversaryTalk['talk'] {
  const random = new Random(seed);
  const scene = makeScene(random, language, {});
  const script = new Script(random, scene);
  const { slot, other } = scene;
  open(script, 'any', other);
  agree(script, other);
  script.business('move_slot', { slot, other }).agent('accept_hour');
  while (script.turns.length < turns - 6) script.aside(1);
  script.business('give_slot');
  close(script);
  while (script.turns.length < turns) script.aside(1);
  const said = heard(random, script.turns.slice(0, turns), 'clean', scene.tongue);
  return {
    called_on: scene.called,
    request: scene.request,
    turns: spoken(said),
    report: { result: 'confirmed', confirmed_date: slot.day, confirmed_time: slot.hour },
  };
}
