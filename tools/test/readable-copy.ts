import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DisplayOwner } from '../display/virtual-display.ts';

/** Parts of a checkout that no test reads. */
const LEFT_OUT = new Set(['.git', 'release', 'test-results']);

/** Whether a user can read everything below a path, and reach it at all. */
export function canRead(path: string, owner: DisplayOwner): boolean {
  const unreadable = ['(', '!', '-readable', '-o', '-type', 'd', '!', '-executable', ')'];
  const leftOut = [...LEFT_OUT].flatMap((name) => ['-path', join(path, name), '-prune', '-o']);
  const found = spawnSync('find', [path, ...leftOut, ...unreadable, '-print', '-quit'], {
    encoding: 'utf8',
    cwd: '/',
    ...owner,
  });
  return found.status === 0 && found.stdout === '';
}

function copy(source: string, target: string, how: readonly string[]): void {
  if (!statSync(source).isDirectory()) {
    execFileSync('cp', [...how, source, target]);
    return;
  }
  mkdirSync(target, { recursive: true, mode: 0o755 });
  const parts = readdirSync(source).filter((name) => !LEFT_OUT.has(name));
  execFileSync('cp', [...how, ...parts.map((name) => join(source, name)), target]);
}

/**
 * Gives a path that a user can read: the path itself, or a copy in `folder` (hard links where they do, since a checkout
 * is large; real files where links would carry unreadable modes or cross file systems).
 */
export function readableBy(owner: DisplayOwner, path: string, folder: string): string {
  if (canRead(path, owner)) return path;
  const linked = join(folder, 'linked', basename(path));
  mkdirSync(join(folder, 'linked'), { recursive: true, mode: 0o755 });
  try {
    copy(path, linked, ['-al']);
    if (canRead(linked, owner)) return linked;
  } catch {
    // another file system: links cannot be made, files can
  }
  const copied = join(folder, 'copied', basename(path));
  mkdirSync(join(folder, 'copied'), { recursive: true, mode: 0o755 });
  copy(path, copied, ['-a', '--reflink=auto']);
  execFileSync('chmod', ['-R', 'a+rX', copied]);
  return copied;
}
