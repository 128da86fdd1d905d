/** One page of a list. */
export interface Page<T> {
  data: T[];
  /** Of the next page; null: this is the last. */
  next_cursor: string | null;
}

/** A list: iterate over all of it (`for await`), or read one page. */
export class Pages<T> implements AsyncIterable<T> {
  readonly #read: (cursor: string | undefined) => Promise<Page<T>>;

  constructor(read: (cursor: string | undefined) => Promise<Page<T>>) {
    this.#read = read;
  }

  /** The first page, or the one of `cursor`. */
  page(cursor?: string): Promise<Page<T>> {
    return this.#read(cursor);
  }

  /** All of it at once. */
  async all(): Promise<T[]> {
    const all: T[] = [];
    for await (const one of this) all.push(one);
    return all;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    let cursor: string | undefined;
    do {
      const { data, next_cursor } = await this.page(cursor);
      yield* data;
      cursor = next_cursor ?? undefined;
    } while (cursor !== undefined);
  }
}
