import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { FIRST_INBOUND } from '../domain/ids.ts';

/**
 * True for rows of attempts. A call of the business after the outcome is not an attempt: its talk does not replace the talk that the outcome
 * rests on.
 */
export const isOfAttempt = (table: 'turns' | 'recordings'): RawBuilder<SqlBool> => {
  const { call_id, number } = { call_id: sql.ref(`${table}.call_id`), number: sql.ref(`${table}.number`) };
  return sql<SqlBool>`(${number} < ${sql.lit(FIRST_INBOUND)} or exists (select 1 from attempts where attempts.call_id = ${call_id}))`;
};
