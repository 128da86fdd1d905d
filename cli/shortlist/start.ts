import { randomUUID } from 'node:crypto';
import type { ShortlistView } from '../../domain/shortlist/view.ts';
import { ApiClient, notTheApi } from '../api-client.ts';
import { bodyFromFile, checkKey, metadataOf } from '../body.ts';
import { badUsage } from '../failure.ts';
import { jsonOf, plain } from '../foreign.ts';
import { bold, dim } from '../ink.ts';
import { placeOnce } from '../place.ts';
import { whereIsApi } from '../where.ts';
import { followShortlist } from './watch.ts';

export interface ShortlistFlags {
  candidate?: string[];
  service?: string;
  user?: string;
  date?: string;
  time?: string;
  requests?: string;
  language?: string;
  decideBy?: string;
  callbackUrl?: string;
  meta?: string[];
  file?: string;
  idempotencyKey?: string;
  wait?: boolean;
  json?: boolean;
}

/** `vocero shortlist start`. Returns the exit code. */
export async function startShortlist(flags: ShortlistFlags): Promise<number> {
  const client = new ApiClient(whereIsApi());
  checkKey(flags.idempotencyKey);
  const body = flags.file ? fromFile(flags) : bodyOf(flags);
  const accepted = await placeOnce(
    flags.idempotencyKey ?? randomUUID(),
    async (sending) => {
      const answer = await client.send<ShortlistView | null>('POST', '/v1/shortlists', body, sending);
      if (typeof answer?.id !== 'string' || !Array.isArray(answer.candidates))
        throw notTheApi(`${client.url} answers with something that is not the shortlist.`);
      return answer;
    },
    { thing: 'shortlist', shows: 'GET /v1/shortlists' },
  );
  const { id } = accepted;
  if (flags.wait === false) {
    console.log(flags.json ? jsonOf(accepted, 2) : plain(id));
    return 0;
  }
  if (!flags.json) {
    console.log(`${bold(plain(id))} is accepted: ${accepted.candidates.length} candidates.`);
    console.log(dim('Ctrl-C stops watching; the shortlist goes on.\n'));
  }
  const exitCode = await followShortlist(client, id, flags.json ? 'silent' : 'text');
  if (flags.json) console.log(jsonOf(await client.send('GET', `/v1/shortlists/${encodeURIComponent(id)}`), 2));
  return exitCode;
}

/** Flags that have no effect beside a body from a file. */
function fromFile({ file, idempotencyKey: _, wait: _wait, json: _json, ...others }: ShortlistFlags): unknown {
  const given = Object.keys(others).map(
    (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  if (given.length > 0)
    throw badUsage(`--file contains the whole body: put ${given.join(', ')} there, or leave it out.`);
  return bodyFromFile(file!);
}

function candidateOf(pair: string): object {
  const at = pair.lastIndexOf('=');
  if (at < 1) throw badUsage(`--candidate ${pair}: write it as name=number, like "Clínica Sur=+541143211234"`);
  return { business: { name: pair.slice(0, at).trim(), phone: pair.slice(at + 1).trim() } };
}

/** The request body for the API, which decides what is valid. */
function bodyOf(flags: ShortlistFlags): unknown {
  const { candidate, service, user, date, time, requests, language, decideBy, callbackUrl, meta } = flags;
  const missing = Object.entries({ '--candidate': candidate, '--service': service, '--user': user })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  if (missing.length > 0) throw badUsage(`Give ${missing.join(', ')}, or --file with the whole body as JSON.`);
  return {
    candidates: candidate!.map(candidateOf),
    request: {
      service_type: service,
      user_name: user,
      ...(date && { preferred_date: date }),
      ...(time && { preferred_time: time }),
      ...(requests && { special_requests: requests }),
    },
    ...(language && { language }),
    ...(decideBy && { decide_by: decideBy }),
    ...(callbackUrl && { callback_url: callbackUrl }),
    ...(meta && { metadata: metadataOf(meta) }),
  };
}
