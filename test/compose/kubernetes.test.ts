import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { ELEVENLABS_NEEDS, TWILIO_NEEDS } from '../../config/mode.ts';
import { FIELDS } from '../../config/schema.ts';

interface Scraped {
  job_name: string;
  dns_sd_configs: [{ names: string[]; type: string; port: number }];
}

const FOLDER = new URL('../../deploy/kubernetes/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

interface Container {
  image: string;
  command: string[];
  envFrom: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  env?: { name: string; value?: string }[];
  ports: { name: string; containerPort: number }[];
  securityContext: object;
  resources: { limits: { memory: string } };
  [probe: string]: unknown;
}
interface Resource {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec: {
    replicas?: number;
    selector?: { matchLabels: Record<string, string> } & Record<string, string>;
    ports?: { name: string; targetPort: string }[];
    minAvailable?: number;
    maxUnavailable?: number;
    rules?: { host: string; http: { paths: { backend: { service: { name: string } } }[] } }[];
    template?: {
      metadata: { labels: Record<string, string> };
      spec: {
        terminationGracePeriodSeconds: number;
        securityContext: object;
        automountServiceAccountToken: boolean;
        containers: Container[];
      };
    };
  };
}

const kustomization: { namespace: string; resources: string[]; images: { name: string; newTag: string }[] } = parse(
  read('kustomization.yaml'),
);
const inFile = (name: string): Resource[] =>
  parseAllDocuments(read(name)).map((document) => document.toJS() as Resource);
const resources = kustomization.resources.flatMap(inFile);
const of = (kind: string): Resource[] => resources.filter((one) => one.kind === kind);
const workloads = resources.filter(({ spec }) => spec?.template !== undefined);
const partOf = ({ spec }: Resource): string => spec.template!.metadata.labels['app.kubernetes.io/component']!;
const [secrets] = inFile('secrets.example.yaml');

describe('the manifests for Kubernetes', () => {
  it('are all listed, but for the template of the secret', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
    expect(files.sort()).toEqual([...kustomization.resources, 'kustomization.yaml', 'secrets.example.yaml'].sort());
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(kustomization.images).toEqual([expect.objectContaining({ name: 'vocero', newTag: version })]);
  });

  it('run API, workers and bridges apart, each with more than one pod and a budget that keeps one', () => {
    expect(workloads.map((one) => [partOf(one), one.spec.replicas])).toEqual([
      ['api', 2],
      ['worker', 2],
      ['bridge', 2],
    ]);
    for (const one of workloads) {
      const labels = one.spec.template!.metadata.labels;
      expect(one.spec.selector!.matchLabels).toEqual(labels);
      const budget = of('PodDisruptionBudget').find(({ metadata }) => metadata.name === one.metadata.name)!;
      expect(budget.spec.selector!.matchLabels).toEqual(labels);
      expect(budget.spec.minAvailable ?? budget.spec.maxUnavailable).toBe(1);
    }
  });

  it.each(workloads.map((one) => [partOf(one), one] as const))(
    'let the %s do nothing that it does not need',
    (_, one) => {
      const { securityContext, automountServiceAccountToken, containers } = one.spec.template!.spec;
      expect(automountServiceAccountToken).toBe(false);
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const { securityContext: own, resources: needs, command } of containers) {
        expect(own).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(needs.limits.memory).toBe('1Gi');
        expect(command.at(-1)).toMatch(new RegExp(`^processes/${partOf(one)}\\.ts$`));
        expect(() => readFileSync(new URL(`../../${command.at(-1)}`, import.meta.url))).not.toThrow();
      }
    },
  );

  it.each(workloads.map((one) => [partOf(one), one] as const))('probe the %s at a port that it has', (_, one) => {
    const [container] = one.spec.template!.spec.containers;
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      const { httpGet } = container![probe] as { httpGet: { path: string; port: string } };
      expect(httpGet.path).toBe('/healthz');
      expect(container!.ports.map(({ name }) => name)).toContain(httpGet.port);
    }
  });

  it('give each part the time that it needs to stop', () => {
    const drain = FIELDS.shape.BRIDGE_DRAIN_SECONDS.parse(undefined);
    const seconds = Object.fromEntries(
      workloads.map((one) => [partOf(one), one.spec.template!.spec.terminationGracePeriodSeconds]),
    );
    expect(seconds.bridge).toBeGreaterThanOrEqual(drain + 30);
    expect(seconds.worker).toBeGreaterThanOrEqual(60);
    expect(seconds.api).toBeGreaterThanOrEqual(30);
  });

  it('set what live mode needs, by names that the product knows, and secrets in the secret alone', () => {
    const settings = Object.keys(of('ConfigMap')[0]!.data!);
    const secret = Object.keys(secrets!.stringData!);
    const own = workloads.flatMap((one) => one.spec.template!.spec.containers.flatMap(({ env = [] }) => env));
    const known = [...Object.keys(FIELDS.shape), 'TEMPORAL_ADDRESS', 'POD_NAME'];
    const named = [...settings, ...secret, ...own.map(({ name }) => name)];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    expect([...settings, ...secret]).toEqual(
      expect.arrayContaining([
        ...[...TWILIO_NEEDS, ...ELEVENLABS_NEEDS],
        ...['DATABASE_URL', 'HASH_KEY', 'CALLBACK_SECRET', 'PUBLIC_URL', 'TEMPORAL_ADDRESS', 'API_KEYS'],
      ]),
    );
    expect(settings.filter((name) => /TOKEN|KEY|SECRET|DATABASE_URL/.test(name))).toEqual([]);
    for (const one of workloads)
      expect(one.spec.template!.spec.containers[0]!.envFrom).toEqual([
        { configMapRef: { name: of('ConfigMap')[0]!.metadata.name } },
        { secretRef: { name: secrets!.metadata.name } },
      ]);
  });

  it('serve metrics on a port of every pod that the ingress cannot reach, and Prometheus asks all of them', () => {
    const port = Number(of('ConfigMap')[0]!.data!.METRICS_PORT);
    const { scrape_configs } = parse(readFileSync(new URL('../prometheus/kubernetes.yml', FOLDER), 'utf8'));
    const asked = (scrape_configs as Scraped[]).map(({ job_name, dns_sd_configs: [of] }) => ({ job_name, ...of }));
    expect(asked.map(({ job_name }) => job_name)).toEqual(workloads.map((one) => `vocero-${partOf(one)}`));
    const public_ = of('Ingress')[0]!.spec.rules!.map(({ http }) => http.paths[0]!.backend.service.name);
    for (const [i, one] of workloads.entries()) {
      const [{ ports, env = [] }] = one.spec.template!.spec.containers as [Container];
      expect(ports).toContainEqual({ name: 'metrics', containerPort: port });
      expect(env.map(({ name }) => name)).not.toContain('WORKER_METRICS_PORT');
      const service = of('Service').find(({ metadata }) => metadata.name === `vocero-${partOf(one)}-metrics`)!;
      expect(service.spec).toMatchObject({
        clusterIP: 'None',
        ports: [{ name: 'metrics', port, targetPort: 'metrics' }],
      });
      expect(service.spec.selector).toEqual(one.spec.template!.metadata.labels);
      const name = `${service.metadata.name}.${kustomization.namespace}.svc.cluster.local`;
      expect(asked[i]).toMatchObject({ names: [name], type: 'A', port });
    }
    const open = of('Service').filter(({ spec }) => spec.ports!.some(({ targetPort }) => targetPort === 'metrics'));
    expect(open.map(({ metadata }) => metadata.name).filter((name) => public_.includes(name))).toEqual([]);
    for (const name of public_)
      expect(of('Service').find(({ metadata }) => metadata.name === name)!.spec.ports).toMatchObject([
        { targetPort: 'http' },
      ]);
  });

  it('give each bridge a name of its own, which leads to its pod and no other', () => {
    const bridge = workloads.find((one) => partOf(one) === 'bridge')!;
    const { value } = bridge.spec.template!.spec.containers[0]!.env!.find(({ name }) => name === 'BRIDGE_PUBLIC_URL')!;
    const rules = of('Ingress')[0]!.spec.rules!;
    for (let i = 0; i < bridge.spec.replicas!; i++) {
      const pod = `${bridge.metadata.name}-${i}`;
      const host = new URL(value!.replace('$(POD_NAME)', pod)).host;
      const { service } = rules.find((rule) => rule.host === host)!.http.paths[0]!.backend;
      const target = of('Service').find(({ metadata }) => metadata.name === service.name)!;
      expect(target.spec.selector).toMatchObject({ 'statefulset.kubernetes.io/pod-name': pod });
    }
    const api = rules.find(({ host }) => host === new URL(of('ConfigMap')[0]!.data!.PUBLIC_URL!).host)!;
    expect(api.http.paths[0]!.backend.service.name).toBe('vocero-api');
    expect(of('ConfigMap')[0]!.data!.BRIDGE_PUBLIC_URL).not.toBe(of('ConfigMap')[0]!.data!.PUBLIC_URL);
  });
});
