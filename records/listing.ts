import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { searchText } from '../domain/search-text.ts';
import { SHOWN, viewIn } from './booking-rows.ts';
import { parentColumn } from './booking-search.ts';
import type { Engine } from './engine.ts';
import type { BookingRecords, BookingSearch } from './ports/bookings.ts';
import type { Database } from './tables.ts';

type Listing = Pick<BookingRecords, 'listBookings'>;
type Query = Parameters<BookingRecords['listBookings']>[0];
type Condition = RawBuilder<SqlBool>;

/** Start of a page: entries older than this booking, newest first. */
interface Place {
  created_ms: number | string;
  id: string;
}

/** Index entries that one statement reads, at first and at most, so that its cost does not grow with the table. */
const FIRST_WINDOW = 500;
const MAX_WINDOW = 10_000;
/** An index with this few matching entries is read before any other. */
const FEW = 2_000;
/** An id prefix of this length matches a handful of bookings at most. */
const TELLING_PREFIX = 10;

/**
 * Pages of bookings. Each index `bookings_by_…` begins with one searched column, is in page order, and contains all other filter columns.
 * One of them is read in windows; the rows themselves are read once a page is full.
 */
export const listing = (db: Database, engine: Engine): Listing => ({
  async listBookings(query) {
    const ids = isTellingPrefix(query.search) ? await byPrefix(db, query, engine) : await byEach(db, query, engine);
    if (ids.length === 0) return [];
    const rows = await db
      .selectFrom('bookings')
      .select(['id', 'view_json', 'review_json', 'follow_ups_json'])
      .where('id', 'in', ids)
      .execute();
    const found = new Map(rows.map((row) => [row.id, row]));
    // Skips a booking that was erased meanwhile.
    return ids.flatMap((id) => viewOf(found.get(id)));
  },
});

const viewOf = (row: Parameters<typeof viewIn>[0] | undefined) => (row ? [viewIn(row)] : []);

async function byEach(db: Database, query: Query, engine: Engine): Promise<string[]> {
  const { search } = query;
  if (!search || !('phone_hashes' in search)) return idsIn(await byWindows(db, query, waysOf(query, engine)));
  const { digits } = search;
  // A whole number of some booking is not taken for a part of others; the same on every page.
  const known =
    digits === undefined || (await byHashes(db, { ...query, after: undefined, limit: 1 }, engine)).length > 0;
  return idsIn(known ? await byHashes(db, query, engine) : await byWindows(db, query, waysOf(query, engine)));
}

/** A number may be stored under several hashes: reads a page for each and merges them. */
async function byHashes(db: Database, query: Query, engine: Engine): Promise<Place[]> {
  const hashes = query.search && 'phone_hashes' in query.search ? query.search.phone_hashes : [];
  const pages = hashes.map((hash) => byWindows(db, query, waysOf(query, engine, hash)));
  return inOrder((await Promise.all(pages)).flat()).slice(0, query.limit);
}

async function byWindows(db: Database, query: Query, ways: [Way, ...Way[]]): Promise<Place[]> {
  const { driver, filters } = await fewest(db, ways);
  const found: Place[] = [];
  let from: Place | undefined = query.after && {
    created_ms: Date.parse(query.after.created_at),
    id: query.after.id,
  };
  for (let size = FIRST_WINDOW; ; size = Math.min(size * 4, MAX_WINDOW)) {
    const within = from ? [...driver, before(from)] : driver;
    const end = filters.length > 0 ? await placeAfter(db, within, size) : undefined;
    const conditions = [...within, ...(end ? [notBefore(end)] : []), ...filters];
    found.push(...(await placesOf(db, conditions, query.limit - found.length)));
    if (!end || found.length >= query.limit) return found;
    from = end;
  }
}

/** Of the usable indexes, the first with few entries; else the first. */
async function fewest(db: Database, ways: [Way, ...Way[]]): Promise<Way> {
  if (ways.length > 1) {
    for (const way of ways) if (!(await placeAfter(db, way.driver, FEW))) return way;
  }
  return ways[0];
}

const before = ({ created_ms, id }: Place): Condition => sql<SqlBool>`(created_ms, id) < (${created_ms}, ${id})`;
const notBefore = ({ created_ms, id }: Place): Condition => sql<SqlBool>`(created_ms, id) >= (${created_ms}, ${id})`;

