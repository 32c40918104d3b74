// npm run notices: writes THIRD-PARTY-NOTICES.txt; with --check only says whether it is up to date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importedPackages } from './notices/imported-packages.ts';
import { noticesText } from './notices/notices-text.ts';
import { packageClosure } from './notices/package-closure.ts';
import { CHECKOUT } from './setup/checkout.ts';

/** Folders whose code reaches a person's machine. */
const SHIPPED = ['shared', 'main', 'preload', 'renderer', 'sdk', 'server'];

const FILE = join(CHECKOUT, 'THIRD-PARTY-NOTICES.txt');

// Electron carries its own notices, and an app that uses the mobile SDK brings React Native itself.
const THEIRS = new Set(['electron', 'react-native']);
const packages = importedPackages(CHECKOUT, SHIPPED).filter((name) => !THEIRS.has(name));
const text = noticesText(packageClosure(CHECKOUT, packages));
const current = existsSync(FILE) && readFileSync(FILE, 'utf8') === text;

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (!current) {
  console.error(
    'THIRD-PARTY-NOTICES.txt is out of date: the packages that are shipped have changed. Run: npm run notices',
  );
  process.exitCode = 1;
}
