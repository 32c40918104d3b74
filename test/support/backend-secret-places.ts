import type { Logger } from 'pino';

/** What a handler of a recorded backend can say. */
export interface Mouth {
  readonly logger: Pick<Logger, 'info'>;
  readonly caught: (error: unknown) => void;
  /** Tells a span of the request's trace. */
  readonly span: (name: string, attributes: Readonly<Record<string, string>>, message: string) => void;
}

/** Places of a request. Each gives headers or the rest of the address with a secret in it. */
export const PLACES_IN_REQUEST: Readonly<
  Record<string, (s: string) => { readonly headers?: Readonly<Record<string, string>>; readonly path?: string }>
> = {
  'authorization header': (s) => ({ headers: { authorization: `Bearer ${s}` } }),
  'cookie header': (s) => ({ headers: { cookie: `sid=${s}` } }),
  'allowed credential header': (s) => ({ headers: { 'x-api-key': s } }),
  'header nobody allowed': (s) => ({ headers: { 'x-private': s } }),
  'named in an allowed header': (s) => ({ headers: { 'x-plan': `kept: plan token=${s}` } }),
  referrer: (s) => ({ headers: { referer: `https://shop.example/?q=${s}` } }),
  'query of the address': (s) => ({ path: `?q=${s}&page=2` }),
  'mail in the path': (s) => ({ path: `/${s}@shop.example` }),
};

/** Places of what a handler says. */
export const PLACES_IN_HANDLER: Readonly<Record<string, (s: string, mouth: Mouth) => void>> = {
  'named in a line': (s) => console.log(`password=${s}, session_id: "${s}"`),
  'field of an object': (s) => console.log({ token: s, nested: { apiKey: s, list: [{ pin: s }] } }),
  'field of a map': (s) => console.warn(new Map([['authorization', s]])),
  'printed by a format': (s) => console.error('%s: %o', 'failed', { iban: s }),
  'JSON in a line': (s) => console.info(JSON.stringify({ secret: s })),
  'bearer in a line': (s) => console.debug(`sent Authorization: Bearer ${s}`),
  'basic in a line': (s) => console.debug(`sent Basic ${s}`),
  'query in a line': (s) => console.log(`GET https://api.test/a?q=${s}&b=1 failed`),
  'mail in a line': (s) => console.log(`sent to ${s}@shop.example`),
  'web token': (s) => console.log(`signed eyJhbGciOiJI.${s}.${s}`),
  'database password': (s) => console.log(`connect postgres://app:${s}@db.internal:5432/shop`),
  'cache password': (s) => console.log(`connect redis://:${s}@cache:6379`),
  'login in an address': (s) => console.log(`fetch https://${s}:${s}@partner.test/`),
  'private key': (s) => console.log(`-----BEGIN RSA PRIVATE KEY-----\n${s}\n-----END RSA PRIVATE KEY-----`),
  'key of a service': (s) => console.log(`charged with sk_live_${s}`),
  'error message': (s, { caught }) => caught(new Error(`refused: token=${s}`)),
  'error cause': (s, { caught }) => caught(new Error('refused', { cause: new Error(`connect mongodb://u:${s}@m`) })),
  'thrown text': (s, { caught }) => caught(`password: ${s}`),
  'thrown object': (s, { caught }) => caught({ cardNumber: s }),
  'error in the console': (s) => console.error('failed', new Error(`of ${s}@shop.example`)),
  'field of pino': (s, { logger }) => logger.info({ customer: { birthday: s }, auth: s }, 'signed in'),
  'message of pino': (s, { logger }) => logger.info(`api_key=${s}`),
  'error of pino': (s, { logger }) => logger.info({ err: new Error(`password=${s}`) }, 'failed'),
  'what pino takes out': (s, { logger }) => logger.info({ customer: { name: s } }, 'signed in'),
  'statement of a span': (s, { span }) => span('query', { 'db.statement': `SELECT '${s}'`, 'db.query.text': s }, ''),
  'address of a span': (s, { span }) =>
    span('call', { 'url.full': `https://a.test/?q=${s}`, 'url.path': `/${s}@a.test` }, ''),
  'name and message of a span': (s, { span }) => span(`GET /a?token=${s}`, {}, `refused ${s}@a.test`),
};

/** What must arrive, or the search looks in the wrong place. */
export const KEPT: Readonly<Record<string, (mouth: Mouth) => void>> = {
  'kept: log': () => console.log('kept: log', { ok: 1 }),
  'kept: field': () => console.warn({ note: 'kept: field' }),
  'kept: format': () => console.error('%s of %d', 'kept: format', 3),
  'kept: thrown': ({ caught }) => caught(new Error('kept: thrown')),
  'kept: pino': ({ logger }) => logger.info({ tier: 'kept: pino' }, 'signed in'),
  'kept: span': ({ span }) => span('kept: span', {}, ''),
  'kept: attribute': ({ span }) => span('query', { 'db.system': 'kept: attribute' }, ''),
};
