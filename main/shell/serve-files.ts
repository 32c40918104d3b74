import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Session } from 'electron';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** One folder served as one origin. */
export interface ServedFolder {
  readonly scheme: string;
  readonly host: string;
  readonly folder: string;
  readonly csp: string;
}

/** File names of a build: no `..`, no hidden files, at most one folder deep, and only the types we know. */
const FILE_PATH = /^\/(?:[\w-]+\/)?[\w-][\w.-]*\.(?:html|js|css|svg|png|ttf|woff2)$/;

const refuse = (status: number): Response => new Response(null, { status });

/** Answers an origin's requests from its folder, each with the origin's CSP as a response header. */
export function serveFolder(session: Session, { scheme, host, folder, csp }: ServedFolder): void {
  session.protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    if (url.host !== host || request.method !== 'GET') return refuse(404);
    const path = url.pathname === '/' ? '/index.html' : url.pathname;
    if (!FILE_PATH.test(path)) return refuse(404);
    try {
      const bytes = new Uint8Array(await readFile(join(folder, path)));
      return new Response(bytes, {
        headers: {
          'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
          'content-security-policy': csp,
          'x-content-type-options': 'nosniff',
          'cross-origin-resource-policy': 'same-origin',
          'cache-control': 'no-cache',
        },
      });
    } catch {
      return refuse(404); // not a file of the build: the same answer as for a name that cannot exist
    }
  });
}
