import Database from 'better-sqlite3';

/** What may be bound to a `?`. Booleans and dates are the caller's to convert. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/** A connection that may only read. */
export interface ReadDb {
  /** All rows of a query. The caller names the row shape it selected. */
  all<Row>(sql: string, ...values: SqlValue[]): Row[];
  /** The first row, or undefined. */
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined;
  /** Rows one by one; the connection is busy until the loop ends. */
  iterate<Row>(sql: string, ...values: SqlValue[]): IterableIterator<Row>;
  close(): void;
}

declare const writable: unique symbol;

/** The one connection that writes. It can be used where a `ReadDb` is wanted; the reverse does not compile. */
export interface WriteDb extends ReadDb {
  readonly [writable]: true;
  /** @returns how many rows changed, and the row id of the last insert. */
  run(sql: string, ...values: SqlValue[]): { changes: number; lastInsertRowid: number | bigint };
  /** Several statements without values. */
  exec(sql: string): void;
  /** Runs `body` in one immediate transaction: all of it or nothing. */
  transaction<T>(body: () => T): T;
}

/** Where a database lies and how durable its commits are. */
export interface OpenOptions {
  readonly file: string;
  /** A binding compiled for this runtime, where the shipped one does not load (see tools/setup). */
  readonly nativeBinding?: string | undefined;
  /** FULL survives a power cut at every commit; NORMAL may lose the last commits but never corrupts. Default FULL. */
  readonly synchronous?: 'FULL' | 'NORMAL';
}

function reads(db: Database.Database): ReadDb {
  // better-sqlite3 compiles on every prepare; the text of our statements is fixed, so each is compiled once.
  const cache = statementCache(db);
  return {
    all: <Row>(sql: string, ...values: SqlValue[]) => cache(sql).all(...values) as Row[],
    get: <Row>(sql: string, ...values: SqlValue[]) => cache(sql).get(...values) as Row | undefined,
    iterate: <Row>(sql: string, ...values: SqlValue[]) => cache(sql).iterate(...values) as IterableIterator<Row>,
    close: () => db.close(),
  };
}

function statementCache(db: Database.Database): (sql: string) => Database.Statement {
  const statements = new Map<string, Database.Statement>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
}

/** Opens for reading only. @throws when the file is not there or not a database. */
export function openReader(options: Pick<OpenOptions, 'file' | 'nativeBinding'>): ReadDb {
  const { file, nativeBinding } = options;
  const db = new Database(file, { readonly: true, fileMustExist: true, ...(nativeBinding ? { nativeBinding } : {}) });
  db.pragma('busy_timeout = 5000');
  return reads(db);
}

/** Opens for reading and writing: WAL, foreign keys on, deleted content overwritten. @throws when the file is not a database. */
export function openWriter(options: OpenOptions): WriteDb {
  const db = new Database(options.file, options.nativeBinding ? { nativeBinding: options.nativeBinding } : {});
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${options.synchronous === 'NORMAL' ? 'NORMAL' : 'FULL'}`);
  db.pragma('foreign_keys = ON');
  db.pragma('secure_delete = ON');
  db.pragma('busy_timeout = 5000');
  const cache = statementCache(db);
  const write = {
    ...reads(db),
    run: (sql: string, ...values: SqlValue[]) => cache(sql).run(...values),
    exec: (sql: string) => {
      db.exec(sql);
    },
    transaction: <T>(body: () => T): T => db.transaction(body).immediate(),
  };
  return write as unknown as WriteDb; // the brand exists only in the types
}
