import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { ELEVENLABS_NEEDS, TWILIO_NEEDS } from '../../config/mode.ts';
import { FIELDS } from '../../config/schema.ts';

interface Service {
  image: string;
  environment?: Record<string, string | null>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: object;
  restart?: string;
  ports?: string[];
  stop_grace_period?: string;
  volumes?: string[];
  logging?: object;
  profiles?: string[];
  entrypoint?: string[];
}

/** The results of `vocero provision`. */
const PROVISIONED = [
  ...['ELEVENLABS_AGENT_ID', 'ELEVENLABS_RECEPTIONIST_AGENT_ID', 'ELEVENLABS_PHONE_NUMBER_ID'],
  ...['ELEVENLABS_WEBHOOK_SECRET', 'ELEVENLABS_TOOL_SECRET'],
];

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const text = read('docker-compose.yml');
const compose: { services: Record<string, Service>; volumes: Record<string, unknown> } = parse(text, { merge: true });
const services = Object.entries(compose.services);
const names = (pick: (service: Service) => boolean) =>
  services.filter(([, service]) => pick(service)).map(([name]) => name);

describe('docker-compose.yml', () => {
  it('is valid by the compose specification’s JSON schema', () => {
    // The schema of the specification, as the linter dclint ships it (its $schema URL is one that Ajv knows by another spelling).
    const { $schema, ...schema } = JSON.parse(read('node_modules/dclint/schemas/compose.schema.json'));
    expect($schema).toContain('draft-07');
    const ajv = new Ajv({ strict: false, allErrors: true });
    (addFormats as unknown as (ajv: Ajv) => void)(ajv);
    const validate = ajv.compile(schema);
    expect(validate({ services: { api: { image: 'x', nonsense: true } } })).toBe(false);
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  it('depends only on services that are there, and on conditions that they can meet', () => {
    for (const [name, service] of services) {
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect([name, other, other in compose.services]).toEqual([name, other, true]);
        const needed = compose.services[other]!;
        if (condition === 'service_healthy') expect([other, !!needed.healthcheck]).toEqual([other, true]);
        else
          expect([other, condition, needed.restart]).toEqual([other, 'service_completed_successfully', 'on-failure:6']);
      }
    }
  });

  it('has a health check on everything that keeps running, but for what nothing waits for', () => {
    expect(names((service) => service.restart === 'unless-stopped' && !service.healthcheck)).toEqual([
      'temporal-ui',
      // Its image has no program that could ask.
      'tempo',
    ]);
  });

  it.each(['api', 'bridge'])('gives the %s the time that its live talks have, and half a minute more', (name) => {
    const drainSeconds = FIELDS.shape.BRIDGE_DRAIN_SECONDS.parse(undefined);
    expect(Number.parseInt(compose.services[name]!.stop_grace_period!, 10)).toBeGreaterThanOrEqual(drainSeconds + 30);
  });

  it('bounds the log of every service, and what the product may write and use', () => {
    for (const [name, { logging }] of services)
      expect([name, logging]).toEqual([name, { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } }]);
    for (const name of ['api', 'worker', 'bridge', 'vocero'])
      expect([name, compose.services[name]]).toEqual([
        name,
        expect.objectContaining({
          read_only: true,
          tmpfs: ['/tmp:size=64m'],
          cap_drop: ['ALL'],
          mem_limit: expect.anything(),
          pids_limit: expect.any(Number),
        }),
      ]);
  });

  it('has the commands of the product, which need nothing that only they can make', () => {
    const { vocero, api } = compose.services;
    expect(vocero).toMatchObject({ profiles: ['tools'], entrypoint: ['/usr/bin/tini', '--', 'vocero'] });
    expect(vocero!.image).toBe(api!.image);
    const needed = [...text.matchAll(/\$\{([A-Z_]+):\?/g)].map((match) => match[1]!);
    expect(needed).toEqual(expect.arrayContaining(['TWILIO_ACCOUNT_SID', 'ELEVENLABS_API_KEY', 'PUBLIC_URL']));
    expect(needed.filter((name) => PROVISIONED.includes(name))).toEqual([]);
    expect(read('Dockerfile')).toMatch(/ln --symbolic \/app\/processes\/vocero\.mjs \/usr\/local\/bin\/vocero/);
  });

  it('pins every image to an exact version, and the Dockerfile too', () => {
    const images = [
      ...services.map(([, { image }]) => image),
      ...[...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map((match) => match[1]!),
    ];
    for (const image of images)
      expect(image).toMatch(/^(vocero:\$\{VOCERO_VERSION:-\d+\.\d+\.\d+\}|[a-z/-]+:v?\d+\.\d+(\.\d+)?(-[a-z-]+)?)$/);
  });

  it('takes every secret from the environment, and refuses to start without it', () => {
    const secret = /PASSWORD|PWD|SECRET|TOKEN|_KEYS?$/;
    const given = services.flatMap(([name, { environment }]) =>
      Object.entries(environment ?? {}).map(([key, value]) => ({ name, key, value })),
    );
    const secrets = given.filter(({ key }) => secret.test(key));
    expect(secrets.length).toBeGreaterThan(10);
    // Made by the product itself when it is not given, an encryption that need not be, and what changes keys.
    const optional = [
      ...['CALLBACK_SECRET', 'CALLBACK_SECRET_PREVIOUS', 'LOST_KEYS', 'PAYLOAD_ENCRYPTION_KEY', 'VOCERO_KEY'],
      // Compose demands a variable in every profile or in none: Grafana's own start demands its password.
      'GF_SECURITY_ADMIN_PASSWORD',
      // `vocero provision` makes these, in a container of this file. Until then the product itself refuses, with words.
      ...['ELEVENLABS_WEBHOOK_SECRET', 'ELEVENLABS_TOOL_SECRET'],
    ];
    for (const { key, value } of secrets) {
      expect([key, value]).toEqual([
        key,
        expect.stringMatching(optional.includes(key) ? /^\$\{[A-Z_]+:-\}$/ : /^\$\{[A-Z_]+:\?[^}]+\}$/),
      ]);
    }
    expect(text).not.toMatch(/:\/\/[^\s:/]+:[^$\s]+@/);
  });

  it('gives the product what live mode needs, by names that the product knows', () => {
    for (const service of ['api', 'worker']) {
      const variables = Object.keys(compose.services[service]!.environment!);
      expect(variables).toEqual(
        expect.arrayContaining([
          ...TWILIO_NEEDS,
          ...ELEVENLABS_NEEDS,
          'DATABASE_URL',
          'PUBLIC_URL',
          'HASH_KEY',
          'TEMPORAL_ADDRESS',
        ]),
      );
      const known = [...Object.keys(FIELDS.shape), 'TEMPORAL_ADDRESS'];
      expect(variables.filter((name) => !known.includes(name))).toEqual([]);
    }
    // Sandboxes, the embedded Temporal and the command line have these for themselves.
    const elsewhere = /^(TWILIO_API_BASE_URL|ELEVENLABS_API_BASE_URL|TEMPORAL_PORT|VOCERO_\w+|BRIDGE_ECONOMY)$/;
    const passed = services.flatMap(([, { environment }]) => Object.keys(environment ?? {}));
    const lost = Object.keys(FIELDS.shape).filter((name) => !passed.includes(name) && !elsewhere.test(name));
    expect(lost).toEqual([]);
    expect(compose.services.api!.environment!.API_KEYS).toMatch(/:\?/);
  });

  it('publishes nothing beyond this machine by itself', () => {
    for (const port of services.flatMap(([, { ports }]) => ports ?? []))
      expect(port).toMatch(/^(127\.0\.0\.1|\$\{API_BIND:-127\.0\.0\.1\}):/);
  });

  it('publishes no listener but the API’s, which stands before Temporal’s web page, a bridge’s, and Grafana’s', () => {
    expect(names((service) => (service.ports ?? []).length > 0)).toEqual(['api', 'bridge', 'grafana']);
    const { api, 'temporal-ui': ui, temporal } = compose.services;
    expect(ui).toMatchObject({ network_mode: 'service:api' });
    const script = read('deploy/temporal/start-ui.sh');
    const [host, port] = ['host', 'port'].map((name) => new RegExp(`^${name}: (.*)$`, 'm').exec(script)?.[1]);
    expect(host).toBe('127.0.0.1');
    expect(api!.environment).toMatchObject({ TEMPORAL_UI_SERVER: `http://${host}:${port}` });
    expect(api!.ports).toContain(`127.0.0.1:\${TEMPORAL_UI_PORT:-8233}:${api!.environment!.TEMPORAL_UI_PORT}`);
    expect(temporal!.environment!.DYNAMIC_CONFIG_FILE_PATH).toBe('/deploy/dynamic-config.yaml');
    const dynamic = parse(read('deploy/temporal/dynamic-config.yaml'));
    expect(dynamic['frontend.httpAllowedHosts']).toEqual([{ value: ['nobody.invalid'] }]);
  });

  it('mounts only folders of the repository and volumes that it declares', () => {
    for (const volume of services.flatMap(([, service]) => service.volumes ?? [])) {
      const source = volume.split(':')[0]!;
      if (source.startsWith('./'))
        expect([source, existsSync(new URL(`../../${source}`, import.meta.url))]).toEqual([source, true]);
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
    for (const folder of ['postgres', 'temporal']) {
      const url = new URL(`../../deploy/${folder}/`, import.meta.url);
      for (const script of readdirSync(url).filter((file) => file.endsWith('.sh'))) {
        expect([script, statSync(new URL(script, url)).mode & 0o111]).toEqual([script, 0o111]);
      }
    }
  });
});

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  it('runs as an unprivileged user, under an init, with a health check', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile.indexOf('USER node')).toBeLessThan(dockerfile.indexOf('ENTRYPOINT'));
    expect(dockerfile).toMatch(/^ENTRYPOINT \["\/usr\/bin\/tini", "--"\]$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
  });

  it('takes in no secrets, state or packages of this machine', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.env', '.env.*', '.data', '.git', 'node_modules']));
  });

  it('uses the Node.js that the npm scripts use', () => {
    const { devDependencies } = JSON.parse(read('package.json'));
    expect([...dockerfile.matchAll(/node:([\d.]+)-/g)].map((match) => match[1])).toEqual([
      devDependencies.node,
      devDependencies.node,
      devDependencies.node,
    ]);
  });

  it('brings the console bundled, and leaves behind what bundles it', () => {
    const [packages, console, product] = dockerfile.split(/^FROM /m).slice(1);
    expect(packages).toContain('npm ci --omit=dev');
    expect(console).toMatch(/npm ci (?!--omit)[\s\S]*RUN node scripts\/build-console\.ts/);
    expect(product).toContain('COPY --from=packages /app/node_modules node_modules');
    expect(product).toContain('COPY --from=console /app/console/dist console/dist');
  });

  it('brings the workflows bundled, of the packages and in the folder that they run with', () => {
    const [packages, , product] = dockerfile.split(/^FROM /m).slice(1);
    expect(packages).toMatch(/npm ci --omit=dev[\s\S]*RUN node scripts\/build-workflows\.ts/);
    expect(product).toContain('COPY --from=packages /app/.cache/workflows .cache/workflows');
    for (const stage of [packages, product]) expect(stage).toMatch(/^ENV .*VOCERO_CACHE_DIR=\/app\/\.cache$/m);
  });
});
