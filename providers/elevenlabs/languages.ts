import type { AgentCheck } from './agent-check.ts';

/** ElevenLabs names languages by two letters; only Brazilian Portuguese has a region. */
export function languageCode(language: string): string {
  const tag = language.trim().toLowerCase().replace('_', '-');
  return tag === 'pt-br' ? tag : (tag.split('-')[0] ?? tag);
}

type Speaker = Pick<AgentCheck, 'languages' | 'forbidden_overrides'>;

/** The agent's own name for a language that it speaks: `pt` and `pt-br` stand in for each other. Undefined: it does not speak it. */
const nameOf = (code: string, { languages }: Speaker): string | undefined =>
  languages.find((each) => each.toLowerCase() === code) ??
  languages.find((each) => languageCode(each).split('-')[0] === code.split('-')[0]);

const mayBeTold = ({ forbidden_overrides }: Speaker): boolean => !forbidden_overrides.includes('agent.language');

/**
 * What is sent as the override of a talk's language. Nothing where the agent does not speak it, or may not be told to: such a call fails at the
 * provider. `agent` undefined, or without languages: it could not be read, and the booking's wish goes out as it is.
 */
export function languageOverride(wanted: string | undefined, agent: Speaker | undefined): string | undefined {
  if (!wanted) return undefined;
  const code = languageCode(wanted);
  if (!agent || agent.languages.length === 0) return code;
  return mayBeTold(agent) ? nameOf(code, agent) : undefined;
}

/** In which language a talk will be held, as far as anything is known of the agent. */
export const talkLanguage = (wanted: string | undefined, agent: Speaker | undefined): string | undefined =>
  languageOverride(wanted, agent) ?? agent?.languages[0] ?? wanted;

/** The language, by the agent's name for it, in which a talk is held because `wanted` cannot be had, and why; undefined: it can, or nothing is known. */
export function languageInstead(
  wanted: string | undefined,
  agent: Speaker | undefined,
): { language: string; because: string } | undefined {
  const own = agent?.languages[0];
  if (!wanted || !agent || !own) return undefined;
  const name = nameOf(languageCode(wanted), agent);
  if (name === own || (name && mayBeTold(agent))) return undefined;
  return {
    language: own,
    because: name
      ? `the agent speaks "${name}", but its settings do not permit the override of its language`
      : `the agent does not speak it, only ${agent.languages.map((each) => `"${each}"`).join(', ')}`,
  };
}
