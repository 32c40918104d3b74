import { format } from 'node:util';
import { cut } from '../../../web/src/captured.ts';
import { HIDDEN, isSecretName } from '../../../web/src/privacy/secrets.ts';
import { said } from './words.ts';

const MAX_CHARS = 4_000;
const MAX_STRING = 500;
const MAX_DEPTH = 4;
const MAX_ENTRIES = 30;
/** Values in one text: what is logged may hold the whole program, and printing it would be felt. */
const MAX_VALUES = 1_000;
/** Stands for a value that only the program's code could give. */
const GETTER = Symbol('getter');

/** Values that one text may still show. */
interface Budget {
  left: number;
}

const entry = (key: string, value: unknown, depth: number, above: readonly object[], budget: Budget): string =>
  `${key}: ${isSecretName(key) && value !== null && value !== undefined ? HIDDEN : one(value, depth, above, budget)}`;

const list = (open: string, items: readonly string[], count: number, close: string): string =>
  `${open}${items.join(', ')}${count > items.length ? ', …' : ''}${close}`;

/** The first items, without a copy of the rest. */
function firstOf<T>(items: Iterable<T>): T[] {
  const first: T[] = [];
  for (const item of items) {
    first.push(item);
    if (first.length === MAX_ENTRIES) break;
  }
  return first;
}

/** Properties that hold a value: a getter is the program's code, and does not run because somebody logs the object. */
const propertiesOf = (value: object, keys: readonly string[]): [string, unknown][] =>
  keys.slice(0, MAX_ENTRIES).map((key) => {
    const property = Object.getOwnPropertyDescriptor(value, key);
    return [key, property && 'value' in property ? property.value : GETTER];
  });

function ofObject(value: object, depth: number, above: readonly object[], budget: Budget): string {
  if (above.includes(value)) return '[circular]';
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp || value instanceof URL) return String(value);
  if (value instanceof Promise) return 'Promise';
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return `${value.constructor.name}(${value.byteLength})`;
  const path = [...above, value];
  const inside = depth + 1;
  if (Array.isArray(value) || value instanceof Set) {
    const count = Array.isArray(value) ? value.length : value.size;
    if (depth >= MAX_DEPTH) return `[${count} items]`;
    const shown = firstOf<unknown>(value).map((item) => one(item, inside, path, budget));
    return list('[', shown, count, ']');
  }
  if (depth >= MAX_DEPTH) return '{…}';
  const keys = value instanceof Map ? [] : Object.keys(value);
  const entries: readonly [unknown, unknown][] = value instanceof Map ? firstOf(value) : propertiesOf(value, keys);
  const shown = entries.map(([key, inner]) =>
    entry(typeof key === 'string' ? key : one(key, inside, path, budget), inner, inside, path, budget),
  );
  return list('{', shown, value instanceof Map ? value.size : keys.length, '}');
}

function one(value: unknown, depth: number, above: readonly object[], budget: Budget): string {
  if (budget.left-- <= 0) return '…';
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(cut(value, MAX_STRING));
  if (typeof value === 'function') return `ƒ ${value.name || 'anonymous'}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (value === GETTER) return '(getter)';
  if (typeof value === 'object' && value !== null) return ofObject(value, depth, above, budget);
  return String(value);
}

/** Fields of a log line as short readable text, with what is under secret names hidden. */
export const printedFields = (fields: Readonly<Record<string, unknown>>): string => printed([fields]);

/** What a call of the console says, in one text: bounded, safe with cycles, without secrets. */
export function printed(args: readonly unknown[]): string {
  const [first, ...rest] = args;
  const budget: Budget = { left: MAX_VALUES };
  if (typeof first !== 'string' || !first.includes('%'))
    return said(args.map((arg) => one(arg, 0, [], budget)).join(' '), MAX_CHARS);
  const plain = rest.map((arg) => (typeof arg === 'number' || typeof arg === 'bigint' ? arg : one(arg, 0, [], budget)));
  return said(format(cut(first, MAX_CHARS), ...plain), MAX_CHARS);
}

/** An error's stack, bounded and without secrets. */
export const stackOf = (error: unknown): string | undefined =>
  error instanceof Error && typeof error.stack === 'string' ? said(error.stack, 8_000) : undefined;

/** What is recorded of something thrown. */
export function thrown(error: unknown): { name?: string; message: string; stack?: string } {
  if (!(error instanceof Error)) return { message: printed([error]) };
  const stack = stackOf(error);
  const { cause } = error;
  const because = cause instanceof Error ? ` (because of ${cause.name}: ${cause.message})` : '';
  return {
    name: cut(String(error.name), 100),
    message: said(`${error.message}${because}`, 2_000),
    ...(stack ? { stack } : {}),
  };
}
