import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type BuildOptions, build, type Plugin } from 'esbuild';

type Generate = (tree: unknown) => { readonly code: string };
type Parse = (text: string, options: object) => unknown;
type Strip = (text: string, options: object) => { toString(): string };

const load = createRequire(import.meta.url);
const generate = (load('@babel/generator') as { readonly default: Generate }).default;
const { parse } = load('hermes-parser') as { readonly parse: Parse };
const stripTypes = load('flow-remove-types') as Strip;

/** Syntax of Flow that is more than types. */
const NEW_SYNTAX = /\bcomponent [A-Z]|\bmatch \(|^(?:export )?(?:hook|enum) /m;
const LOWER = {
  ...{ babel: true, flow: 'all', sourceType: 'unambiguous', reactRuntimeTarget: '19' },
  transformOptions: { TransformEnumSyntax: { enable: true } },
};

/** React Native comes as Flow; what bundles apps takes the types out, and so does this. */
const flow: Plugin = {
  name: 'flow',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules[\\/](?:@react-native|react-native)[\\/].*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const plain = NEW_SYNTAX.test(text) ? generate(parse(text, LOWER)).code : text;
      return { contents: stripTypes(plain, { all: true, removeEmptyImports: true }).toString(), loader: 'jsx' };
    });
  },
};

const APP_BUILD: BuildOptions = {
  ...{ bundle: true, format: 'iife', platform: 'neutral', mainFields: ['main'], target: 'es2022', jsx: 'automatic' },
  resolveExtensions: ['.ios.js', '.native.js', '.ts', '.js', '.json'],
  conditions: ['react-native', 'import'],
  define: { __DEV__: 'false', 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  plugins: [flow],
};

/** A release build of an app, with React Native and the SDK in it, as one script. @param entry its first file. */
export async function bundleApp(entry: string): Promise<string> {
  const { outputFiles } = await build({ ...APP_BUILD, entryPoints: [entry], write: false, logLevel: 'silent' });
  const [file] = outputFiles ?? [];
  if (!file) throw new Error('esbuild wrote no file for the app');
  return file.text;
}
