/** What is known of a request that is to be sent again. */
export interface RequestToCopy {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | null;
}

/** Headers that whoever sends sets by itself; a copy of them would contradict the new request. */
const NOT_COPIED = new Set(['host', 'content-length', 'connection', 'accept-encoding', 'transfer-encoding']);

/** A field of a request cannot hold these (RFC 9110, 5.5); a recording can, and must not be able to add lines. */
const lineBreaks = /[\r\n\0]+/g;

const copied = (headers: RequestToCopy['headers']): RequestToCopy['headers'] =>
  headers.flatMap(([name, value]) =>
    NOT_COPIED.has(name.toLowerCase()) || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)
      ? []
      : [[name, value.replace(lineBreaks, ' ')] as const],
  );

/**
 * A word of a POSIX shell that means exactly `text`: in single quotes nothing is special but the quote itself. NUL, which no
 * argument can hold, is left out.
 */
const quoted = (text: string): string => `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`;

/** One command line for a POSIX shell that sends the request again. */
export function toCurl({ method, url, headers, body }: RequestToCopy): string {
  const verb = method.toUpperCase();
  const withBody = body !== null && body !== '';
  const implied = withBody ? 'POST' : 'GET';
  const parts = [
    // --url, because an address of a hostile recording may look like an option
    `curl --url ${quoted(url)}`,
    ...(verb === implied ? [] : [verb === 'HEAD' ? '--head' : `--request ${quoted(verb)}`]),
    // curl would read `name:` as "leave it out" and needs `name;` for an empty one
    ...copied(headers).map(([name, value]) => `--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    // --data-raw, because --data reads a file where the body begins with @
    ...(withBody ? [`--data-raw ${quoted(body)}`] : []),
    '--globoff', // brackets in an address are no ranges
    "--proto '=http,https'", // and it reads no file of whoever pastes it
  ];
  return parts.join(' \\\n  ');
}

/** What may not stand in a string of a script that is pasted into HTML or read by an old parser. */
const literal = (text: string): string =>
  JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029').replaceAll('</', '<\\/');

/** One JavaScript expression that sends the request again. */
export function toFetch({ method, url, headers, body }: RequestToCopy): string {
  const kept = copied(headers);
  // A list of pairs rather than an object: a name may come twice, or be `__proto__`.
  const lines = [
    `  method: ${literal(method.toUpperCase())},`,
    ...(kept.length > 0
      ? ['  headers: [', ...kept.map(([name, value]) => `    [${literal(name)}, ${literal(value)}],`), '  ],']
      : []),
    ...(body !== null && body !== '' ? [`  body: ${literal(body)},`] : []),
  ];
  return `await fetch(${literal(url)}, {\n${lines.join('\n')}\n});`;
}
