import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';
import { launchApp } from '../support/app.ts';

/** The unpacked package, standing for `/`, and the program in it; the runner provides both. */
const root = process.env.TRACEFLOW_PACKAGE_ROOT ?? '';
const program = process.env.TRACEFLOW_E2E_EXECUTABLE ?? '';
const resources = join(dirname(program), 'resources');
const shared = (path: string): string => readFileSync(join(root, 'usr', 'share', path), 'utf8');

test('the system learns the file type, the link scheme and the icon', () => {
  const entry = shared('applications/traceflow.desktop');
  expect(entry).toMatch(/^Exec=.*\/traceflow.* %U$/m);
  expect(entry).toMatch(/^MimeType=.*application\/x-traceflow;/m);
  expect(entry).toMatch(/^MimeType=.*x-scheme-handler\/traceflow;/m);
  expect(entry).toMatch(/^Icon=traceflow$/m);
  const types = shared('mime/packages/traceflow.xml');
  expect(types).toContain('application/x-traceflow');
  expect(types).toContain('*.traceflow');
  expect(existsSync(join(root, 'usr/share/icons/hicolor/256x256/apps/traceflow.png'))).toBe(true);
});

test('the program cannot be turned into a Node, nor take options from the environment, nor run loose files', async () => {
  const wire = await getCurrentFuseWire(program);
  const state = (fuse: FuseV1Options): FuseState | undefined => wire[fuse];
  expect(state(FuseV1Options.RunAsNode)).toBe(FuseState.DISABLE);
  expect(state(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(FuseState.DISABLE);
  expect(state(FuseV1Options.OnlyLoadAppFromAsar)).toBe(FuseState.ENABLE);
  expect(state(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(FuseState.DISABLE);
});

test('it carries the built app and the one native package, no sources, no tools, no launcher for other apps', () => {
  const files = listPackage(join(resources, 'app.asar'), { isPack: false });
  expect(files).toEqual(expect.arrayContaining(['/package.json', '/out/main/index.js', '/out/frame/frame.js']));
  const top = new Set(files.map((file) => file.split('/')[1]));
  expect([...top].sort()).toEqual(['node_modules', 'out', 'package.json']);
  const packages = new Set(files.filter((file) => file.startsWith('/node_modules/')).map((file) => file.split('/')[2]));
  expect([...packages]).toEqual(['better-sqlite3']);
  expect(readdirSync(resources)).not.toContain('default_app.asar');
  expect(existsSync(join(dirname(program), 'THIRD-PARTY-NOTICES.txt'))).toBe(true);
});

test('everyone may run it and only its owner may change it', () => {
  expect(statSync(program).mode & 0o777).toBe(0o755);
  expect(statSync(join(resources, 'app.asar')).mode & 0o777).toBe(0o644);
});

/** The smallest recording that shows something: where it is, what the page is, one scroll. */
const RECORDING = [
  { type: 4, timestamp: 1_700_000_000_000, data: { href: 'https://shop.example/checkout', width: 800, height: 600 } },
  {
    type: 2,
    timestamp: 1_700_000_000_010,
    data: {
      initialOffset: { left: 0, top: 0 },
      node: {
        type: 0,
        id: 1,
        childNodes: [{ type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [] }],
      },
    },
  },
  { type: 3, timestamp: 1_700_000_001_000, data: { source: 3, id: 1, x: 0, y: 10 } },
];

test('it starts with its sandbox on, and imports a file it was started with', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'traceflow-installed-'));
  const file = join(folder, 'visit.json');
  writeFileSync(file, JSON.stringify(RECORDING));
  const running = await launchApp({ args: [file] });
  try {
    const about = await running.app.evaluate(({ app }) => ({ packaged: app.isPackaged, name: app.getName() }));
    expect(about).toEqual({ packaged: true, name: 'TRACEFLOW' });
    const info = await running.page.evaluate(() => Reflect.get(window, 'traceflowShell').call('app.info', undefined));
    expect(info).toMatchObject({ ok: true, value: { engineFailure: null, sandboxed: process.getuid?.() !== 0 } });
    await running.page.getByRole('row').filter({ hasText: '/checkout' }).waitFor();
  } finally {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
