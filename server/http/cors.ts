import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Any page may send batches and load the SDK: a write key is public, and no cookies are in play. */
export const ANY_ORIGIN: OutgoingHttpHeaders = { 'access-control-allow-origin': '*' };

/** Answers a preflight. A `text/plain` body needs none, but a client may choose another type. */
export function sendPreflight(response: ServerResponse, methods: string): void {
  response.writeHead(204, {
    ...ANY_ORIGIN,
    'access-control-allow-methods': methods,
    'access-control-allow-headers': 'content-type, content-encoding',
    'access-control-max-age': '86400',
  });
  response.end();
}
