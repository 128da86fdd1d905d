import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

export const ERAS = ['2026-07-28', '2025'] as const;
export type Era = (typeof ERAS)[number];

type Json = Record<string, unknown>;

/** A tool's answer as a model gets it. */
export interface Told {
  failed: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at any member
  data: any;
  text: string;
}

export interface Assistant {
  client: Client;
  /** Calls so far. */
  readonly calls: number;
  /** Checks the answer against the tool's schema, a failure too, as clients of the first implementation do. */
  call(tool: string, args?: Json, options?: { timeout?: number; signal?: AbortSignal }): Promise<Told>;
  tools(): Promise<string[]>;
}

const formats = addFormats as unknown as (ajv: Ajv) => Ajv;
const open: Client[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
});

async function assistant(transport: Transport, era: Era): Promise<Assistant> {
  const mode = era === '2025' ? ('legacy' as const) : { pin: era };
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(transport);
  open.push(client);
  const ajv = formats(new Ajv({ strict: false, allErrors: true }));
  const { tools } = await client.listTools();
  const validators = new Map(tools.map(({ name, outputSchema }) => [name, ajv.compile(outputSchema!)]));
  let calls = 0;
  return {
    client,
    get calls() {
      return calls;
    },
    async call(name, args = {}, options = {}) {
      calls++;
      const result = await client.callTool({ name, arguments: args }, options);
      const fits = validators.get(name);
      if (fits && !fits(result.structuredContent)) throw new Error(`${name}: ${JSON.stringify(fits.errors)}`);
      const texts = result.content.flatMap((block) => (block.type === 'text' ? [block.text] : []));
      return { failed: result.isError === true, data: result.structuredContent, text: texts.join('\n') };
    },
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
  };
}

/** The official client over HTTP. */
export function overHttp(
  url: string,
  key: string | undefined,
  era: Era = '2026-07-28',
  headers: Record<string, string> = {},
) {
  const own = { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers };
  return assistant(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit: { headers: own } }), era);
}

/** The official client over standard input and output of `vocero mcp`. */
export function overStdio(env: Record<string, string>, cwd: string, era: Era = '2026-07-28') {
  const args = [join(import.meta.dirname, '../../processes/vocero.mjs'), 'mcp'];
  const PATH = process.env.PATH ?? '';
  return assistant(new StdioClientTransport({ command: process.execPath, args, env: { PATH, ...env }, cwd }), era);
}

/** The text between the untrusted marks of an answer, and the text outside of them. */
export function apart(text: string): { inside: string; outside: string } {
  const nonce = /\[untrusted ([0-9a-f]{18})\]/.exec(text)?.[1];
  if (nonce === undefined) return { inside: '', outside: text };
  const inside: string[] = [];
  const begin = `[untrusted ${nonce}]`;
  const end = `[/untrusted ${nonce}]`;
  const outside = text
    .split(begin)
    .map((part, i) => {
      if (i === 0) return part;
      const at = part.indexOf(end);
      inside.push(part.slice(0, at));
      return part.slice(at + end.length);
    })
    .join('');
  return { inside: inside.join('\n'), outside };
}
