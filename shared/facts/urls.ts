/** An address taken apart; tolerant, because recordings hold anything. */
export interface Address {
  /** Resolved where a base was known, otherwise as recorded. */
  readonly href: string;
  /** `https://shop.example`; empty where there is none. */
  readonly origin: string;
  readonly path: string;
}

/** Takes an address apart, relative to the page it was used on. */
export function readAddress(url: string, base?: string): Address {
  if (URL.canParse(url, base)) {
    const parsed = new URL(url, base);
    const origin = parsed.origin === 'null' ? '' : parsed.origin;
    return {
      href: parsed.href,
      origin,
      path: origin === '' ? `${parsed.protocol}${parsed.pathname}` : parsed.pathname,
    };
  }
  return { href: url, origin: '', path: url.split(/[?#]/, 1)[0] ?? '' };
}

/** Origin and path, no query: how a page is named. */
export function pageName(url: string): string {
  const address = readAddress(url);
  return address.origin + address.path;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const looksLikeId = (segment: string): boolean =>
  /^\d+$/.test(segment) ||
  UUID.test(segment) ||
  (/^[0-9a-f]{8,}$/i.test(segment) && /\d/.test(segment)) ||
  (segment.length >= 16 && /^[\w-]+$/.test(segment) && /\d/.test(segment)) ||
  /^[a-z]{1,4}[-_]?\d{2,}$/i.test(segment);

/** A path with what looks like an id replaced by `:id`, so that calls of one endpoint compare equal. */
export const routeOf = (path: string): string =>
  path
    .split('/')
    .map((segment) => (looksLikeId(segment) ? ':id' : segment))
    .join('/');
