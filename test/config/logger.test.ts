import { expect, it } from '@jest/globals';
import { createLogger } from '../../config/logger.ts';

it('a line about a call names its booking too', () => {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger({ log: { level: 'info' } }, 'test', { write: (line) => void lines.push(JSON.parse(line)) });
  log.info({ call_id: 'bk_abcd1234.2', status: 'ringing' }, 'call status');
  log.info({ call_id: 'bk_abcd1234.1', booking_id: 'bk_other123' }, 'its own word stands');
  log.info({ call_id: 'nonsense' }, 'no call of ours');
  expect(lines.map(({ booking_id }) => booking_id)).toEqual(['bk_abcd1234', 'bk_other123', undefined]);
  expect(lines.map(({ part }) => part)).toEqual(['test', 'test', 'test']);
});

it('no line holds the secret address of a calendar feed, whatever wrote it', () => {
  const token = 'Zk9-_'.repeat(8);
  const lines: string[] = [];
  const log = createLogger({ log: { level: 'info' } }, 'test', { write: (line) => void lines.push(line) });
  log.info({ url: `/calendar/${token}.ics` }, `GET https://vocero.example/calendar/${token}.ics`);
  const written = lines.join('');
  expect(written).toMatch('https://vocero.example/calendar/[secret].ics');
  expect(written).not.toMatch(token);
});

it('no line holds the key of the collector of traces', () => {
  const lines: string[] = [];
  const headers = { authorization: 'Bearer collector-key-81f2', 'x-team': 'team-secret-55aa' };
  const tracing = {
    endpoint: 'https://otlp.example',
    protocol: 'http/protobuf' as const,
    headers,
    resourceAttributes: {},
    share: 1,
  };
  const config = { log: { level: 'info' }, tracing } as const;
  const log = createLogger(config, 'test', { write: (line) => void lines.push(line) });
  log.warn({ reason: 'refused: Bearer collector-key-81f2' }, 'could not export traces: x-team=team-secret-55aa');
  log.warn({ reason: 'key collector-key-81f2' }, 'could not export traces');
  expect(lines.join('')).toMatch(/\[secret\]/);
  expect(lines.join('')).not.toMatch(/collector-key-81f2|team-secret-55aa/);
});
