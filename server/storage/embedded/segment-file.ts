import { randomBytes } from 'node:crypto';
import { close, constants, fdatasync, ftruncate, open, readdir, unlink, writev } from 'node:fs';
import { promisify } from 'node:util';
import { SALT_BYTES, SEGMENT_MAGIC } from './record.ts';
import { syncFolder } from './sync-folder.ts';

const [openFd, closeFd, syncFd, truncateFd, list, remove] = [
  promisify(open),
  promisify(close),
  promisify(fdatasync),
  promisify(ftruncate),
  promisify(readdir),
  promisify(unlink),
];

/** The segment being written to; the few things a journal does to a file, so that a test can let each of them fail. */
export interface SegmentFile {
  readonly salt: Buffer;
  /** Resolves when all bytes are on the disk, from `at` on. @throws with some of them written, for instance at a full disk. */
  write(buffers: readonly Buffer[], at: number): Promise<void>;
  /** Resolves when the file ends, on the disk, at `length`. */
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

// Where the system has it, a write that returns is on the disk, as if fdatasync had followed: one trip instead of two.
const DSYNC = constants.O_DSYNC ?? 0;
const CREATE = constants.O_CREAT | constants.O_EXCL | constants.O_RDWR | DSYNC;

/** File name of a segment; numbers rise with time. */
export const segmentName = (number: number): string => `${String(number).padStart(8, '0')}.tfj`;

/** Numbers of the segments in a folder, rising. */
export async function listSegments(dir: string): Promise<number[]> {
  const names = (await list(dir)).filter((name) => /^\d{8}\.tfj$/.test(name));
  return names.map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b);
}

/** Makes a new segment and returns when file and folder entry are on the disk. @throws when the file exists. */
export async function createSegment(dir: string, number: number): Promise<SegmentFile> {
  const salt = randomBytes(SALT_BYTES);
  const fd = await openFd(`${dir}/${segmentName(number)}`, CREATE, 0o600);
  const file = overFd(fd, salt);
  try {
    await file.write([SEGMENT_MAGIC, salt], 0);
    syncFolder(dir); // once per segment, so that it may block
  } catch (error) {
    await file.close();
    await remove(`${dir}/${segmentName(number)}`); // or the next attempt would find the name taken
    throw error;
  }
  return file;
}

/** Opens an existing segment for writing. */
export async function openSegment(dir: string, number: number, salt: Buffer): Promise<SegmentFile> {
  return overFd(await openFd(`${dir}/${segmentName(number)}`, constants.O_RDWR | DSYNC), salt);
}

function overFd(fd: number, salt: Buffer): SegmentFile {
  return {
    salt,
    async write(buffers, at) {
      let left = buffers;
      let position = at;
      while (left.length > 0) {
        const written = await writeSome(fd, left, position);
        position += written;
        left = dropBytes(left, written);
      }
      if (DSYNC === 0) await syncFd(fd);
    },
    async truncate(length) {
      await truncateFd(fd, length);
      await syncFd(fd);
    },
    close: () => closeFd(fd),
  };
}

const writeSome = (fd: number, buffers: readonly Buffer[], at: number): Promise<number> =>
  new Promise((resolve, reject) => {
    writev(fd, buffers, at, (error, written) => (error ? reject(error) : resolve(written)));
  });

/** A write may stop half-way without an error: the rest is tried again, and then the error comes. */
function dropBytes(buffers: readonly Buffer[], count: number): readonly Buffer[] {
  let left = count;
  const from = buffers.findIndex((buffer) => {
    if (buffer.length > left) return true;
    left -= buffer.length;
    return false;
  });
  if (from === -1) return [];
  const [first, ...rest] = buffers.slice(from);
  return first && left > 0 ? [first.subarray(left), ...rest] : buffers.slice(from);
}
