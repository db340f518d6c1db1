/** Anything with a numeric id, as in a database table. */
export interface Row {
  readonly id: number;
}

type Key = string | number;

/** Rows by a key derived from them. Rows without a key are left out. */
export class Index<R extends Row> {
  private readonly buckets = new Map<Key, Map<number, R>>();

  constructor(readonly keyOf: (row: R) => Key | null | undefined) {}

  all(key: Key): R[] {
    return [...(this.buckets.get(key)?.values() ?? [])];
  }

  first(key: Key): R | undefined {
    return this.buckets.get(key)?.values().next().value;
  }

  count(key: Key): number {
    return this.buckets.get(key)?.size ?? 0;
  }

  add(row: R): void {
    const key = this.keyOf(row);
    if (key === null || key === undefined) return;
    const bucket = this.buckets.get(key);
    if (bucket === undefined) this.buckets.set(key, new Map([[row.id, row]]));
    else bucket.set(row.id, row);
  }

  remove(row: R, key = this.keyOf(row)): void {
    if (key === null || key === undefined) return;
    const bucket = this.buckets.get(key);
    bucket?.delete(row.id);
    if (bucket?.size === 0) this.buckets.delete(key);
  }
}

/** A table's contents in a dump. */
export interface TableDump<R extends Row> {
  readonly next_id: number;
  readonly rows: readonly R[];
}

/** Rows in the order of their ids, with indexes that follow every change. */
export class Table<R extends Row> {
  private readonly byId = new Map<number, R>();
  private readonly indexes: Index<R>[] = [];
  private nextId = 1;

  /** Ids are never reused, as in GitLab's sequences. */
  reserveId(): number {
    return this.nextId++;
  }

  index(keyOf: Index<R>["keyOf"]): Index<R> {
    const index = new Index<R>(keyOf);
    this.indexes.push(index);
    return index;
  }

  get size(): number {
    return this.byId.size;
  }

  get(id: number): R | undefined {
    return this.byId.get(id);
  }

  rows(): R[] {
    return [...this.byId.values()];
  }

  insert(values: Omit<R, "id">, id = this.reserveId()): R {
    const row = { ...values, id } as R;
    this.byId.set(id, row);
    for (const index of this.indexes) index.add(row);
    return row;
  }

  /** The only way to change a row: indexes change with it. */
  update(row: R, changes: Partial<Omit<R, "id">>): R {
    const before = this.indexes.map((index) => index.keyOf(row));
    Object.assign(row, changes);
    this.indexes.forEach((index, position) => {
      const key = before[position];
      if (key === index.keyOf(row)) return;
      index.remove(row, key);
      index.add(row);
    });
    return row;
  }

  delete(row: R): void {
    if (!this.byId.delete(row.id)) return;
    for (const index of this.indexes) index.remove(row);
  }

  dump(): TableDump<R> {
    return { next_id: this.nextId, rows: this.rows() };
  }

  /** Adds a dump's rows to an empty table. Older dumps lack newer tables. */
  load(dump: TableDump<R> | undefined): void {
    if (dump === undefined) return;
    for (const row of dump.rows) this.insert(row, row.id);
    this.nextId = dump.next_id;
  }
}
