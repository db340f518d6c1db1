/** The allowed values of a column. A record is flat, so that columns of it are plain JSON. */
export type Cell = string | number | boolean | null;

/** Values in the order of the records. If they repeat, each once, and an index for each record. */
export type Column<V> = readonly V[] | Repeating<V>;

interface Repeating<V> {
  readonly values: readonly V[];
  readonly at: readonly number[];
}

/** Records by columns: property names and repeated values are stored once. */
export type Packed<T> = { readonly [K in keyof T]?: Column<T[K]> };

type Flat<T> = { readonly [K in keyof T]: Cell };

/** @param records all with the same properties */
export function packed<T extends Flat<T>>(records: readonly T[]): Packed<T> {
  const columns: Partial<Record<keyof T, Column<T[keyof T]>>> = {};
  for (const key of keysOf(records[0] ?? {})) {
    columns[key as keyof T] = columnOf(records.map((record) => record[key as keyof T]));
  }
  return columns as Packed<T>;
}

export function unpacked<T extends Flat<T>>(columns: Packed<T>): T[] {
  const readers = keysOf(columns).map((key) => {
    const column = columns[key as keyof T] as Column<Cell>;
    return { key, ...(isRepeating(column) ? column : { values: column, at: undefined }) };
  });
  const first = readers[0];
  const length = first === undefined ? 0 : (first.at ?? first.values).length;
  return Array.from({ length }, (_, index) => {
    const record: Record<string, Cell | undefined> = {};
    for (const { key, values, at } of readers) {
      record[key] = values[at === undefined ? index : (at[index] ?? 0)];
    }
    return record as unknown as T;
  });
}

function isRepeating<V>(column: Column<V>): column is Repeating<V> {
  return !Array.isArray(column);
}

function keysOf(record: object): string[] {
  return Object.keys(record);
}

function columnOf<V>(all: readonly V[]): Column<V> {
  const places = new Map<V, number>();
  const at = all.map((value) => {
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
  return places.size * 2 > all.length ? all : { values: [...places.keys()], at };
}
