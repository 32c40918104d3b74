import type { IncomingMessage } from 'node:http';
import { clientAddress } from '../http/client-address.ts';
import type { Sender } from './take-batch.ts';

/** Who sends a request. */
export type SenderOf = (request: IncomingMessage) => Sender;

/** @param proxies addresses that are believed when they say for whom they ask. */
export function createSenderOf(proxies: readonly string[]): SenderOf {
  const trusted = new Set(proxies);
  return (request) => ({ address: clientAddress(request, trusted), origin: request.headers.origin });
}
