import { cut } from '../captured.ts';
import { scrub } from '../privacy/text.ts';

const MAX_CHARS = 1_000;
const MAX_STRING = 200;
const MAX_DEPTH = 3;
const MAX_ENTRIES = 20;

function ofObject(value: object, depth: number, above: readonly object[]): string {
  if (above.includes(value)) return '[circular]';
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof Element !== 'undefined' && value instanceof Element) {
    return `<${value.localName}${value.id ? `#${value.id}` : ''}>`;
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return `/${value.source}/${value.flags}`;
  if (value instanceof Map || value instanceof Set) return `${value instanceof Map ? 'Map' : 'Set'}(${value.size})`;
  if (value instanceof Promise) return 'Promise';
  const path = [...above, value];
  if (Array.isArray(value)) {
    if (depth >= MAX_DEPTH) return `Array(${value.length})`;
    const items = value.slice(0, MAX_ENTRIES).map((item) => one(item, depth + 1, path));
    return `[${items.join(', ')}${value.length > MAX_ENTRIES ? ', …' : ''}]`;
  }
  if (depth >= MAX_DEPTH) return '{…}';
  const keys = Object.keys(value);
  const entries = keys.slice(0, MAX_ENTRIES).map((key) => {
    // A getter is the page's code: it does not run because someone logs the object.
    const property = Object.getOwnPropertyDescriptor(value, key);
    return `${key}: ${property && 'value' in property ? one(property.value, depth + 1, path) : '(getter)'}`;
  });
  return `{${entries.join(', ')}${keys.length > MAX_ENTRIES ? ', …' : ''}}`;
}

function one(value: unknown, depth: number, above: readonly object[]): string {
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(cut(value, MAX_STRING));
  if (typeof value === 'function') return `ƒ ${value.name || 'anonymous'}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'object' && value !== null) return ofObject(value, depth, above);
  return String(value);
}

/** Any value as one short readable text: bounded, safe with cycles, without e-mail addresses and card numbers. Runs no getters. */
export const preview = (value: unknown): string =>
  // Cut first, so that the patterns never run over megabytes.
  cut(scrub(cut(one(value, 0, []), 2 * MAX_CHARS)), MAX_CHARS);

/** An error's stack, bounded and scrubbed. */
export const stackOf = (error: unknown): string | undefined =>
  error instanceof Error && typeof error.stack === 'string' ? scrub(cut(error.stack, 6_000)) : undefined;
