import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { bodyFromFile, metadataOf } from '../body.ts';
import { badUsage } from '../failure.ts';

export interface BatchFlags {
  settings?: string;
  name?: string;
  service?: string;
  user?: string;
  date?: string;
  time?: string;
  requests?: string;
  language?: string;
  country?: string;
  onInvalid?: string;
  duplicates?: string;
  notBefore?: string;
  notAfter?: string;
  maxConcurrent?: string;
  stopAfter?: string;
  callbackUrl?: string;
  meta?: string[];
  held?: boolean;
}

type Json = Record<string, unknown>;

const given = (entries: Json): Json =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `50%/20`: the share of failed rows, and the number of last rows that it is taken of. */
function stopOf(text: string): Json {
  const [, percent, last] = /^(\d{1,3})\s*%\s*\/\s*(\d{1,4})$/.exec(text.trim()) ?? [];
  if (percent === undefined) throw badUsage(`--stop-after ${text}: write it as 50%/20: half of the last 20 calls`);
  return { share: Number(percent) / 100, of_last: Number(last) };
}

function countOf(text: string): number {
  if (!/^\d{1,4}$/.test(text.trim())) throw badUsage(`--max-concurrent ${text}: give a whole number from 1 to 100`);
  return Number(text);
}

/** The batch's settings: those of the file, with the flags on top. */
export function settingsOf(flags: BatchFlags): Json {
  const file = flags.settings === undefined ? {} : bodyFromFile(flags.settings, '--settings');
  if (!isObject(file)) throw badUsage(`--settings ${flags.settings}: must be a JSON object`);
  const defaults = isObject(file.defaults) ? file.defaults : {};
  const request = {
    ...(isObject(defaults.request) && defaults.request),
    ...given({
      service_type: flags.service,
      user_name: flags.user,
      preferred_date: flags.date,
      preferred_time: flags.time,
      special_requests: flags.requests,
    }),
  };
  const merged = {
    ...defaults,
    ...(Object.keys(request).length > 0 && { request }),
    ...given({ language: flags.language }),
  };
  return {
    ...file,
    ...(Object.keys(merged).length > 0 && { defaults: merged }),
    ...given({
      name: flags.name,
      default_country: flags.country,
      on_invalid: flags.onInvalid,
      duplicates: flags.duplicates,
      not_before: flags.notBefore,
      not_after: flags.notAfter,
      max_concurrent: flags.maxConcurrent === undefined ? undefined : countOf(flags.maxConcurrent),
      stop_after_failures: flags.stopAfter === undefined ? undefined : stopOf(flags.stopAfter),
      callback_url: flags.callbackUrl,
      metadata: flags.meta && metadataOf(flags.meta),
      start: flags.held ? 'held' : undefined,
    }),
  };
}

/** A table as it lies in a file; `-` is standard input. */
export interface Table {
  name: string;
  bytes: Buffer;
}

export function tableFrom(path: string): Table {
  try {
    return path === '-'
      ? { name: 'stdin.csv', bytes: readFileSync(0) }
      : { name: basename(path), bytes: readFileSync(path) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such file: check its name and folder'
        : code === 'EISDIR'
          ? 'is a folder'
          : message;
    throw badUsage(`could not read ${path}: ${why}`);
  }
}

/** The form of a batch, which the API checks as well as accepts. */
export function formOf({ name, bytes }: Table, settings: Json, check?: string): FormData {
  const form = new FormData();
  form.append('settings', JSON.stringify({ ...settings, ...(check && { check }) }));
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'text/csv' }), name);
  return form;
}
