import { type CheckedBatch, type CheckInput, checkBatch } from '../../accepting/batches/check.ts';
import { readSettings } from '../../domain/batch/settings-of-query.ts';

export const NOW = Date.parse('2026-11-30T12:00:00Z');
export const INSTALLATION = { booking: { calling_window: { from: 540, to: 1200 } } } as CheckInput['installation'];
export const HEADER = 'key,phone,business_name,service_type,user_name';
export const row = (n: number): string => `k${n},+54114321${1000 + n},Consultorio ${n},dentista,Ana`;
export const jsonRow = (n: number) => ({
  key: `k${n}`,
  business: { phone: `+54114321${1000 + n}`, name: `Consultorio ${n}` },
  request: { service_type: 'dentista', user_name: 'Ana' },
});

type Changes = Record<string, unknown> & {
  installation?: Partial<CheckInput['installation']>;
  known?: CheckInput['known'];
};

function checkFrom(from: CheckInput['from'], { installation, known, ...changes }: Changes): Promise<CheckedBatch> {
  const read = readSettings(changes);
  if ('refused' in read) throw new Error(JSON.stringify(read.refused));
  return checkBatch({
    settings: read.settings,
    from,
    installation: { ...INSTALLATION, ...installation },
    now: NOW,
    known,
  });
}

export const checkFile = (file: string | Uint8Array | AsyncIterable<Uint8Array>, changes: Changes = {}) =>
  checkFrom({ file: typeof file === 'string' ? Buffer.from(file) : file }, changes);

export const checkRows = (rows: unknown[], changes: Changes = {}) => checkFrom({ rows }, changes);

/** The problems without their words. */
export const places = ({ check }: CheckedBatch) =>
  check.problems.map(({ row: n, line, field, code }) => [n, line, field, code]);
