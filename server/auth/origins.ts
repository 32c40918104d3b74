const ORIGIN = /^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/;

/** An entry of a key's list in the form it is compared in; null when it is none: no path, one `*.` at most. */
export function readOrigin(text: string): string | null {
  const origin = text.trim().toLowerCase().replace(/\/$/, '');
  return ORIGIN.test(origin) ? origin : null;
}

/**
 * Whether a page may use a key. A list keeps a copied key from filling a project by accident; it is no lock, since what is
 * not a browser sends whatever origin it likes.
 * @param origin the request's `Origin` header.
 */
export function isAllowedOrigin(allowed: readonly string[], origin: string | undefined): boolean {
  if (allowed.length === 0) return true;
  if (origin === undefined) return false;
  const asked = origin.toLowerCase();
  return allowed.some((entry) => {
    const star = entry.indexOf('*.');
    if (star === -1) return asked === entry;
    const scheme = entry.slice(0, star);
    const domain = entry.slice(star + 1);
    return asked.startsWith(scheme) && asked.endsWith(domain) && asked.length > scheme.length + domain.length;
  });
}
