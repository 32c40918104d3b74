import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';

/** `import ... from 'x'`, `export ... from 'x'`, `import 'x'` at the start of a line, and `import('x')` anywhere. */
const IMPORT = /^(?:import|export)\s(?!type\s)(?:[^;'"]*?\bfrom\s)?\s*'([@\w][^']*)'|\bimport\('([@\w][^']*)'\)/gm;

/** The package that an import path names: "zod/v4" is of "zod", "@rrweb/types" of itself. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The packages that a source file brings into a bundle; what it takes only types from leaves no trace there. */
export function packagesIn(source: string): string[] {
  const specifiers = [...source.matchAll(IMPORT)].flatMap((match) => match[1] ?? match[2] ?? []);
  return specifiers.filter((specifier) => !isBuiltin(specifier)).map(packageOf);
}

/** The packages imported by the sources below some folders, each once, sorted. */
export function importedPackages(root: string, folders: readonly string[]): string[] {
  const found = new Set<string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /[\\/](node_modules|dist)([\\/]|$)/.test(entry.parentPath))
        continue;
      for (const name of packagesIn(readFileSync(join(entry.parentPath, entry.name), 'utf8'))) found.add(name);
    }
  }
  return [...found].sort();
}
