import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CHECKOUT } from '../setup/checkout.ts';

/** Writes a document of the checkout. @param path relative to the checkout */
export function writeDocument(path: string, text: string): void {
  const file = join(CHECKOUT, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`written: ${path}`);
}
