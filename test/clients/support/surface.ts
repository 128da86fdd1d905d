import { Vocero } from '../../../clients/typescript/src/index.ts';

/** The requests of each method, by the method's name, by the part of the client; '' is the client itself. */
export type Surface = Record<string, Record<string, string[]>>;

const ANSWER = { id: 'x', status: 'completed', outcome: {}, counts: {}, data: [], next_cursor: null };
/** Neither are calls of the API. */
const OTHERS = ['constructor', 'request'];

/** The names of the public methods, also inherited ones. */
function methodsOf(part: object): string[] {
  const names: string[] = [];
  for (let type = Object.getPrototypeOf(part); type !== Object.prototype; type = Object.getPrototypeOf(type)) {
    names.push(...Object.getOwnPropertyNames(type));
  }
  // TypeScript's `protected` ones.
  return [...new Set(names)]
    .filter((name) => !OTHERS.includes(name) && !['path', 'pages', 'isOver'].includes(name))
    .sort();
}

/** Calls every method of the TypeScript client. Nothing is sent anywhere. */
export async function typescriptSurface(): Promise<Surface> {
  let seen: string[] = [];
  const vocero = new Vocero({
    fetch: async (input, init) => {
      const { pathname } = new URL(String(input));
      seen.push(`${init?.method} ${pathname}`);
      return pathname.endsWith('/events') ? new Response(null, { status: 204 }) : Response.json(ANSWER);
    },
  });
  /** An id and a body at once. */
  const any = Object('x');
  const parts = { '': vocero, ...vocero };
  const surface: Surface = {};
  for (const [name, part] of Object.entries(parts)) {
    surface[name] = {};
    for (const method of methodsOf(part)) {
      seen = [];
      const call = part[method as never] as (...args: unknown[]) => unknown;
      const result = call.apply(part, Array(call.length).fill(any));
      if (Object(result)[Symbol.asyncIterator]) for await (const _ of result as AsyncIterable<unknown>);
      else await result;
      surface[name][method] = [...new Set(seen)].sort();
    }
  }
  return surface;
}
