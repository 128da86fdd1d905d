import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/**
 * The rooms, the lowest first, and whom each may import besides itself: at run time only rooms that stand above it in this table, so no arrow
 * runs up and no two rooms need each other. `types`: for types only.
 */
const MAY: Record<string, { from: string[]; types?: string[] }> = {
  domain: { from: [] },
  // Published by themselves: they need nothing of the product.
  clients: { from: [] },
  config: { from: ['domain'] },
  tracing: { from: ['domain'] },
  providers: { from: ['domain'] },
  records: { from: ['domain'] },
  callbacks: { from: ['domain'] },
  provision: { from: ['domain', 'config', 'providers'] },
  bridge: { from: ['domain', 'tracing', 'providers', 'records'] },
  workflows: { from: ['domain'], types: ['activities'] },
  temporal: { from: ['domain', 'config', 'workflows/search-attributes.ts'] },
  delivery: {
    from: ['domain', 'tracing', 'providers', 'records', 'temporal', 'workflows/search-attributes.ts'],
    types: ['bridge'],
  },
  accepting: { from: ['domain', 'config', 'tracing', 'records', 'callbacks', 'delivery'] },
  activities: { from: ['domain', 'tracing', 'providers', 'records', 'callbacks', 'bridge', 'delivery', 'accepting'] },
  mcp: { from: ['domain'] },
  api: { from: ['domain', 'config', 'providers', 'records', 'bridge', 'temporal', 'delivery', 'accepting', 'mcp'] },
  worker: {
    from: [
      'domain',
      'config',
      'providers',
      'records',
      'bridge',
      'callbacks',
      'temporal',
      'delivery',
      'accepting',
      'activities',
    ],
  },
  cli: { from: ['domain', 'clients', 'config', 'providers', 'provision', 'records', 'temporal', 'mcp'] },
  console: {
    from: [
      'clients',
      ...['domain/result.ts', 'domain/channels.ts', 'domain/review.ts', 'domain/weekday.ts'],
      ...['domain/batch/lifecycle.ts', 'domain/batch/problems.ts', 'domain/batch/statuses.ts'],
    ],
    types: ['domain'],
  },
  sandbox: { from: [], types: ['domain'] },
  processes: {
    from: [
      'domain',
      'config',
      'tracing',
      'providers',
      'records',
      'bridge',
      'temporal',
      'delivery',
      'accepting',
      'api',
      'worker',
      'cli',
      'sandbox',
    ],
  },
};
/** No rooms of the house: they try it, measure it and set it up, and may look into every room. No room imports them. */
const TOOLS = ['test', 'bench', 'scripts'];
/** Heavy for every new workflow (milliseconds each): never in what workflows reach. */
const HEAVY = [
  'zod',
  'libphonenumber-js',
  'twilio',
  'pino',
  'ws',
  'kysely',
  '@elevenlabs/elevenlabs-js',
  'date-holidays',
  'csv-parse',
];

/** Loaded by processes that export traces. */
const TRACING_SDK = ['sdk-trace', 'exporter-trace-otlp-proto', 'resources', 'core'].map(
  (name) => `@opentelemetry/${name}`,
);

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
  /** By `import()`. */
  later: boolean;
}

const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'],
  {
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file !== '');

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?([^'";]*?from\s+)?'([^']+)'|import\('([^']+)'\)/g,
  );
  return [...found].map((match) => {
    const specifier = match[4] ?? match[5]!;
    const target = specifier.startsWith('.') ? posix.join(dirname(file), specifier) : specifier;
    const later = match[5] !== undefined;
    return { file, target, later, typeOnly: match[2] !== undefined || file.endsWith('.d.ts') };
  });
}

const imports = files.flatMap(importsOf);
const under = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

describe('the house', () => {
  it('has no room that needs one below it', () => {
    const rooms = Object.keys(MAY);
    const up = rooms.flatMap((room, place) =>
      MAY[room]!.from.filter((target) => !rooms.slice(0, place).includes(target.split('/')[0]!)).map(
        (target) => `${room} needs ${target}`,
      ),
    );
    expect(up).toEqual([]);
  });

  it('imports one way', () => {
    const wrong = imports.filter(({ file, target, typeOnly }) => {
      const home = file.split('/')[0]!;
      if (TOOLS.includes(home) || !target.includes('/') || !files.includes(target)) return false;
      const rule = MAY[home];
      if (!rule) return true;
      const allowed = [home, ...rule.from, ...(typeOnly ? (rule.types ?? []) : [])];
      return !allowed.some((place) => under(target, place));
    });
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('has no circle of files, types included', () => {
    const needs = new Map<string, string[]>();
    for (const { file, target } of imports) {
      if (TOOLS.includes(file.split('/')[0]!) || !files.includes(target)) continue;
      needs.set(file, [...(needs.get(file) ?? []), target]);
    }
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, above: string[]): void => {
      if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(' -> '));
      if (done.has(file)) return;
      done.add(file);
      for (const target of needs.get(file) ?? []) visit(target, [...above, file]);
    };
    for (const file of needs.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });

  it('keeps heavy packages out of what every workflow loads', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { target, typeOnly } of importsOf(file)) if (!typeOnly && files.includes(target)) visit(target);
    };
    visit('workflows/index.ts');
    expect(reached.size).toBeGreaterThan(15);
    const heavy = [...reached].flatMap((file) =>
      importsOf(file).filter((one) => !one.typeOnly && HEAVY.includes(one.target)),
    );
    expect(heavy).toEqual([]);
  });

  it('keeps what only builds or sets up out of the process that serves', () => {
    /** A package or program, and the one place that may load it: at once, or (`later`) only when it is needed. */
    const apart = [
      { target: 'worker/make-bundle.ts', by: [] },
      { target: 'esbuild', by: ['api/console/bundle.ts', 'scripts/clients/build-typescript.ts'], later: true },
      { target: '@elevenlabs/elevenlabs-js', by: ['providers/elevenlabs/client.ts'], later: true },
      { target: '@temporalio/testing', by: [] },
      ...TRACING_SDK.map((target) => ({ target, by: ['processes/start-tracing.ts'], later: true })),
    ];
    const wrong = apart.flatMap(({ target, by, later = false }) =>
      imports
        .filter((one) => one.target === target && !one.typeOnly && !/^(test|bench)\//.test(one.file))
        .filter((one) => !by.some((file) => file === one.file) || (later && !one.later)),
    );
    expect(wrong).toEqual([]);
    const bundlers = files.filter((file) => /\bbundleWorkflowCode\b/.test(readFileSync(file, 'utf8')));
    expect(bundlers.filter((file) => !/^(test|bench)\//.test(file))).toEqual(['worker/make-bundle.ts']);
  });

  it('keeps files small', () => {
    const long = files
      .filter((file) => !file.startsWith('test/') && !file.includes('/generated/'))
      .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 401);
    expect(long).toEqual([]);
  });
});
