import { AppError } from '../../shared/lib/app-error.ts';
import { addressNumber } from './address-number.ts';

/** Roughly where an address is used. */
export interface Region {
  /** Two letters, ISO 3166-1. */
  readonly country: string;
  /** As the file names it. */
  readonly region: string | null;
}

/** Looks an address up; undefined where the file says nothing of it. */
export type FindRegion = (address: string) => Region | undefined;

interface Range {
  readonly start: bigint;
  readonly end: bigint;
  readonly line: number;
  readonly place: Region;
}

/**
 * Reads a geo file: `CIDR,country[,region]` a line, IPv4 and IPv6, `#` begins a comment. Ranges may come in any order and must not overlap.
 * @throws AppError `bad-request` that names the line.
 */
export function readGeoTable(text: string): FindRegion {
  const places = new Map<string, Region>();
  const ranges: Range[] = [];
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = (raw.split('#')[0] ?? '').trim();
    if (line !== '') ranges.push(readRange(line, at + 1, places));
  }
  ranges.sort((a, b) => (a.start < b.start ? -1 : 1));
  for (const [at, { start, line }] of ranges.entries()) {
    const before = ranges[at - 1];
    if (before && start <= before.end)
      throw wrong(line, `overlaps line ${before.line}: an address would be in two places`);
  }
  const starts = ranges.map(({ start }) => start);
  return (address) => {
    const number = addressNumber(address);
    if (number === undefined) return undefined;
    const range = ranges[lastAtMost(starts, number)];
    return range && number <= range.end ? range.place : undefined;
  };
}

function readRange(text: string, line: number, places: Map<string, Region>): Range {
  const [cidr = '', country = '', region = ''] = text.split(',').map((part) => part.trim());
  const [address = '', lengthText = ''] = cidr.split('/');
  const number = addressNumber(address);
  const most = address.includes(':') ? 128 : 32;
  const length = /^\d{1,3}$/.test(lengthText) ? Number(lengthText) : Number.NaN;
  if (number === undefined || !(length <= most)) throw wrong(line, `"${cidr}" is no range such as 192.0.2.0/24`);
  if (!/^[A-Z]{2}$/.test(country)) throw wrong(line, `"${country}" is no country in two capital letters`);
  if (region.length > 64) throw wrong(line, 'the region is longer than 64 characters');
  const free = BigInt(most - length);
  const start = (number >> free) << free;
  const name = `${country},${region}`;
  const place = places.get(name) ?? { country, region: region || null };
  places.set(name, place);
  return { start, end: start + (1n << free) - 1n, line, place };
}

const wrong = (line: number, why: string): AppError =>
  new AppError('bad-request', `Line ${line} of the geo file: ${why}.`);

/** Index of the last number that is not above `wanted`, -1 when there is none. */
function lastAtMost(numbers: readonly bigint[], wanted: bigint): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? wanted) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
