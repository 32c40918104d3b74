import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';

/** One thing a program did to the disk, in seconds of the machine's clock. `path` is absolute. */
export type DiskEvent = { readonly at: number; readonly end: number; readonly path: string } & (
  | { readonly kind: 'open'; readonly creates: boolean; readonly truncates: boolean; readonly isDsync: boolean }
  | { readonly kind: 'write'; readonly offset: number | null; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly length: number }
  | { readonly kind: 'sync' }
  | { readonly kind: 'rename'; readonly to: string }
  | { readonly kind: 'unlink' }
);

const CALLS = 'openat,write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,rename,unlink';

/** Runs a program under strace. @returns what it did to the disk, in the order it began it. @throws when strace or the program fails. */
export async function traceDisk(program: readonly string[], scratch: string): Promise<DiskEvent[]> {
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  // One file a thread, so that no line is cut in two by another thread's.
  const options = ['-ff', '-ttt', '-T', '-y', '-xx', '-s', '16777216', '-e', `trace=${CALLS}`, '-o', `${scratch}/t`];
  await promisify(execFile)('strace', [...options, ...program], { maxBuffer: 1 << 26 });
  const events: DiskEvent[] = [];
  for (const name of await readdir(scratch)) {
    for (const line of (await readFile(`${scratch}/${name}`, 'latin1')).split('\n')) {
      const event = parseLine(line);
      if (event) events.push(event);
    }
  }
  return events.sort((a, b) => a.at - b.at);
}

const HEX = String.raw`((?:\\x[0-9a-f]{2})*)`;
const LINE = /^(\d+\.\d+) (\w+)\((.*)\) += (\d+)(?:<[^>]*>)? <(\d+\.\d+)>$/s;
const TEXT = new RegExp(`"${HEX}"`);
const FD = new RegExp(`^\\d+<${HEX}>`);

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

/** Failed calls and those on anything but files are left out. */
function parseLine(line: string): DiskEvent | undefined {
  const [, start, call, args, result, took] = LINE.exec(line) ?? [];
  if (!start || !call || args === undefined) return undefined;
  const times = { at: Number(start), end: Number(start) + Number(took) };
  if (call === 'openat' || call === 'rename' || call === 'unlink') return parseNamed(call, args, times);
  const path = bytesOf(FD.exec(args)?.[1] ?? '').toString();
  if (!path.startsWith('/')) return undefined;
  const rest = args.replace(FD, '');
  switch (call) {
    case 'fsync':
    case 'fdatasync':
      return { ...times, path, kind: 'sync' };
    case 'ftruncate':
      return { ...times, path, kind: 'truncate', length: Number(rest.slice(2)) };
    default: {
      const parts = [...rest.matchAll(new RegExp(TEXT, 'g'))].map(([, hex]) => bytesOf(hex ?? ''));
      const bytes = Buffer.concat(parts).subarray(0, Number(result));
      const offset = call.startsWith('p') ? Number(/, (\d+)$/.exec(rest)?.[1]) : null;
      return { ...times, path, kind: 'write', offset, bytes };
    }
  }
}

function parseNamed(call: string, args: string, times: { at: number; end: number }): DiskEvent | undefined {
  const [path = '', to = ''] = [...args.matchAll(new RegExp(TEXT, 'g'))].map(([, hex]) =>
    bytesOf(hex ?? '').toString(),
  );
  if (call === 'rename') return { ...times, path, kind: 'rename', to };
  if (call === 'unlink') return { ...times, path, kind: 'unlink' };
  const flags = args.slice(args.lastIndexOf('"') + 1);
  if (!/O_(WRONLY|RDWR)/.test(flags)) return undefined;
  const has = (flag: string): boolean => flags.includes(flag);
  return { ...times, path, kind: 'open', creates: has('O_CREAT'), truncates: has('O_TRUNC'), isDsync: has('O_DSYNC') };
}
