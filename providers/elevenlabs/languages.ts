import type { AgentCheck } from './agent-check.ts';

/** ElevenLabs' code of a language: two letters, except for Brazilian Portuguese. */
export function languageCode(language: string): string {
  const tag = language.trim().toLowerCase().replace('_', '-');
  return tag === 'pt-br' ? tag : (tag.split('-')[0] ?? tag);
}

type Speaker = Pick<AgentCheck, 'languages' | 'forbidden_overrides'>;

/** The agent's own code for a language that it speaks: `pt` and `pt-br` replace each other. Undefined: it does not speak the language. */
const nameOf = (code: string, { languages }: Speaker): string | undefined =>
  languages.find((each) => each.toLowerCase() === code) ??
  languages.find((each) => languageCode(each).split('-')[0] === code.split('-')[0]);

const mayBeTold = ({ forbidden_overrides }: Speaker): boolean => !forbidden_overrides.includes('agent.language');

/**
 * The language override of a talk. None when the agent does not speak the language or does not permit the override: such a call fails at
 * the provider. `agent` undefined, or without languages: its settings are unknown, and the booking's language is sent.
 */
export function languageOverride(wanted: string | undefined, agent: Speaker | undefined): string | undefined {
  if (!wanted) return undefined;
  const code = languageCode(wanted);
  if (!agent || agent.languages.length === 0) return code;
  return mayBeTold(agent) ? nameOf(code, agent) : undefined;
}

/** The language of a talk, as far as the agent is known. */
export const talkLanguage = (wanted: string | undefined, agent: Speaker | undefined): string | undefined =>
  languageOverride(wanted, agent) ?? agent?.languages[0] ?? wanted;

/**
 * The language of a talk that cannot be held in `wanted`, by the agent's name for it, and the reason; undefined: it can, or nothing is
 * known.
 */
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
