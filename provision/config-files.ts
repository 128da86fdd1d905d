import { readFileSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ProvisionError } from './error.ts';

/** The repository's folder for them; people edit them there. */
const CONFIG_FOLDER = fileURLToPath(new URL('.', import.meta.url));

const agentIndex = z.object({ agents: z.array(z.object({ config: z.string() })) });
const toolIndex = z.object({ tools: z.array(z.object({ type: z.enum(['webhook', 'client']), config: z.string() })) });
const named = z.looseObject({ name: z.string().min(1) });

export interface ConfigFile {
  /** Relative to the folder, as in the index. */
  path: string;
  name: string;
  /** As in the file, with its `${…}` placeholders. */
  settings: Record<string, unknown>;
}

export interface ToolFile extends ConfigFile {
  type: 'webhook' | 'client';
}

export interface ConfigFiles {
  agents: ConfigFile[];
  tools: ToolFile[];
}

function readJson<T>(folder: string, path: string, schema: z.ZodType<T>): T {
  if (isAbsolute(path) || normalize(path).startsWith('..')) {
    throw new ProvisionError(`${path}: a configuration must be inside ${folder}.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(folder, path), 'utf8'));
  } catch (error) {
    throw new ProvisionError(`${join(folder, path)}: ${(error as Error).message}.`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ProvisionError(`${join(folder, path)}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}.`);
}

/**
 * Reads the configurations of agents and tools. Their format is that of ElevenLabs' own command line: two indexes, and one
 * file for each agent and tool with the JSON for its REST API.
 * @throws ProvisionError that names the file and what is wrong with it.
 */
export function readConfigFiles(folder: string = CONFIG_FOLDER): ConfigFiles {
  const file = (path: string): ConfigFile => {
    const settings = readJson(folder, path, named);
    return { path, name: settings.name, settings };
  };
  return {
    agents: readJson(folder, 'agents.json', agentIndex).agents.map(({ config }) => file(config)),
    tools: readJson(folder, 'tools.json', toolIndex).tools.map(({ type, config }) => ({ ...file(config), type })),
  };
}

/** Placeholders for values that only the set-up knows: `${PUBLIC_URL}`, `${TOOL:report_result}`, `${SECONDS:hold}`. */
const PLACE = /\$\{([A-Z_]+)(?::([^}]+))?\}/g;

type LookUp = (kind: string, name: string | undefined) => string | number | undefined;

/**
 * The settings with every `${…}` filled in. A text that is one placeholder of a number becomes that number.
 * @throws ProvisionError for a placeholder that `lookUp` does not know
 */
export function filledIn<T>(settings: T, lookUp: LookUp): T {
  const known = (place: string, kind: string, name: string | undefined): string | number => {
    const value = lookUp(kind, name);
    if (value === undefined)
      throw new ProvisionError(`${place} is an unknown placeholder: nothing that is set up here has this name.`);
    return value;
  };
  const fill = (text: string): string | number => {
    const [whole] = text.matchAll(PLACE);
    if (whole?.[0] === text) return known(text, whole[1]!, whole[2]);
    return text.replace(PLACE, (place, kind: string, name: string | undefined) => String(known(place, kind, name)));
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each)]));
  };
  return walk(settings) as T;
}
