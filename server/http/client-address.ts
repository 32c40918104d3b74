import type { IncomingMessage } from 'node:http';

/**
 * Address of whoever sent a request. Behind a proxy that we trust it is the last one in `X-Forwarded-For` that is no such proxy: what
 * stands before it anybody may have written.
 */
export function clientAddress(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  proxies: ReadonlySet<string>,
): string {
  const peer = plain(socket.remoteAddress ?? 'unknown');
  if (!proxies.has(peer)) return peer;
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const named = forwarded.map((part) => plain(part.trim())).filter((part) => part !== '');
  return named.findLast((address) => !proxies.has(address)) ?? peer;
}

/** IPv4 without the form it has on a socket for both. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
