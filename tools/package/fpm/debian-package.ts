import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { controlFile } from './control-file.ts';
import type { PackageRequest } from './fpm-arguments.ts';

const CONTROL_FOLDER = 'DEBIAN';

/** dpkg-deb's names of compressors where electron-builder's differ. */
const COMPRESSORS: Readonly<Record<string, string>> = { gz: 'gzip' };

/** Regular files below a folder; links carry no content of their own. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Folders and programs 755, other files 644, whatever the umask was: everyone uses an installed app, only root changes it. */
function normaliseModes(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  const runs = stat.isDirectory() || (stat.mode & 0o100) !== 0;
  chmodSync(path, runs ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(path)) normaliseModes(join(path, name));
}

function stage(request: PackageRequest, root: string): void {
  for (const { from, to } of request.inputs) {
    const target = join(root, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  }
  normaliseModes(root);
}

function writeControl(request: PackageRequest, root: string): void {
  const files = filesBelow(root);
  const bytes = files.reduce((sum, file) => sum + lstatSync(file).size, 0);
  const sums = files.map(
    (file) => `${createHash('md5').update(readFileSync(file)).digest('hex')}  ${relative(root, file)}\n`,
  );
  const folder = join(root, CONTROL_FOLDER);
  mkdirSync(folder, { mode: 0o755 });
  writeFileSync(join(folder, 'control'), controlFile(request, Math.ceil(bytes / 1024)), { mode: 0o644 });
  writeFileSync(join(folder, 'md5sums'), sums.join(''), { mode: 0o644 });
  for (const [script, source] of [
    ['postinst', request.afterInstall],
    ['postrm', request.afterRemove],
  ] as const) {
    if (source) writeFileSync(join(folder, script), readFileSync(source), { mode: 0o755 });
  }
}

/** Lays the files out as they will be installed and has dpkg-deb pack them. @throws when it cannot */
export function makeDebianPackage(request: PackageRequest): void {
  const root = mkdtempSync(join(tmpdir(), 'traceflow-deb-'));
  try {
    stage(request, root);
    writeControl(request, root);
    rmSync(request.output, { force: true });
    const compressor = COMPRESSORS[request.compression] ?? request.compression;
    execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compressor}`, '--build', root, request.output], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
