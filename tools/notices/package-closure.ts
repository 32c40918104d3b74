import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  author: z.union([z.string(), z.object({ name: z.string() })]).optional(),
  repository: z.union([z.string(), z.object({ url: z.string() })]).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
});
type Manifest = z.infer<typeof Manifest>;

/** A package that we pass on, with what its licence asks us to pass on with it. */
export interface PassedOn {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Who made it and where it comes from, as far as the package says. */
  readonly origin: string;
  /** The licence and notice files, in full; empty when the package has none. */
  readonly texts: readonly string[];
}

const LEGAL_FILE = /^(licen[cs]e|copying|notice)(\.|-|$)/i;

function legalTexts(folder: string): string[] {
  const files = readdirSync(folder)
    .filter((name) => LEGAL_FILE.test(name))
    .sort();
  return files.map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
}

function originOf({ author, repository }: Manifest): string {
  const who = typeof author === 'string' ? author : author?.name;
  const where = typeof repository === 'string' ? repository : repository?.url;
  return [who, where].filter((part) => part).join(', ') || 'not stated';
}

/** Where Node would find a package for code in `from`. */
function folderOf(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === dirname(folder)) return null;
  }
}

/**
 * Packages with everything they depend on. Each version of a package appears once.
 * @throws when one is not installed
 */
export function packageClosure(root: string, names: readonly string[]): PassedOn[] {
  const found = new Map<string, PassedOn>();
  const visit = (name: string, from: string): void => {
    const folder = folderOf(name, from);
    if (!folder) throw new Error(`${name} is not installed; run npm ci`);
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
    const key = `${manifest.name}@${manifest.version}`;
    if (found.has(key)) return;
    const { license = 'not stated' } = manifest;
    found.set(key, {
      name: manifest.name,
      version: manifest.version,
      license: typeof license === 'string' ? license : license.type,
      origin: originOf(manifest),
      texts: legalTexts(folder),
    });
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      // Types are gone before anything is bundled.
      if (!dependency.startsWith('@types/')) visit(dependency, folder);
    }
  };
  for (const name of names) visit(name, root);
  return [...found.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}
