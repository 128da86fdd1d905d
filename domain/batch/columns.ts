import { nearest } from './nearest.ts';

/** The columns of a file, each with its place in a booking's request (`key`: the row's own). */
const COLUMNS: Record<string, readonly string[]> = {
  key: ['key'],
  phone: ['business', 'phone'],
  business_name: ['business', 'name'],
  service_type: ['request', 'service_type'],
  user_name: ['request', 'user_name'],
  preferred_date: ['request', 'preferred_date'],
  preferred_time: ['request', 'preferred_time'],
  special_requests: ['request', 'special_requests'],
  timezone: ['business', 'timezone'],
  language: ['language'],
};

const COLUMN_NAMES: readonly string[] = Object.keys(COLUMNS);

const PHONE_ALIASES = ['phone_number', 'number', 'to', 'telefono', 'tel'];

/** Any case, spaces, marks and Unicode form aside: `Teléfono`, `Phone Number` and `phone_number` are found. */
export const bare = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]/gu, '');

const BY_NAME = new Map<string, string>([
  ...COLUMN_NAMES.map((name): [string, string] => [bare(name), name]),
  ...PHONE_ALIASES.map((alias): [string, string] => [bare(alias), 'phone']),
]);

/** Words that people use for a column. They are only suggested: each may mean another thing. */
const MEANS: Record<string, string> = {
  id: 'key',
  clave: 'key',
  celular: 'phone',
  movil: 'phone',
  mobile: 'phone',
  name: 'business_name',
  nombre: 'user_name',
  paciente: 'user_name',
  patient: 'user_name',
  cliente: 'user_name',
  customer: 'user_name',
  negocio: 'business_name',
  empresa: 'business_name',
  company: 'business_name',
  servicio: 'service_type',
  fecha: 'preferred_date',
  dia: 'preferred_date',
  hora: 'preferred_time',
  horario: 'preferred_time',
  notas: 'special_requests',
  notes: 'special_requests',
  comentarios: 'special_requests',
  zonahoraria: 'timezone',
  idioma: 'language',
};
/** Words, in the form of `bare`, that may mean a column, each with the column's name. */
const LIKELY = new Map([...BY_NAME, ...Object.entries(MEANS)]);
/** The same for rows of JSON: each with its place there, such as `business.phone`. */
export const LIKELY_PATHS: ReadonlyMap<string, string> = new Map(
  [...LIKELY].map(([word, name]) => [word, COLUMNS[name]!.join('.')]),
);

/** The name of the column with a place, such as `['business', 'name']`. */
export const columnAt = (place: readonly string[]): string | undefined =>
  COLUMN_NAMES.find((name) => COLUMNS[name]!.join('.') === place.join('.'));

const METADATA = /^\s*metadata\s*\.\s*(.*?)\s*$/isu;
/** As in a booking's `metadata`. */
const MAX_METADATA_NAME = 100;

/** A column of a file. `path`: its place in the row; undefined: the column has no name, and its cells must be blank. */
export interface Column {
  /** The name as the file has it. */
  name: string;
  path?: readonly string[] | undefined;
}

export type ColumnFault = 'unknown_column' | 'too_long';

/** Reads a name of the header, or says why it names no column. */
export function columnOf(written: string): Column | { name: string; code: ColumnFault; message: string } {
  const name = written.replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, '').trim();
  if (name === '') return { name };
  const known = BY_NAME.get(bare(name));
  if (known) return { name, path: COLUMNS[known]! };
  const [, metadata] = METADATA.exec(name.normalize('NFC')) ?? [];
  if (metadata && metadata !== '__proto__') {
    if (metadata.length <= MAX_METADATA_NAME) return { name, path: ['metadata', metadata] };
    const message = `has more than ${MAX_METADATA_NAME} characters after "metadata.": shorten it`;
    return { name, code: 'too_long', message };
  }
  const likely = LIKELY.get(nearest(bare(name), [...LIKELY.keys()]));
  const message = `is not a known column, and the nearest known one is ${likely}: rename it, remove it, or call it metadata.${metadataName(name)} to keep it with the booking`;
  return { name, code: 'unknown_column', message };
}

const metadataName = (name: string): string => name.replace(/^metadata\s*\.?\s*/i, '').slice(0, 40) || 'name';

/** True for a name in a header that is a known column, or one of metadata. */
export const isKnownColumn = (written: string): boolean => (columnOf(written) as Column).path !== undefined;
