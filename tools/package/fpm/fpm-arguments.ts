/** What electron-builder asks the packager to make, as far as a .deb needs it. */
export interface PackageRequest {
  readonly target: string;
  /** The file to write. */
  readonly output: string;
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly maintainer: string;
  readonly description: string;
  readonly vendor?: string;
  readonly homepage?: string;
  readonly license?: string;
  readonly section?: string;
  readonly priority: string;
  readonly compression: string;
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  /** Files with the scripts to run after installing and after removing. */
  readonly afterInstall?: string;
  readonly afterRemove?: string;
  /** What goes in: a file, or a folder's content when it ends in "/", and where it is installed. */
  readonly inputs: readonly { readonly from: string; readonly to: string }[];
}

const SHORT: Readonly<Record<string, string>> = { s: 'source', t: 'target', d: 'depends' };
const FLAGS = new Set(['force', 'debug']);
const KNOWN = new Set([
  ...['source', 'target', 'depends', 'architecture', 'after-install', 'after-remove', 'description', 'version'],
  ...['package', 'name', 'maintainer', 'vendor', 'url', 'category', 'license', 'deb-priority', 'deb-compression'],
  ...['deb-recommends', 'log'],
]);

interface Split {
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly inputs: readonly string[];
}

function split(args: readonly string[]): Split {
  const options = new Map<string, string[]>();
  const inputs: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (!arg.startsWith('-')) {
      inputs.push(arg);
      continue;
    }
    const [written = '', inline] = arg.replace(/^--?/, '').split(/=(.*)/s, 2);
    const name = arg.startsWith('--') ? written : (SHORT[written] ?? written);
    if (FLAGS.has(name)) continue;
    if (!KNOWN.has(name)) throw new Error(`the packager does not know ${arg}; electron-builder has changed`);
    options.set(name, [...(options.get(name) ?? []), inline ?? args[++i] ?? '']);
  }
  return { options, inputs };
}

function readInput(text: string): { from: string; to: string } {
  const at = text.lastIndexOf('=');
  if (at < 0) throw new Error(`"${text}" does not say where it is installed`);
  return { from: text.slice(0, at), to: text.slice(at + 1) };
}

/** Reads the command line that electron-builder writes. @throws for anything it does not expect */
export function readFpmArguments(args: readonly string[]): PackageRequest {
  const { options, inputs } = split(args);
  const one = (name: string): string | undefined => options.get(name)?.at(-1);
  const must = (name: string): string => {
    const value = one(name);
    if (!value) throw new Error(`the packager was not told the ${name}`);
    return value;
  };
  const optional = <Key extends string>(key: Key, name: string): { [K in Key]?: string } => {
    const value = one(name);
    return (value ? { [key]: value } : {}) as { [K in Key]?: string };
  };
  return {
    target: must('target'),
    output: must('package'),
    name: must('name'),
    version: must('version'),
    architecture: must('architecture'),
    maintainer: must('maintainer'),
    description: must('description'),
    priority: one('deb-priority') ?? 'optional',
    compression: one('deb-compression') ?? 'xz',
    depends: options.get('depends') ?? [],
    recommends: options.get('deb-recommends') ?? [],
    inputs: inputs.map(readInput),
    ...optional('vendor', 'vendor'),
    ...optional('homepage', 'url'),
    ...optional('license', 'license'),
    ...optional('section', 'category'),
    ...optional('afterInstall', 'after-install'),
    ...optional('afterRemove', 'after-remove'),
  };
}
