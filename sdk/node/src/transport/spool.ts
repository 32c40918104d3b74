import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Batch, batchText, type Head, headOf } from '../../../web/src/transport/batch.ts';

/** A batch that outlived its process. */
export interface Spooled {
  readonly head: Head;
  readonly body: Uint8Array;
  readonly file: string;
}

/** Keeps batches in a folder. Several processes may share it: a batch that two of them send is a repeat. None of it throws. */
export interface Spool {
  /** Writes at once, because the process may be about to end. @returns those that were kept. */
  keep(batches: readonly Batch[]): readonly Batch[];
  remove(batch: Batch): void;
  /** The oldest batches that are not in this process's hands. */
  others(own: readonly Batch[]): readonly Spooled[];
  forget(spooled: Spooled): void;
}

const ENDING = '.traceflow-batch';
/** Older ones explain nothing any more. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;
const MAX_FILES = 1_000;
/** Batches read at a time. */
const MAX_READ = 50;

const nameOf = ({ place, first }: Pick<Head, 'place' | 'first'>): string => `${place.generation}.${first}${ENDING}`;

/** One file a batch: a line of JSON with the head, then the body as it is sent. @param report is told of each failure. */
export function createSpool(folder: string, now: () => number, report: (error: unknown) => void): Spool {
  const attempt = <T>(body: () => T, otherwise: T): T => {
    try {
      return body();
    } catch (error) {
      report(error);
      return otherwise;
    }
  };
  /** Names of files that were sent or given up, and may be there still: not every folder lets go of them. */
  const settled = new Set<string>();
  const files = (): string[] => readdirSync(folder).filter((name) => name.endsWith(ENDING));
  const write = (batch: Batch): void => {
    const body = batch.ready instanceof Uint8Array ? batch.ready : gzipSync(batchText(batch));
    batch.ready = body;
    const head = Buffer.from(`${JSON.stringify(headOf(batch))}\n`);
    writeFileSync(join(folder, nameOf(batch)), Buffer.concat([head, body]), { mode: 0o600 });
    batch.kept = true;
  };
  const read = (file: string): Spooled => {
    const bytes = readFileSync(file);
    const end = bytes.indexOf(0x0a);
    const head = JSON.parse(bytes.subarray(0, end).toString('utf8')) as Head;
    return { head, body: bytes.subarray(end + 1), file };
  };
  return {
    keep: (batches) =>
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const room = MAX_FILES - files().length;
        for (const batch of batches.filter(({ kept }) => !kept).slice(0, Math.max(0, room))) write(batch);
        return batches.filter(({ kept }) => kept);
      }, []),
    remove: (batch) => {
      if (batch.kept) attempt(() => rmSync(join(folder, nameOf(batch)), { force: true }), undefined);
    },
    others: (own) =>
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const ours = new Set(own.map(nameOf));
        const found: Spooled[] = [];
        for (const name of files().filter((one) => !ours.has(one) && !settled.has(one))) {
          const file = join(folder, name);
          // What cannot be read, is too old, or was taken by another process meanwhile, is nothing to wait for.
          const spooled = attempt(
            () => (now() - statSync(file).mtimeMs > MAX_AGE_MS ? undefined : read(file)),
            undefined,
          );
          if (spooled) found.push(spooled);
          else attempt(() => rmSync(file, { force: true }), undefined);
          if (found.length === MAX_READ) break;
        }
        return found;
      }, []),
    forget({ file }) {
      settled.add(basename(file));
      attempt(() => rmSync(file, { force: true }), undefined);
    },
  };
}
