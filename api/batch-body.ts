import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CheckInput } from '../accepting/batches/check.ts';
import { MAX_BYTES } from '../domain/batch/problems.ts';
import { readSettings, settingsOfQuery } from '../domain/batch/settings-of-query.ts';
import { type BatchSettings, batchRequestSchema } from '../domain/schemas/batch.ts';
import { appendSettingsSchema, batchAppendSchema } from '../domain/schemas/batch-append.ts';
import { acceptJson } from './body-parsers.ts';
import type { App } from './context.ts';
import { largeBodies } from './large-bodies.ts';
import { invalid, Problem } from './problem.ts';
import { bodyRequired, exceptBody, parsed } from './validation.ts';

/** A form has a head, a tail and settings besides its file. */
const FORM_BYTES = 512 * 1_024;
/** Largest body of a batch in any of its forms: a form with a file of the largest size. */
export const BODY_BYTES = MAX_BYTES + FORM_BYTES;

const FORM = 'multipart/form-data';

/** A batch as it was sent: its settings, and its rows or its file. */
export interface SentBatch {
  settings: BatchSettings;
  from: CheckInput['from'];
}

/** The part of a route's schema that stands for such a body. The handler reads body and query itself. */
export const batchBodies = {
  tags: ['batches'],
  security: [{ apiKey: [] }],
  consumes: ['application/json', 'text/csv', FORM],
  querystring: z.looseObject({}),
};

/** Accepts files and forms besides JSON, for the routes of this app. */
export function acceptBatchBodies(app: App): void {
  app.setValidatorCompiler(exceptBody);
  acceptJson(app, MAX_BYTES);
  const read = largeBodies();
  const whole = async (request: FastifyRequest, payload: Readable): Promise<Buffer> =>
    read(payload, request.routeOptions.bodyLimit ?? BODY_BYTES, Number(request.headers['content-length'] ?? 0));
  for (const type of ['text/csv', FORM]) app.addContentTypeParser(type, whole);
}

const typeOf = ({ headers }: Pick<FastifyRequest, 'headers'>): string =>
  (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

/**
 * Reads a batch from a request's body and query.
 * @throws Problem 400, 413 or 422
 */
export async function sentBatch(request: Pick<FastifyRequest, 'headers' | 'body' | 'query'>): Promise<SentBatch> {
  const { body } = request;
  const query = request.query as Record<string, unknown>;
  if (typeOf(request) === FORM) {
    refuseQuery(query, 'send it in the part settings');
    return sentForm(request);
  }
  if (Buffer.isBuffer(body)) {
    const read = settingsOfQuery(query);
    if ('refused' in read) throw invalid(read.refused);
    return { settings: read.settings, from: { file: body } };
  }
  if (body === undefined || body === null) throw bodyRequired();
  refuseQuery(query, 'send it in the body, as the rows are JSON');
  const { rows, ...settings } = parsed(batchRequestSchema, body);
  return { settings, from: { rows } };
}

/** Settings that would be passed over in silence. */
function refuseQuery(query: Record<string, unknown>, remedy: string): void {
  const names = Object.keys(query);
  if (names.length > 0)
    throw invalid(names.map((field) => ({ field, message: `is not read from the URL here: ${remedy}` })));
}

async function sentForm(request: Pick<FastifyRequest, 'headers' | 'body'>): Promise<SentBatch> {
  const { settings, file } = await formParts(request);
  const read = readSettings(settings);
  if ('refused' in read) throw invalid(read.refused);
  return { settings: read.settings, from: { file } };
}

/** The two parts of a form: a table, and settings, which are JSON. */
async function formParts({
  headers,
  body,
}: Pick<FastifyRequest, 'headers' | 'body'>): Promise<{ settings: unknown; file: Uint8Array }> {
  const form = await formOf(headers['content-type']!, body as Buffer);
  const problems = [...new Set(form.keys())]
    .filter((name) => name !== 'file' && name !== 'settings')
    .map((field) => ({ field, message: 'is not a known part: the form has file and settings' }));
  for (const name of ['file', 'settings']) {
    if (form.getAll(name).length > 1) problems.push({ field: name, message: 'is given more than once: give it once' });
  }
  if (problems.length > 0) throw invalid(problems);
  const file = form.get('file');
  if (file === null) throw invalid([{ field: 'file', message: 'is required: the part with the table' }]);
  return { settings: jsonOf(await textOf(form.get('settings'))), file: await bytesOf(file) };
}

/**
 * Reads rows that are added to a batch, in any of the forms in which a batch is sent. The settings of the batch hold for them; only `check`
 * may stand beside them.
 * @throws Problem 400, 413 or 422
 */
export async function sentRows(
  request: Pick<FastifyRequest, 'headers' | 'body' | 'query'>,
): Promise<{ check?: string | undefined; from: CheckInput['from'] }> {
  const { body } = request;
  const query = request.query as Record<string, unknown>;
  if (typeOf(request) === FORM) {
    refuseQuery(query, 'send it in the part settings');
    const { settings, file } = await formParts(request);
    return { ...parsed(appendSettingsSchema, settings), from: { file } };
  }
  if (Buffer.isBuffer(body)) return { ...parsed(appendSettingsSchema, query), from: { file: body } };
  if (body === undefined || body === null) throw bodyRequired();
  refuseQuery(query, 'send it in the body, as the rows are JSON');
  const { rows, check } = parsed(batchAppendSchema, body);
  return { check, from: { rows } };
}

const textOf = async (part: File | string | null): Promise<string> =>
  part === null ? '{}' : typeof part === 'string' ? part : part.text();

const bytesOf = async (part: File | string): Promise<Uint8Array> =>
  typeof part === 'string' ? Buffer.from(part) : new Uint8Array(await part.arrayBuffer());

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid([{ field: 'settings', message: 'must be JSON' }]);
  }
}

async function formOf(type: string, body: Buffer): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch (cause) {
    throw new Problem(400, 'The body is not a form of the announced boundary.', { cause });
  }
}