/** The last entry of a window of this size; undefined when there are fewer. */
const placeAfter = (db: Database, conditions: Condition[], size: number): Promise<Place | undefined> =>
  db
    .selectFrom('bookings')
    .select(['created_ms', 'id'])
    .where((eb) => eb.and([SHOWN, ...conditions]))
    .orderBy('created_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .offset(size - 1)
    .executeTakeFirst();

const placesOf = (db: Database, conditions: Condition[], limit: number): Promise<Place[]> =>
  db
    .selectFrom('bookings')
    .select(['created_ms', 'id'])
    .where((eb) => eb.and([SHOWN, ...conditions]))
    .orderBy('created_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

const idsIn = (places: Place[]): string[] => places.map(({ id }) => id);

/** Newest first. */
const inOrder = (places: Place[]): Place[] => places.toSorted((a, b) => (isOlder(b, a) ? -1 : 1));

/** PostgreSQL's driver returns 64-bit integers as strings. */
const isOlder = (a: Place, b: Place): boolean =>
  Number(a.created_ms) < Number(b.created_ms) || (Number(a.created_ms) === Number(b.created_ms) && a.id < b.id);

const isTellingPrefix = (search: BookingSearch | undefined): search is { id_prefix: string } =>
  search !== undefined && 'id_prefix' in search && search.id_prefix.length >= TELLING_PREFIX;

/** All ids with this prefix, by the primary key: they are few. */
async function byPrefix(db: Database, query: Query, engine: Engine): Promise<string[]> {
  const [{ driver, filters }] = waysOf(query, engine);
  const rows = await db
    .selectFrom('bookings')
    .select(['id', 'created_ms'])
    .where((eb) => eb.and([SHOWN, ...filters, ...driver]))
    .execute();
  const { after } = query;
  const from = after && { created_ms: Date.parse(after.created_at), id: after.id };
  return idsIn(inOrder(rows.filter((row) => !from || isOlder(row, from))).slice(0, query.limit));
}

/** `driver`: condition on the first column of the index. `filters`: conditions on its other columns. */
interface Way {
  driver: Condition[];
  filters: Condition[];
}

/**
 * The usable indexes. SQLite, which has no statistics here, must not choose another one for the filters (`+` prevents that), because the
 * window does not bound the cost there.
 */
function waysOf(query: Query, engine: Engine, phoneHash?: string): [Way, ...Way[]] {
  const column = (name: string) => (engine === 'sqlite' ? sql.raw(`+${name}`) : sql.ref(name));
  const { owner, status, channel, result, reviewed, parent, search } = query;
  const asked: { name: string; filter: Condition; driver?: Condition }[] = [];
  for (const [name, value] of Object.entries({ owner, result, status, channel })) {
    if (value === undefined) continue;
    const filter = sql<SqlBool>`${column(name)} = ${value}`;
    asked.push({ name, filter, ...(name !== 'channel' && { driver: sql<SqlBool>`${sql.ref(name)} = ${value}` }) });
  }
  if (reviewed !== undefined) {
    const filter = sql<SqlBool>`${column('reviewed')} = ${Number(reviewed)}`;
    // Without a parameter: it matches a partial index.
    asked.push({ name: 'reviewed', filter, ...(reviewed && { driver: sql<SqlBool>`reviewed = 1` }) });
  }
  if (parent !== undefined) {
    const value = parentColumn(
      'shortlist' in parent
        ? { shortlist: { id: parent.shortlist, candidate: 1 } }
        : { batch: { id: parent.batch, key: '' } },
    );
    asked.push({
      name: 'parent',
      filter: sql<SqlBool>`${column('parent')} = ${value}`,
      driver: sql<SqlBool>`parent = ${value}`,
    });
  }
  const filtersBut = (name?: string): Condition[] =>
    asked.filter((one) => one.name !== name).map(({ filter }) => filter);
  if (isTellingPrefix(search))
    return [
      {
        driver: beginsWith(search.id_prefix, engine),
        filters: [...filtersBut(), ...createdIn(query, column('created_ms'))],
      },
    ];
  const period = createdIn(query, sql.ref('created_ms'));
  if (phoneHash !== undefined)
    return [{ driver: [sql<SqlBool>`phone_hash = ${phoneHash}`, ...period], filters: filtersBut() }];
  const text = search ? contains(search, column) : [];
  // Few bookings have one parent, and only that index has the column.
  const driving = parent === undefined ? asked : asked.filter(({ name }) => name === 'parent');
  const [first, ...others] = driving.flatMap(({ name, driver }) =>
    driver ? [{ driver: [driver, ...period], filters: [...filtersBut(name), ...text] }] : [],
  );
  return first ? [first, ...others] : [{ driver: period, filters: [...filtersBut(), ...text] }];
}

/** Ids are ASCII and are compared byte by byte, whatever the database's collation. */
function beginsWith(prefix: string, engine: Engine): Condition[] {
  const bytes = sql.raw(engine === 'sqlite' ? 'collate binary' : 'collate "C"');
  return [sql<SqlBool>`id ${bytes} >= ${prefix}`, sql<SqlBool>`id ${bytes} < ${`${prefix}\u007f`}`];
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, (found) => `\\${found}`);

/** Every index is in the order of creation, so that a period bounds what is read of it. */
const createdIn = ({ created_from, created_before }: Query, column: RawBuilder<unknown>): Condition[] => [
  ...(created_from === undefined ? [] : [sql<SqlBool>`${column} >= ${Date.parse(created_from)}`]),
  ...(created_before === undefined ? [] : [sql<SqlBool>`${column} < ${Date.parse(created_before)}`]),
];

/** More words say no more about a booking. */
const MAX_WORDS = 8;

function contains(search: BookingSearch, column: (name: string) => RawBuilder<unknown>): Condition[] {
  const like = (name: string, pattern: string) => sql<SqlBool>`${column(name)} like ${pattern} escape '\\'`;
  if ('id_prefix' in search) return [like('id', `${escaped(search.id_prefix)}%`)];
  const words = 'text' in search ? searchText(search.text).split(/\s+/) : [search.digits ?? ''];
  return words.slice(0, MAX_WORDS).map((word) => like('search_name', `%${escaped(word)}%`));
}
