import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, bigint, customType, json } from 'drizzle-orm/pg-core';

/** Milliseconds since the epoch, UTC. */
export const instant = () => bigint({ mode: 'number' });

/** The order in which rows were written: a clock may go back, this never does. */
export const position = () => bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity();

/** Exact integers: minor units of money, or units of an asset scaled by 10^8. */
export const exact = () => bigint({ mode: 'bigint' });

/**
 * Plain data kept as it was written. `json`, not `jsonb`: jsonb refuses the NUL characters and
 * lone surrogates that people do send, and reorders keys.
 */
export const plain = <T>() => json().$type<T>();

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
  toDriver: (value) => (value.constructor === Uint8Array ? Buffer.from(value) : value),
});

/** NaN sorts above Infinity in Postgres, so one comparison keeps both out. */
export const positive = (column: AnyPgColumn): SQL =>
  sql`${column} > 0 and ${column} < 'Infinity'::float8`;

export const finite = (column: AnyPgColumn): SQL =>
  sql`${column} > '-Infinity'::float8 and ${column} < 'Infinity'::float8`;

export const oneOf = (column: AnyPgColumn, values: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`;
