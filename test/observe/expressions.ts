import { readdirSync, readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

export interface Expression {
  /** Where it stands. */
  at: string;
  promql: string;
}

interface Target {
  expr?: string;
  query?: string;
  datasource?: { uid: string };
}

export interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: Target[];
  datasource?: { uid: string };
  fieldConfig?: object;
}

export interface Dashboard {
  uid: string;
  title: string;
  schemaVersion: number;
  tags: string[];
  panels: Panel[];
  templating: { list: { name: string; definition?: string }[] };
  annotations: { list: Target[] };
}

export interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string; alarm?: string };
  annotations: { summary: string; description: string; runbook: string };
}

export const dashboards: Dashboard[] = readdirSync(new URL('../../deploy/grafana/dashboards/', import.meta.url)).map(
  (file) => JSON.parse(read(`deploy/grafana/dashboards/${file}`)),
);

export const rules: Rule[] = (
  parse(read('deploy/prometheus/rules.yml')) as { groups: { rules: Rule[] }[] }
).groups.flatMap((group) => group.rules);

/** Grafana puts these in before it asks. */
const VARIABLES: [RegExp, string][] = [
  [/\$__(rate_)?interval/g, '5m'],
  [/\$__range/g, '6h'],
  [/\$caller/g, '.+'],
];

export const plain = (expr: string): string =>
  VARIABLES.reduce((text, [variable, value]) => text.replace(variable, value), expr);

export const expressions: Expression[] = [
  ...rules.map(({ alert, expr }) => ({ at: `rule ${alert}`, promql: expr })),
  ...dashboards.flatMap(({ title, panels, annotations, templating }) => [
    ...panels.flatMap((panel) =>
      (panel.targets ?? []).flatMap(({ expr }) =>
        expr ? [{ at: `${title}: ${panel.title}`, promql: plain(expr) }] : [],
      ),
    ),
    ...annotations.list.flatMap(({ expr }) => (expr ? [{ at: `${title}: annotations`, promql: plain(expr) }] : [])),
    ...templating.list.flatMap(({ name, definition }) => {
      const [, metric] = /^label_values\((\w+), \w+\)$/.exec(definition ?? '') ?? [];
      return metric ? [{ at: `${title}: variable ${name}`, promql: metric }] : [];
    }),
  ]),
];

interface Read {
  /** Where it is no PromQL, if anywhere. */
  wrong: string | undefined;
  metrics: string[];
  /** Labels that select or group, with the metrics of their expression. */
  labels: string[];
}

/** What a PromQL expression names. */
export function readPromql(promql: string): Read {
  const metrics: string[] = [];
  const labels: string[] = [];
  let wrong: string | undefined;
  parser.parse(promql).iterate({
    enter(node) {
      const text = promql.slice(node.from, node.to);
      if (node.type.isError) wrong ??= promql.slice(Math.max(0, node.from - 20), node.to + 20);
      if (node.name === 'Identifier') metrics.push(text);
      if (node.name === 'LabelName') labels.push(text);
    },
  });
  return { wrong, metrics, labels };
}
