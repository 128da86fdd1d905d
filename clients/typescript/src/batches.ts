import type { EventIn } from './events.ts';
import type * as api from './generated/types.gen.ts';
import type { Pages } from './pages.ts';
import { type CallOptions, type CreateOptions, keyed, part, type Sending, type Transport } from './transport.ts';
import { Watched } from './watched.ts';

export type Batch = api.GetBatchResponse;
export type BatchEvent = EventIn<api.FollowBatchResponse>;
type Listed = api.ListBatchesResponse['data'][number];
type Row = api.ListBatchRowsResponse['data'][number];

/** A batch whose rows are a table (CSV), with all other fields as settings. */
export interface BatchTable {
  /** The file, or its text. */
  table: Blob | string;
  settings?: Omit<api.CreateBatchData['body'], 'rows'>;
}

export type BatchBody = api.CreateBatchData['body'] | BatchTable;

/** Rows for a batch, as a table, or as in JSON. */
export type RowsBody = api.AppendBatchRowsData['body'] | { table: Blob | string; settings?: { check?: string } };

function bodyOf(body: object): unknown {
  if (!('table' in body)) return body;
  const { table, settings = {} } = body as BatchTable;
  const form = new FormData();
  form.set('file', typeof table === 'string' ? new Blob([table], { type: 'text/csv' }) : table, 'table.csv');
  form.set('settings', JSON.stringify(settings));
  return form;
}

/** Lists of businesses to call. */
export class Batches extends Watched<Batch, BatchEvent> {
  constructor(transport: Transport) {
    super(transport, '/v1/batches', true);
  }

  protected isOver({ status }: Batch): boolean {
    return status === 'completed' || status === 'canceled';
  }

  /** Books for every row. Tried again until it is accepted or refused, always with the same key. */
  create(body: BatchBody, options: CreateOptions = {}): Promise<api.CreateBatchResponse> {
    return this.#json('POST', '/v1/batches', { body: bodyOf(body), ...keyed(options) });
  }

  /** Checks a list; nobody is called. */
  check(body: BatchBody, { signal }: CallOptions = {}): Promise<api.CheckBatchResponse> {
    return this.#json('POST', '/v1/batches/check', { body: bodyOf(body), signal, retry: 'any' });
  }

  get(id: string, { signal }: CallOptions = {}): Promise<Batch> {
    return this.#json('GET', this.path(id), { signal });
  }

  /** Newest first. */
  list(query: CallOptions & api.ListBatchesData['query'] = {}): Pages<Listed> {
    return this.pages(query);
  }

  /** In their order. */
  rows(id: string, query: CallOptions & api.ListBatchRowsData['query'] = {}): Pages<Row> {
    return this.pages(query, this.path(id, '/rows'));
  }

  /** Adds rows; those whose key the batch has are passed over, so a repeat adds nothing. */
  append(id: string, rows: RowsBody, { signal }: CallOptions = {}): Promise<api.AppendBatchRowsResponse> {
    return this.#json('POST', this.path(id, '/rows'), { body: bodyOf(rows), signal, retry: 'any' });
  }

  checkRows(id: string, rows: RowsBody, { signal }: CallOptions = {}): Promise<api.CheckBatchRowsResponse> {
    return this.#json('POST', this.path(id, '/rows/check'), { body: bodyOf(rows), signal, retry: 'any' });
  }

  start(id: string, options: CallOptions = {}): Promise<Batch> {
    return this.#command(id, '/start', options);
  }

  /** Nothing new is dialed; live calls go on. */
  pause(id: string, options: CallOptions = {}): Promise<Batch> {
    return this.#command(id, '/pause', options);
  }

  resume(id: string, options: CallOptions = {}): Promise<Batch> {
    return this.#command(id, '/resume', options);
  }

  cancel(id: string, { signal, ...body }: CallOptions & api.CancelBatchData['body'] = {}): Promise<Batch> {
    return this.#json('POST', this.path(id, '/cancel'), { body, signal });
  }

  change(id: string, body: api.ChangeBatchData['body'], { signal }: CallOptions = {}): Promise<Batch> {
    return this.#json('PATCH', this.path(id), { body, signal, retry: 'any' });
  }

  cancelRow(id: string, key: string, { signal }: CallOptions = {}): Promise<api.CancelBatchRowResponse> {
    return this.#json('POST', this.path(id, `/rows/${part(key)}/cancel`), { signal });
  }

  /** Erases a batch that does not run, with its bookings. Repeat it to see the progress. */
  erase(id: string, { signal }: CallOptions = {}): Promise<api.EraseBatchResponse> {
    return this.#json('DELETE', this.path(id), { signal, retry: 'any' });
  }

  /** A table (CSV) of all rows and their results. */
  report(id: string, { signal, ...query }: CallOptions & api.GetBatchReportData['query'] = {}): Promise<string> {
    return this.transport.ask('GET', this.path(id, '/report.csv'), { query, signal }, (response) => response.text());
  }

  #json<T>(method: string, path: string, sending: Sending): Promise<T> {
    return this.transport.json<T>(method, path, sending);
  }

  #command(id: string, command: string, { signal }: CallOptions): Promise<Batch> {
    return this.#json('POST', this.path(id, command), { signal });
  }
}
