import { describe, expect, it } from '@jest/globals';
import { readSettings, settingsOfQuery } from '../../domain/batch/settings-of-query.ts';

const DEFAULTS = {
  defaults: {},
  max_concurrent: 5,
  on_invalid: 'reject',
  duplicates: 'reject',
  start: 'now',
  metadata: {},
};
const refused = (read: ReturnType<typeof readSettings>): [string, string][] => {
  if ('settings' in read) throw new Error('accepted');
  return read.refused.map(({ field, message }) => [field, message]);
};

describe('the settings of a batch', () => {
  it('have defaults', () => {
    expect(settingsOfQuery({})).toEqual({ settings: DEFAULTS });
    expect(readSettings({})).toEqual({ settings: DEFAULTS });
  });

  it('mean the same as query and as JSON', () => {
    const settings = {
      name: 'Recall list',
      defaults: { request: { service_type: 'dentista' }, language: 'es', escalation: { native: { max_attempts: 1 } } },
      default_country: 'AR',
      not_before: '2026-12-01T09:00',
      not_after: '2026-12-05T18:00-03:00',
      max_concurrent: 3,
      on_invalid: 'skip',
      duplicates: 'allow',
      start: 'held',
      stop_after_failures: { share: 0.5, of_last: 20 },
      check: `sha256:${'a'.repeat(64)}`,
      callback_url: 'https://client.example/hook',
      metadata: { a: 'b' },
    };
    const query = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [
        name,
        typeof value === 'object' ? JSON.stringify(value) : `${value}`,
      ]),
    );
    expect(settingsOfQuery(query)).toEqual({ settings });
    expect(readSettings(settings)).toEqual({ settings });
  });

  it.each<[Record<string, unknown>, string, RegExp]>([
    [{ max_concurrent: '0' }, 'max_concurrent', /at least 1/],
    [{ max_concurrent: '101' }, 'max_concurrent', /at most 100/],
    [{ max_concurrent: '1e2' }, 'max_concurrent', /number/],
    [{ max_concurrent: '' }, 'max_concurrent', /leave it out/],
    [{ on_invalid: 'ignore' }, 'on_invalid', /reject, skip/],
    [{ start: ['now', 'held'] }, 'start', /once/],
    [{ duplicate: 'skip' }, 'duplicate', /write duplicates/],
    [{ rows: '[]' }, 'rows', /not a known setting/],
    [{ defaults: '{language:es}' }, 'defaults', /JSON/],
    [{ defaults: '[]' }, 'defaults', /an object/],
    [{ metadata: '7' }, 'metadata', /an object/],
    [{ default_country: 'XX' }, 'default_country', /AR/],
    [{ not_before: '2026-12-01' }, 'not_before', /instant/],
    [{ check: 1 }, 'check', /must be text/],
    [{ callback_url: 'ftp://x' }, 'callback_url', /http/],
    [{ stop_after_failures: '{"share":0,"of_last":20}' }, 'stop_after_failures.share', /more than 0/],
    [{ stop_after_failures: '{"share":2,"of_last":20}' }, 'stop_after_failures.share', /at most 1/],
    [{ defaults: '{"request":{"service_type":" "}}' }, 'defaults.request.service_type', /empty/],
    [
      { defaults: '{"escalation":{"native":{"ring_seconds":1}}}' },
      'defaults.escalation.native.ring_seconds',
      /at least 5/,
    ],
    [{ defaults: '{"requests":{}}' }, 'defaults.requests', /spelling/],
    [{ defaults: '{"language":null}' }, 'defaults.language', /text/],
  ])('are refused in words: %j', (query, field, words) => {
    expect(refused(settingsOfQuery(query))).toEqual([[field, expect.stringMatching(words)]]);
  });

  it('are refused all at once', () => {
    const query = { nmae: 'x', max_concurrent: 'many', defaults: '{', start: 'later' };
    expect(refused(settingsOfQuery(query)).map(([field]) => field)).toEqual([
      'nmae',
      'defaults',
      'max_concurrent',
      'start',
    ]);
  });
});
