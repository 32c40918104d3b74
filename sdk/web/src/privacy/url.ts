import { scrub } from './text.ts';

/**
 * A short name for a value: FNV-1a (32 bit) folded to 16 bit. Equal values stay equal; so many others share each name
 * that it does not lead back to the value.
 */
export function shortHash(value: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < value.length; i++) {
    hash = Math.imul(hash ^ value.charCodeAt(i), 0x01000193);
  }
  return `~${(((hash >>> 16) ^ hash) & 0xffff).toString(16).padStart(4, '0')}`;
}

/** A parameter without `=` is kept when it reads like a name. */
const NAME = /^[A-Za-z][\w.[\]-]{0,39}$/;

const maskQuery = (query: string): string =>
  query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0) return pair === '' || NAME.test(pair) ? pair : shortHash(pair);
      const name = pair.slice(0, at);
      const value = pair.slice(at + 1);
      return `${NAME.test(name) ? name : shortHash(name)}=${value === '' ? '' : shortHash(value)}`;
    })
    .join('&');

function splitAt(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** A fragment can be a place (`#top`), a route (`#/cart?step=2`) or parameters (`#token=...`). */
function maskFragment(fragment: string): string {
  const [place, query] = splitAt(fragment, '?');
  const kept = place.includes('=') ? maskQuery(place) : maskPath(place);
  return query === undefined ? kept : `${kept}?${maskQuery(query)}`;
}

/** Segments stay, except those that hold an e-mail address or card number. */
const maskPath = (path: string): string =>
  path
    .split('/')
    .map((segment) => {
      const plain = segment.replace(/%40/gi, '@');
      return scrub(plain) === plain ? segment : shortHash(segment);
    })
    .join('/');

/**
 * Makes an address fit to be kept: query values become short hashes, credentials go, path segments stay. Works on
 * absolute and relative addresses; of `data:` only the type is kept, of `mailto:` and the like only a hash.
 */
export function maskUrl(url: string): string {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'data') return `data:${/^\s*data:([\w/+.-]*)/i.exec(url)?.[1] ?? ''}`;
  if (scheme === 'blob' || scheme === 'javascript' || scheme === 'about') return `${scheme}:`;
  if (scheme && !/^(https?|wss?|ftp|file)$/.test(scheme) && !url.includes('://')) {
    return `${scheme}:${shortHash(url)}`;
  }
  const [beforeFragment, fragment] = splitAt(url, '#');
  const [address, query] = splitAt(beforeFragment, '?');
  const anonymous = address.replace(/^(\s*(?:[a-z][a-z0-9+.-]*:)?[\\/]{2})[^/\\]*@/i, '$1');
  return (
    maskPath(anonymous) +
    (query === undefined ? '' : `?${maskQuery(query)}`) +
    (fragment === undefined ? '' : `#${maskFragment(fragment)}`)
  );
}

/** The candidates of a `srcset`, each address masked. */
export const maskSrcset = (srcset: string): string => srcset.replace(/[^\s,]\S*/g, (part) => maskUrl(part));
