import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { BODY_BYTES } from '../../api/batch-body.ts';

const read = (path: string): string => readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8');
const nginx = read('nginx/vocero.conf');
const caddy = read('caddy/Caddyfile');
const annotations: Record<string, string> = parse(read('kubernetes/ingress.yaml')).metadata.annotations;
const ofIngress = (name: string): string => annotations[`nginx.ingress.kubernetes.io/${name}`]!;
const settingOf = (text: string, name: string): string => new RegExp(`^\\s*${name}\\s+(.*?);?$`, 'm').exec(text)![1]!;
const number = (text: string): number => Number.parseInt(text, 10);

/** The contract bounds a call to an hour. */
const LONGEST_CALL_S = 3600;
const MEGABYTE = 1_000_000;

describe('the examples of proxies', () => {
  it('take the largest body that the API takes', () => {
    for (const most of [
      settingOf(nginx, 'client_max_body_size'),
      settingOf(caddy, 'max_size'),
      ofIngress('proxy-body-size'),
    ])
      expect(number(most) * MEGABYTE).toBeGreaterThanOrEqual(BODY_BYTES);
  });

  it('let the stream of a call live as long as the longest call', () => {
    for (const name of ['proxy_read_timeout', 'proxy_send_timeout'])
      expect(number(settingOf(nginx, name))).toBeGreaterThan(LONGEST_CALL_S);
    for (const name of ['proxy-read-timeout', 'proxy-send-timeout'])
      expect(number(ofIngress(name))).toBeGreaterThan(LONGEST_CALL_S);
    expect(number(settingOf(caddy, 'stream_close_delay')) * 60).toBeGreaterThan(LONGEST_CALL_S);
  });

  it('hold nothing back, pass the name on that providers sign, and let streams through', () => {
    expect(settingOf(nginx, 'proxy_buffering')).toBe('off');
    expect(settingOf(nginx, 'proxy_set_header Host')).toBe('$host');
    expect(settingOf(nginx, 'proxy_set_header Upgrade')).toBe('$http_upgrade');
    expect(ofIngress('proxy-buffering')).toBe('off');
    expect(settingOf(caddy, 'flush_interval')).toBe('-1');
  });
});

it('nginx logs no secret address of a feed, and nobody that was searched for', () => {
  expect(settingOf(nginx, 'access_log')).toMatch(/ if=\$vocero_logged$/);
  const map = /map \$request_uri \$vocero_logged \{([^}]*)\}/.exec(nginx)![1]!;
  const left = [...map.matchAll(/~\*(\S+)\s+0;/g)].map(([, pattern]) => new RegExp(pattern!, 'i'));
  const isLogged = (uri: string): boolean => !left.some((pattern) => pattern.test(uri));
  const kept = [
    '/calendar/secret.ics',
    '/v1/bookings?q=Meyer',
    '/v1/bookings?limit=1&q=Meyer',
    '/v1/numbers?typed=%2B49',
  ];
  expect(kept.filter(isLogged)).toEqual([]);
  expect(isLogged('/v1/bookings?limit=1&status=queued')).toBe(true);
});

describe('the systemd unit', () => {
  const unit = read('systemd/vocero.service');
  const setting = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)![1]!;

  it('starts what npm start starts, as a user without rights, and waits until it has stopped', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(`node ${setting('ExecStart').split('/bin/node ')[1]}`).toBe(scripts.start);
    expect(setting('User')).toBe('vocero');
    expect(setting('CapabilityBoundingSet')).toBe('');
    // The stages of a stop have 31.5 s.
    expect(number(setting('TimeoutStopSec'))).toBeGreaterThan(32);
    expect(setting('KillMode')).toBe('mixed');
  });
});
