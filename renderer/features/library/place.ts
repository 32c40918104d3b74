/** Host and path of an address, without query and fragment; the address itself when it is not one. */
export function readAddress(address: string): { readonly host: string; readonly path: string } {
  const url = URL.parse(address);
  if (!url) return { host: '', path: address };
  return { host: url.host, path: url.pathname };
}

/** Where a session went: `/cart → /checkout`, or one path when it ended where it began. */
export function describePlace(entryUrl: string, exitUrl: string): string {
  const entry = readAddress(entryUrl);
  const exit = readAddress(exitUrl);
  if (entry.path === exit.path && entry.host === exit.host) return entry.path;
  return `${entry.path} → ${entry.host === exit.host ? '' : exit.host}${exit.path}`;
}

/** Where a session came from, in words. `servers` names servers by id. */
export function describeSource(source: string, servers: ReadonlyMap<string, string>): string {
  if (source === 'demo') return 'Demo';
  const [kind, ...rest] = source.split(':');
  const name = rest.join(':');
  return kind === 'server' ? (servers.get(name) ?? 'Removed server') : name;
}
