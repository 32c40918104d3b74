/** Documents that are JSON but no recording: a key path of the first object, and what it then is. */
const KNOWN: readonly (readonly [string, string])[] = [
  ['log.entries', 'an HTTP archive (HAR), a list of requests without a page'],
  ['log.creator', 'an HTTP archive (HAR), a list of requests without a page'],
  ['traceEvents', 'a browser performance trace'],
  ['mappings', 'a source map'],
  ['lockfileVersion', 'a package lock file'],
];

/** Names a foreign JSON document by the keys of its first object, or null. */
export const nameForeignJson = (firstKeys: ReadonlySet<string>): string | null =>
  KNOWN.find(([path]) => firstKeys.has(path))?.[1] ?? null;
