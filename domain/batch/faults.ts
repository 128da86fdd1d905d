import type { z } from 'zod';
import { inWords, UNKNOWN_FIELD } from '../schemas/field-errors.ts';
import type { TextFault } from '../schemas/text.ts';
import { bare, LIKELY_PATHS } from './columns.ts';
import { nearest } from './nearest.ts';
import type { Fault, ProblemCode } from './problems.ts';

/** Unknown fields of one row that are named one by one. */
const MAX_UNKNOWN = 10;
const MISSING = 'is missing: give it in the row, or in defaults';

/** Fields of a row of JSON that no column has. */
const OTHER_FIELDS = [
  'business.opening_hours',
  'request.acceptable',
  'agent.prompt',
  'agent.first_message',
  'escalation',
  'callback_url',
  'metadata',
  'not_before',
  'not_after',
];
const LIKELY = new Map([
  ...LIKELY_PATHS,
  ...OTHER_FIELDS.map((path): [string, string] => [bare(path.slice(path.indexOf('.') + 1)), path]),
]);

function unknown(path: readonly PropertyKey[], keys: readonly string[]): Fault[] {
  const [first] = path;
  const known = path.length === 0 || first === 'business' || first === 'request' || first === 'agent';
  const faults = keys.slice(0, MAX_UNKNOWN).map((key): Fault => {
    const likely = LIKELY.get(nearest(bare(key), [...LIKELY.keys()]));
    const message = known
      ? `is not a known field, and the nearest known one is ${likely}: rename it, remove it, or put it into metadata`
      : UNKNOWN_FIELD;
    return { path: [...path, key], code: 'unknown_column', message };
  });
  const more = keys.length - MAX_UNKNOWN;
  if (more > 0) faults.push({ path: ['row'], code: 'unknown_column', message: `has ${more} more unknown fields` });
  return faults;
}

const paramsOf = (issue: z.core.$ZodIssue): TextFault | undefined =>
  issue.code === 'custom' ? (issue.params?.fault as TextFault | undefined) : undefined;

/** Fields that every row must have. */
const REQUIRED = [
  'business',
  'business.name',
  'business.phone',
  'request',
  'request.service_type',
  'request.user_name',
];

function codeOf(issue: z.core.$ZodIssue): ProblemCode {
  const named = paramsOf(issue);
  if (named) return named;
  const place = issue.path.join('.');
  if (issue.code === 'invalid_type') {
    if (issue.message.endsWith('received undefined')) return 'missing';
    if (issue.message.endsWith('received null') && REQUIRED.includes(place)) return 'missing';
  }
  if (place === 'business.timezone') return 'unknown_timezone';
  if (place === 'business.phone') return 'invalid_number';
  return 'invalid';
}

/** The faults of a row in the words of the bookings' own schema. */
export function faultsOf(error: Pick<z.core.$ZodError, 'issues'>): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') return unknown(issue.path, issue.keys);
    // A name in metadata: its own faults stand inside.
    if (issue.code === 'invalid_key')
      return issue.issues.flatMap((one) => faultsOf({ issues: [{ ...one, path: issue.path }] }));
    const code = codeOf(issue);
    const message = code === 'missing' ? MISSING : `${inWords(issue)}${code === 'too_long' ? ': shorten it' : ''}`;
    return [{ path: issue.path, code, message }];
  });
}
