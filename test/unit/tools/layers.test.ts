import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { layerArguments } from '../../../tools/check/steps.ts';
import { CHECKOUT } from '../../../tools/setup/checkout.ts';

/** A file, what it imports (a path of the tree, or a package), and the rule that must object; null when it is allowed. */
type Plant = readonly [from: string, to: string, rule: string | null];

const PLANTS: readonly Plant[] = [
  ['shared/lib/a.ts', 'shared/model/target.ts', 'layer shared/lib'],
  ['shared/model/a.ts', 'shared/wire/target.ts', 'layer shared/model'],
  ['shared/wire/a.ts', 'shared/ipc/target.ts', 'layer shared/wire'],
  ['shared/rpc/a.ts', 'shared/model/target.ts', 'layer shared/rpc'],
  ['shared/formats/a.ts', 'shared/analysis/target.ts', 'layer shared/formats'],
  ['shared/replay/a.ts', 'shared/facts/target.ts', 'layer shared/replay'],
  ['shared/facts/a.ts', 'shared/analysis/target.ts', 'layer shared/facts'],
  ['shared/analysis/a.ts', 'shared/node/target.ts', 'layer shared/analysis'],
  ['shared/ai/a.ts', 'shared/node/target.ts', 'layer shared/ai'],
  ['sdk/web/src/a.ts', 'server/target.ts', 'layer sdk'],
  ['sdk/web/src/b.ts', 'shared/model/target.ts', 'the sdk takes types only from shared'],
  ['server/a.ts', 'main/engine/target.ts', 'layer server'],
  ['server/b.ts', 'sdk/web/src/target.ts', 'layer server'],
  ['main/engine/a.ts', 'server/target.ts', 'layer main/engine'],
  ['main/engine/b.ts', 'main/shell/target.ts', 'layer main/engine'],
  ['main/engine/local-server/a.ts', 'server/target.ts', null],
  ['main/engine/local-server/b.ts', 'renderer/state/target.ts', 'layer main/engine/local-server'],
  ['main/shell/a.ts', 'main/engine/target.ts', 'layer main/shell'],
  ['main/shell/b.ts', 'shared/node/target.ts', 'layer main/shell'],
  ['main/cli/a.ts', 'main/shell/target.ts', 'layer main/cli'],
  ['preload/a.ts', 'main/shell/target.ts', 'layer preload'],
  ['renderer/features/a.ts', 'shared/node/target.ts', 'layer renderer'],
  ['renderer/features/b.ts', 'renderer/frame/target.ts', 'layer renderer'],
  ['renderer/ui/a.ts', 'renderer/state/target.ts', 'layer renderer/ui'],
  ['renderer/frame/a.ts', 'renderer/ui/target.ts', 'layer renderer/frame'],
  ['renderer/frame/b.ts', 'shared/replay/target.ts', null],
  ['main/engine/c.ts', 'electron', 'package electron'],
  ['main/shell/c.ts', 'electron', null],
  ['server/c.ts', 'better-sqlite3', 'package better-sqlite3'],
  ['main/engine/d.ts', 'openai', 'package openai'],
  ['renderer/features/c.ts', '@rrweb/replay', 'package (rrweb'],
  ['renderer/features/d.ts', 'rrweb-player', 'package (rrweb'],
  ['renderer/frame/c.ts', '@rrweb/replay', null],
  ['renderer/features/e.ts', '@tanstack/react-table', 'package @tanstack/react-table'],
  ['shared/model/b.ts', 'react', 'package (react'],
  ['shared/model/c.ts', 'node:fs', 'no Node here'],
  ['sdk/web/src/c.ts', 'node:fs', 'no Node here'],
  ['renderer/state/a.ts', 'node:fs', 'no Node here'],
  ['shared/node/a.ts', 'node:fs', null],
  ['server/d.ts', 'test/support/target.ts', 'nothing imports tests or tools'],
  ['server/e.ts', 'server/not-there.ts', 'no unresolved import'],
  ['server/cycle-a.ts', 'server/cycle-b.ts', 'no cycles'],
];

const tree = mkdtempSync(join(tmpdir(), 'traceflow-layers-'));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), text);
}

const isFile = (to: string): boolean => to.endsWith('.ts');

function importOf(from: string, to: string): string {
  if (!isFile(to)) return to;
  const path = relative(dirname(from), to).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

/** What the cruiser says about the planted tree, one violation a line. */
function cruise(): Promise<string> {
  const folders = ['shared', 'sdk', 'server', 'main', 'preload', 'renderer'];
  return new Promise((resolve) => {
    execFile(process.execPath, layerArguments(folders), { cwd: tree, encoding: 'utf8' }, (_error, stdout) =>
      resolve(stdout),
    );
  });
}

test('every planted breach of the layers is caught, and what is allowed is not', { timeout: 60_000 }, async () => {
  symlinkSync(join(CHECKOUT, 'node_modules'), join(tree, 'node_modules'), 'junction');
  for (const [, to] of PLANTS)
    if (to.endsWith('/target.ts')) write(to, 'export const target = 1;\nexport type T = 1;\n');
  for (const [from, to] of PLANTS) {
    write(from, `import * as what from '${importOf(from, to)}';\nexport const used = what;\n`);
  }
  write('server/cycle-b.ts', "export * from './cycle-a.ts';\n");
  write('sdk/web/src/types.ts', "import type { T } from '../../../shared/model/target.ts';\nexport type U = T;\n");

  const violations = (await cruise()).split('\n').filter((line) => line.includes('→'));
  const about = (from: string): string[] => violations.filter((line) => line.includes(`: ${from} `));
  const missed = PLANTS.filter(([from, , rule]) => rule !== null && !about(from).some((line) => line.includes(rule)));
  const wronged = PLANTS.filter(([from, , rule]) => rule === null && about(from).length > 0);

  expect({ missed, wronged }).toEqual({ missed: [], wronged: [] });
  expect(about('sdk/web/src/types.ts')).toEqual([]);
});
