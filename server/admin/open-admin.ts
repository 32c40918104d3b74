import { existsSync, mkdirSync } from 'node:fs';
import { AppError } from '../../shared/lib/app-error.ts';
import { openAccounts } from '../storage/embedded/accounts.ts';
import { ACCOUNTS_FILE } from '../storage/embedded/embedded-storage.ts';
import { openIndex } from '../storage/embedded/index-file.ts';
import type { Accounts } from '../storage/storage.ts';

/** What administration of a folder needs; it works while a server runs on the folder. */
export interface AdminDeps {
  readonly dir: string;
  /** Ms since epoch. */
  readonly clock: () => number;
  readonly nativeBinding?: string | undefined;
}

/** Runs `body` with the accounts of a folder. @throws AppError `not-found` for a folder without any, unless it may be made. */
export async function withAccounts<T>(
  { dir, clock, nativeBinding }: AdminDeps,
  mayCreate: boolean,
  body: (accounts: Accounts) => Promise<T>,
): Promise<T> {
  if (!mayCreate) assertFolder(dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const db = openIndex(dir, nativeBinding);
  try {
    return await body(openAccounts(db, `${dir}/${ACCOUNTS_FILE}`, clock));
  } finally {
    db.close();
  }
}

/** @throws AppError `not-found` for a folder that is not a server's. */
export function assertFolder(dir: string): void {
  if (existsSync(`${dir}/${ACCOUNTS_FILE}`)) return;
  throw new AppError(
    'not-found',
    `${dir} is not a server's folder. Make it one with "traceflow-server init --dir ${dir}".`,
  );
}
