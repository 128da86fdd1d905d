import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { ALARM_KINDS } from '../../domain/alarm-kinds.ts';
import { dashboards, expressions, readPromql, rules } from './expressions.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const headings = (page: string): string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

/** Prometheus' own tool, from PATH or as PROMTOOL names it. */
const promtool = process.env.PROMTOOL ?? 'promtool';
const withPromtool = spawnSync(promtool, ['--version']).status === 0 ? it : it.skip;

describe('the alert rules', () => {
  it('have one alert for each alarm of the runbook', () => {
    const ofAlarms = rules.filter(({ labels }) => labels.alarm !== undefined);
    expect(ofAlarms.map(({ labels }) => labels.alarm).sort()).toEqual([...ALARM_KINDS].sort());
    for (const { expr, labels } of ofAlarms) expect(expr).toContain(`vocero_alarms{kind="${labels.alarm}"}`);
  });

  it('have different names, a severity, and a place in the runbook that is there', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    const places = headings(read('docs/runbook.md')).map((heading) => `docs/runbook.md#${heading}`);
    for (const { alert, labels, annotations } of rules) {
      expect([alert, labels.severity]).toEqual([alert, expect.stringMatching(/^(page|ticket)$/)]);
      expect([alert, annotations.summary.length > 0 && annotations.description.length > 0]).toEqual([alert, true]);
      expect([alert, places.includes(annotations.runbook)]).toEqual([alert, true]);
    }
  });

  it('are named in the runbook where they have a threshold', () => {
    const runbook = read('docs/runbook.md');
    const signs = rules.filter(({ labels }) => labels.alarm === undefined);
    expect(signs.filter(({ alert }) => !runbook.includes(`\`${alert}\``)).map(({ alert }) => alert)).toEqual([]);
    const named = [...runbook.matchAll(/`(Vocero[A-Za-z]+)`/g)].map((match) => match[1]!);
    expect(named.filter((name) => !rules.some(({ alert }) => alert === name))).toEqual([]);
  });

  withPromtool('are accepted by promtool', () => {
    for (const what of [
      'rules deploy/prometheus/rules.yml',
      'config deploy/prometheus/prometheus.yml',
      'config deploy/prometheus/kubernetes.yml',
    ]) {
      const { status, stdout, stderr } = spawnSync(promtool, ['check', ...what.split(' ')], {
        cwd: root,
        encoding: 'utf8',
      });
      expect([status, stdout, stderr]).toEqual([0, expect.stringContaining('SUCCESS'), expect.anything()]);
    }
  });

  withPromtool('fire when their alarm is raised, and only then', () => {
    const ofAlarms = rules.filter(({ labels }) => labels.alarm !== undefined);
    const folder = mkdtempSync(join(tmpdir(), 'vocero-rules-'));
    const tests = ofAlarms.map(({ alert, labels, annotations }, n) => ({
      interval: '1m',
      // Every other alarm is raised in the same minute: none of them may set off this one.
      input_series: ALARM_KINDS.map((kind) => ({
        series: `vocero_alarms{kind="${kind}", instance="a"}`,
        values: kind === labels.alarm && n % 2 === 0 ? '0x10 1x200' : kind === labels.alarm ? '0x400' : '0x10 1x200',
      })),
      alert_rule_test: [
        { eval_time: '9m', alertname: alert, exp_alerts: [] },
        {
          eval_time: '15m',
          alertname: alert,
          exp_alerts: n % 2 === 0 ? [{ exp_labels: labels, exp_annotations: annotations }] : [],
        },
        { eval_time: '90m', alertname: alert, exp_alerts: [] },
      ],
    }));
    const file = join(folder, 'alarms.json');
    writeFileSync(file, JSON.stringify({ rule_files: [join(root, 'deploy/prometheus/rules.yml')], tests }));
    const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true, force: true });
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });
});

describe('the rules with a threshold', () => {
  withPromtool('fire beyond it and not below, however many processes show the same', () => {
    const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', 'test/observe/signs.yml'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });
});

describe('dashboards and rules', () => {
  it('are written in PromQL', () => {
    expect(expressions.length).toBeGreaterThan(100);
    expect(readPromql('sum(rate(x[5m])').wrong).toBeDefined();
    expect(expressions.filter(({ promql }) => readPromql(promql).wrong).map(({ at }) => at)).toEqual([]);
  });
});

describe('the dashboards', () => {
  it('are found by their own names, and are the four that docs/observability.md lists', () => {
    expect(dashboards.map(({ uid }) => uid).sort()).toEqual([
      'vocero-bookings',
      'vocero-bridge',
      'vocero-lines',
      'vocero-workers',
    ]);
    const page = read('docs/observability.md');
    for (const { title, tags } of dashboards) {
      expect(page).toContain(title);
      expect(tags).toContain('vocero');
    }
  });

  it('have panels that do not overlap, each with an id, a title and data', () => {
    for (const { title, panels } of dashboards) {
      expect([title, new Set(panels.map(({ id }) => id)).size]).toEqual([title, panels.length]);
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, n) => `${x + (n % w)}/${y + Math.floor(n / w)}`),
      );
      expect([title, new Set(cells).size]).toEqual([title, cells.length]);
      for (const panel of panels) {
        expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24);
        expect([title, panel.title !== '']).toEqual([title, true]);
        if (panel.type !== 'row') expect([panel.title, panel.targets?.length]).not.toEqual([panel.title, 0]);
      }
    }
  });

  it('ask only data sources that are provisioned', () => {
    const provisioned = [
      ...read('deploy/grafana/provisioning/datasources/vocero.yml').matchAll(/^ {4}uid: (\w+)$/gm),
    ].map((match) => match[1]!);
    const asked = dashboards.flatMap(({ panels }) =>
      panels.flatMap(({ targets = [], datasource }) => [datasource, ...targets.map((target) => target.datasource)]),
    );
    expect(asked.filter((one) => one && !provisioned.includes(one.uid))).toEqual([]);
  });
});
