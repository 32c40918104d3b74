import { isIP } from 'node:net';

/**
 * An IP address as a number of 128 bits, IPv4 within `::ffff:0:0/96`, so that one order holds for both; undefined for what is no address. A
 * zone (`%eth0`) is left out.
 */
export function addressNumber(text: string): bigint | undefined {
  const address = text.split('%')[0] ?? '';
  const kind = isIP(address);
  if (kind === 4) return (0xffffn << 32n) | fromV4(address);
  return kind === 6 ? fromV6(address) : undefined;
}

const fromV4 = (address: string): bigint =>
  address.split('.').reduce((number, part) => (number << 8n) | BigInt(part), 0n);

function fromV6(address: string): bigint {
  // The end may be written as IPv4.
  const [, before = '', v4] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address) ?? [];
  const text =
    v4 === undefined
      ? address
      : before +
        fromV4(v4)
          .toString(16)
          .padStart(8, '0')
          .replace(/^(.{4})/, '$1:');
  const [head = '', tail] = text.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}
