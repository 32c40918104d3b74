import { InvalidArgumentError } from 'commander';
import { Role } from '../../shared/wire/access.ts';

/** Where the server keeps its data when nothing else is said. */
export const DEFAULT_DIR = 'traceflow-data';
/** Where it listens when nothing else is said. */
export const DEFAULT_PORT = 4870;

const DAY_MS = 24 * 60 * 60 * 1000;

/** @throws InvalidArgumentError, as all readers of options here. */
export function toPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}

/** An address without its trailing slash. */
export function toUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('It has to be an http or https URL.');
}

/** Whole days. */
export function toDays(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= 36_500) return days;
  throw new InvalidArgumentError('It has to be a number of days, from 1 to 36500.');
}

/** Whole days, as ms. */
export const toDaysMs = (text: string): number => toDays(text) * DAY_MS;

/** A whole number that counts something. */
export function toCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,15}$/.test(text)) return count;
  throw new InvalidArgumentError('It has to be a whole number.');
}

/** A role by its name. */
export function toRole(text: string): Role {
  const role = Role.safeParse(text);
  if (role.success) return role.data;
  throw new InvalidArgumentError(`A role is one of ${Role.options.join(', ')}.`);
}

/** One more value of an option that may be given several times. */
export const collect = (text: string, before: readonly string[] = []): string[] => [...before, text];
